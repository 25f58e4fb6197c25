"""How perceptors are named: one by itself, or several joined by `+`, each with a weight after `*` if it likes."""

from pathlib import Path
from typing import Final

from ai_artist.errors import PerceptorError

BUNDLED: Final = "doodle-clip"
BUNDLED_FOLDER: Final = Path(__file__).parent / "doodle_clip"
LOCAL_FOLDER: Final = "local-dir:"


def split_ensemble(name: str) -> tuple[tuple[str, float], ...]:
    """Split `doodle-clip*2+ViT-B-32:openai` into names and weights: (("doodle-clip", 2.0), ("ViT-B-32:openai", 1.0)).

    A path may contain + and * itself: the longest part that names a file or folder that exists is taken as one name.
    Raises PerceptorError for a weight that is no number above 0.
    """
    parts = name.split("+")
    members = []
    start = 0
    while start < len(parts):
        end = next((end for end in range(len(parts), start + 1, -1) if _is_local("+".join(parts[start:end]))), start + 1)
        members.append(_split_weight("+".join(parts[start:end])))
        start = end
    return tuple(members)


def local_path(name: str) -> Path | None:
    """The file or folder that a name gives after its first colon, with ~ expanded; None if it gives nothing."""
    _, _, place = name.partition(":")
    return Path(place).expanduser() if place else None


def _is_local(text: str) -> bool:
    member, _, weight = text.rpartition("*")
    return _exists(text) or ("+" not in weight and _exists(member))


def _exists(name: str) -> bool:
    path = local_path(name)
    if path is None or "+" in name.partition(":")[0]:  # no architecture has a + in its name
        return False
    return path.is_dir() if name.startswith(LOCAL_FOLDER) else path.is_file()


def _split_weight(text: str) -> tuple[str, float]:
    member, star, weight = text.rpartition("*")
    if not star or _exists(text):
        return text, 1.0
    try:
        number = float(weight)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise PerceptorError(f"The weight of {member} must be a number above 0; got {weight!r}.")
    return member, number
