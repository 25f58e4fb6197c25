"""The lists of words: all 345 categories, sixty of them, or a file of one's own."""

from pathlib import Path
from typing import Final

from ai_artist.categories import CATEGORIES_FILE
from ai_artist.errors import ArtistError
from ai_artist.prompts import check_prompt

_folder: Final = Path(__file__).parent
_named: Final = {"60": _folder / "words_60.txt", "345": CATEGORIES_FILE}


class WordsError(ArtistError):
    """A list of words that cannot be read, or has a line that is none."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a list: "60", "345", or a file with one word a line; what comes after a # is a comment.

    Of a table (.tsv) it is the first column, below its heading.

    Raises WordsError naming the line for a word that is there twice or cannot be drawn, and for a list without words.
    """
    path = _named.get(name, Path(name))
    words: dict[str, str] = {}
    lines = numbered_lines(path)
    for number, line in lines[1:] if path.suffix == ".tsv" else lines:
        try:
            word = check_prompt(line.partition("\t")[0])
        except ArtistError as error:
            raise WordsError(f"{path}, line {number}: {error}") from error
        if word.lower() in words:
            raise WordsError(f"{path}, line {number}: {word!r} is there already; expected each word once.")
        words[word.lower()] = word
    if not words:
        raise WordsError(f"{path} has no words; expected one a line.")
    return tuple(words.values())


def numbered_lines(path: Path) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers from 1, without comments. Raises WordsError if there is no such text."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        lists = " or ".join(_named)
        raise WordsError(f"{path} cannot be read ({error}); expected {lists}, or a file of UTF-8 text with one entry a line.") from error
    said = ((number, f" {line}".partition(" #")[0].strip()) for number, line in enumerate(lines, 1))
    return [(number, text) for number, text in said if text]
