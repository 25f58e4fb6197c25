"""Which words an artist can draw so that they are recognised: measured once for each perceptor, and kept in a file beside it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from ai_artist.errors import ArtistError
from ai_artist.perceptor_names import BUNDLED, BUNDLED_FOLDER, LOCAL_FOLDER, local_path

DRAWABLE_FILE: Final = "drawable_words.tsv"


def drawable_file(perceptor: str) -> Path | None:
    """Where a perceptor's list lies, there or not: in the folder of its weights; None for one that has no folder here."""
    if perceptor == BUNDLED:
        return BUNDLED_FOLDER / DRAWABLE_FILE
    place = local_path(perceptor) if perceptor.startswith(LOCAL_FOLDER) else None
    return place / DRAWABLE_FILE if place else None


@lru_cache(maxsize=8)
def drawable_words(perceptor: str) -> Mapping[str, float]:
    """How often drawings of a word were recognised, 0..1, by the words that were tried; empty where none were.

    Raises ArtistError, naming the line, if the perceptor's file is something else.
    """
    file = drawable_file(perceptor)
    return read_drawable(file) if file and file.is_file() else {}


def read_drawable(file: Path) -> dict[str, float]:
    """Read what `write_drawable` wrote. Raises ArtistError naming the line of what is wrong."""
    words: dict[str, float] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        word, _, share = line.partition("\t")
        try:
            words[word] = float(share)
        except ValueError:
            raise ArtistError(f"{file}, line {number}: expected a word, a tab and a number from 0 to 1; got {line!r}.") from None
        if not 0 <= words[word] <= 1:
            raise ArtistError(f"{file}, line {number}: {word!r} is known in a share of 0 to 1 of its drawings; got {share}.")
    return words


def write_drawable(words: Mapping[str, float], file: Path, remark: str) -> None:
    """Write one word a line with its share, under a remark of one line that says how it was measured."""
    lines = [f"# {remark}", *(f"{word}\t{share:g}" for word, share in sorted(words.items()))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def undrawable_words(perceptor: str) -> frozenset[str]:
    """The words whose drawings were never recognised."""
    return frozenset(word for word, share in drawable_words(perceptor).items() if share == 0)
