"""Which words of a prompt a perceptor never saw in training.

A small perceptor draws something for every prompt, but for a word that it does not know the drawing means nothing.
A model folder can say which words it knows: `known_words.txt` beside the weights, UTF-8, one lower-case word a line.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ai_artist.errors import PerceptorError

if TYPE_CHECKING:
    from ai_artist.perception.base import Perceptor

KNOWN_WORDS_FILE: Final = "known_words.txt"

_first_east_asian: Final = "\u2e80"
"""From this code point on (CJK, kana, Hangul) one or two signs may be a whole word; before it they are "ox" or "of"."""
_function_words: Final = frozenset(
    """
    about above across after against all along also among and any are around because been before behind being below beneath beside between both but
    can could did does doing down during each few for from had has have having her hers him his how into its itself just like made many more most much
    near next not off onto one only other our out over own same she should some such than that the their them then there these they this those through
    too toward towards under until upon very was were what when where which while who whose why will with within without would you your
    """.split()
)
_irregular_plurals: Final = {
    "children": "child",
    "dice": "die",
    "feet": "foot",
    "geese": "goose",
    "mice": "mouse",
    "people": "person",
    "teeth": "tooth",
}


def load_known_words(folder: Path) -> frozenset[str] | None:
    """Return the words that the model in this folder knows, None if it has no such file. Raises PerceptorError if it is no UTF-8."""
    path = folder / KNOWN_WORDS_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise PerceptorError(f"{path} must be UTF-8 text with one word a line; it cannot be read: {error}") from error
    return frozenset(unicodedata.normalize("NFC", line).strip().lower() for line in lines) - {""}


def unknown_words(prompt: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the prompt's words that are not known, in lower case, each once, in the prompt's order.

    A word is a run of letters (with their accents), in scripts without spaces a whole run of signs. English plurals and
    -ing and -ed forms of known words are known; words of one or two letters and function words are passed over.
    """
    unknown = (word for word in _words(prompt) if not _passed_over(word) and not any(form in known for form in _forms(word)))
    return tuple(dict.fromkeys(unknown))


def unknown_words_note(perceptor: "Perceptor", prompt: str) -> str | None:
    """Say in a sentence which words the perceptor has not seen; None if it knows them all, or does not tell."""
    unknown = perceptor.unknown_words(prompt)
    if not unknown:
        return None
    return f"{perceptor.name} has not seen {'this word' if len(unknown) == 1 else 'these words'}: {', '.join(unknown)}; the drawing may be abstract."


def _words(prompt: str) -> list[str]:
    text = unicodedata.normalize("NFC", prompt).lower()
    # Marks belong to the letters before them: without them a Hindi or Thai word would fall apart.
    return "".join(character if unicodedata.category(character)[0] in "LM" else " " for character in text).split()


def _passed_over(word: str) -> bool:
    return word in _function_words or (len(word) <= 2 and word[0] < _first_east_asian)


def _forms(word: str) -> Iterator[str]:
    """The word itself and what it may be the plural, the -ing or the -ed form of."""
    yield word
    yield from (base for base in _bases(word) if len(base) > 2 and base not in _function_words)


def _bases(word: str) -> Iterator[str]:
    if word in _irregular_plurals:
        yield _irregular_plurals[word]
    if word.endswith("men"):
        yield word[:-2] + "an"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"
        if word.endswith("ves"):
            yield word[:-3] + "f"
            yield word[:-3] + "fe"
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"
