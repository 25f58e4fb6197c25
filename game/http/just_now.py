"""Finds what was finished just now: the outbox may still have it."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from game.store.writer import ResultWriter

Found = TypeVar("Found")
_patience: Final = 2.0
"""Seconds to wait for the database to have it, before saying that there is no such thing."""


async def found(ask: Callable[[], Awaitable[Found | None]], writer: ResultWriter) -> Found | None:
    """Ask the database, and once more when it has all that waited for it meanwhile; None if there is nothing even then."""
    waited = writer.waiting
    answer = await ask()
    if answer is None and waited and await writer.settle(_patience):
        answer = await ask()
    return answer
