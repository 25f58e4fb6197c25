"""Reads the words that a host brings along."""

import re
import unicodedata
from dataclasses import dataclass

from game.protocol.limits import CUSTOM_WORDS_LENGTH, WORD_LENGTH
from game.rules.vocabulary import PLUS


class WordError(ValueError):
    """A word that cannot be drawn for, or too many at once."""


@dataclass(frozen=True, slots=True)
class CustomWords:
    """What was kept, and how many entries were not, by what was wrong with them."""

    words: tuple[str, ...]
    duplicates: int
    blanks: int
    refused: int


def clean_word(word: str) -> str:
    """Return the word with its spaces tidied. Raises WordError if it is empty, too long or has control characters."""
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} for character in word.strip()):
        raise WordError(f"A word has no control or invisible characters; got {word.strip()!r}.")
    tidy = " ".join(unicodedata.normalize("NFC", word).split())
    if not any(character.isalnum() for character in tidy):
        raise WordError(f"A word has at least one letter; got {tidy!r}.")
    if PLUS in tidy:
        raise WordError(f"A word has no plus sign between spaces, which stands between the words of a combination; got {tidy!r}.")
    if len(tidy) > WORD_LENGTH:
        raise WordError(f"A word has at most {WORD_LENGTH} characters; {tidy!r} has {len(tidy)}.")
    return tidy


def read_custom_words(text: str) -> CustomWords:
    """Read words separated by lines, commas or semicolons; the first of equal ones, whatever their case, is kept.

    Raises WordError if the text is too long.
    """
    if len(text) > CUSTOM_WORDS_LENGTH:
        raise WordError(f"Custom words have at most {CUSTOM_WORDS_LENGTH:,} characters in all; these have {len(text):,}. Leave some out.")
    kept: dict[str, str] = {}
    duplicates = blanks = refused = 0
    for entry in re.split(r"[\n\r,;]+", text.strip("\n\r,; \t")) if text.strip("\n\r,; \t") else []:
        if not entry.strip():
            blanks += 1
            continue
        try:
            word = clean_word(entry)
        except WordError:
            refused += 1
            continue
        if word.casefold() in kept:
            duplicates += 1
        else:
            kept[word.casefold()] = word
    return CustomWords(tuple(kept.values()), duplicates, blanks, refused)
