"""The folder that keeps an evaluation's drawings, so that an interrupted one can be gone on with."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from ai_artist.errors import OutputError

_longest_name: Final = 80
_most_shown: Final = 60


def drawing_path(folder: Path, perceptor: str, method: str, word: str, seed: int) -> Path:
    """Where a drawing is kept."""
    return folder / "drawings" / f"{_slug(perceptor)}-{method}" / f"{_slug(word)}-{seed}.json"


def _slug(text: str) -> str:
    """The text as part of a file's name. What is long, or had to be changed other than in its spaces, gets a mark of its own."""
    slug = "".join(sign if sign.isalnum() or sign in ".-_" else "-" for sign in text.lower())[:_longest_name]
    return slug if slug == text.lower().replace(" ", "-") else f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def claim_folder(folder: Path, settings: dict[str, Any]) -> None:
    """Make the folder, or find in it what these settings made before.

    Raises OutputError naming what differs where it was made with other settings: their drawings must not be mixed.
    """
    path = folder / "settings.json"
    advice = "Give the same again, name another folder with --out, or delete this one."
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if (folder / "drawings").exists():
            raise OutputError(f"{folder} has drawings, but no settings.json that says how they were made. Name another folder with --out.") from None
        write_atomically(path, json.dumps(settings, indent=2, ensure_ascii=False) + "\n")
        return
    except (OSError, ValueError) as error:
        raise OutputError(f"{path} cannot be read ({error}). Name another folder with --out.") from error
    if not isinstance(before, dict):
        raise OutputError(f"{path} holds no settings of an evaluation. Name another folder with --out.")
    different = [name for name in {**settings, **before} if before.get(name) != settings.get(name)]
    differences = [_difference(name, before.get(name), settings.get(name)) for name in different]
    if differences:
        raise OutputError(f"{folder} holds an evaluation with other settings: {'; '.join(differences)}. {advice}")


def _difference(name: str, before: Any, now: Any) -> str:
    if isinstance(before, list) and isinstance(now, list) and name == "words":
        return f"{name}: {len(before)} there, {len(now)} now" + (", and not the same" if len(before) == len(now) else "")
    if isinstance(before, dict) and isinstance(now, dict) and list(before) == list(now) and name == "perceptors":
        return f"the weights of {', '.join(each for each in now if before[each] != now[each])} are not those of then"
    return f"{name}: {_shown(before)} there, {_shown(now)} now"


def _shown(value: Any) -> str:
    match value:
        case None:
            text = "not given"
        case dict():  # seconds or iterations with their number, or perceptors with what tells their weights apart
            text = ", ".join(name if each is None or isinstance(each, str) else f"{each} {name}" for name, each in value.items())
        case list():
            text = ", ".join(map(str, value))
        case _:
            text = str(value)
    return text if len(text) <= _most_shown else text[: _most_shown - 1] + "…"


def write_atomically(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all, and the folders above it. Raises OutputError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error
