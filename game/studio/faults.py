"""Why a job failed, which says what is worth trying next."""

from typing import Final

from ai_artist.errors import PromptError
from game.studio.wire import Fault

_spent: Final = ("out of memory", "not enough memory", "allocate memory", "cuda error")
"""Of such words torch's plain RuntimeErrors are told; after a CUDA error a process can use its GPU for nothing any more."""


def fault_of(error: Exception) -> Fault:
    """See Fault."""
    if isinstance(error, PromptError):
        return "order"
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError | OSError) and any(words in str(error).lower() for words in _spent)):
        return "worker"
    return "seed"
