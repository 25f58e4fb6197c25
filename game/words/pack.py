"""Loads a word pack: a text file, one word or short phrase a line, `#` for remarks."""

import unicodedata
from pathlib import Path

from game.protocol.limits import WORD_LENGTH


class WordError(ValueError):
    """A word that cannot be drawn for, or a pack that holds too few."""


def clean_word(word: str) -> str:
    """Return the word with its spaces tidied. Raises WordError if it is empty, too long or has control characters."""
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} for character in word.strip()):
        raise WordError(f"A word has no control or invisible characters; got {word.strip()!r}.")
    tidy = " ".join(word.split())
    if not any(character.isalnum() for character in tidy):
        raise WordError(f"A word has at least one letter; got {tidy!r}.")
    if len(tidy) > WORD_LENGTH:
        raise WordError(f"A word has at most {WORD_LENGTH} characters; {tidy!r} has {len(tidy)}.")
    return tidy


def load_pack(path: Path) -> tuple[str, ...]:
    """Read a pack, duplicates dropped. Raises WordError naming the file and line of what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WordError(f"The word pack {path} cannot be read as UTF-8 text: {error}.") from error
    words: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            word = clean_word(line)
        except WordError as error:
            raise WordError(f"{path}, line {number}: {error}") from error
        words.setdefault(word.casefold(), word)
    if not words:
        raise WordError(f"The word pack {path} holds no words. Put one on each line.")
    return tuple(words.values())
