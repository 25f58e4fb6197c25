"""Loads the word packs: the bundled ones, one a language, or a file of the server's own."""

import csv
from collections.abc import Iterator
from pathlib import Path

from game.rules.custom_words import WordError, clean_word
from game.rules.vocabulary import Vocabulary, Word

CONCEPTS_FILE = "concepts.tsv"
_difficulties = ("easy", "medium", "hard")


def load_packs(folder: Path, undrawable: frozenset[str] = frozenset()) -> Vocabulary:
    """Read `concepts.tsv` (concept, theme, difficulty) and the languages beside it (concept, word), English first.

    undrawable  concepts that the AI artist shall not be given

    Raises WordError naming the file and line of what is wrong.
    """
    concepts = dict(_concepts(folder / CONCEPTS_FILE))
    files = sorted((path for path in folder.glob("*.tsv") if path.name != CONCEPTS_FILE), key=lambda path: (path.stem != "en", path.stem))
    packs = {path.stem: tuple(_words(path, concepts)) for path in files}
    if not packs or not all(packs.values()):
        raise WordError(f"{folder} holds no word packs: expected {CONCEPTS_FILE} and a file for each language, en.tsv say.")
    return Vocabulary(packs, undrawable)


def _concepts(path: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for number, (concept, theme, difficulty) in _rows(path, ("concept", "theme", "difficulty")):
        if difficulty not in _difficulties:
            raise WordError(f"{path}, line {number}: a difficulty is one of {', '.join(_difficulties)}; got {difficulty!r}.")
        yield concept, (theme, difficulty)


def _words(path: Path, concepts: dict[str, tuple[str, str]]) -> Iterator[Word]:
    for number, (concept, word) in _rows(path, ("concept", "word")):
        if concept not in concepts:
            raise WordError(f"{path}, line {number}: {concept!r} is no concept of {CONCEPTS_FILE}.")
        try:
            yield Word(clean_word(word), concept, *concepts[concept])
        except WordError as error:
            raise WordError(f"{path}, line {number}: {error}") from error


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the number of its line; its first cell is in no other."""
    rows = csv.reader(_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    first = next(rows, [])
    if tuple(first) != columns:
        raise WordError(f"{path}: its first line was expected to be {', '.join(columns)} with tabs between; got {first}.")
    seen: set[str] = set()
    for row in filter(None, rows):
        if len(row) != len(columns):
            raise WordError(f"{path}, line {rows.line_num}: {len(columns)} columns were expected.")
        if row[0] in seen:
            raise WordError(f"{path}, line {rows.line_num}: {row[0]!r} has a line already.")
        seen.add(row[0])
        yield rows.line_num, row


def load_list(path: Path) -> Vocabulary:
    """Read a pack of the server's own: one word or short phrase a line, `#` for remarks, duplicates dropped.

    Raises WordError naming the file and line of what is wrong.
    """
    words: dict[str, Word] = {}
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            word = clean_word(line)
        except WordError as error:
            raise WordError(f"{path}, line {number}: {error}") from error
        words.setdefault(word.casefold(), Word(word, word))
    if not words:
        raise WordError(f"The word pack {path} holds no words. Put one on each line.")
    return Vocabulary({"en": tuple(words.values())})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WordError(f"The word pack {path} cannot be read as UTF-8 text: {error}.") from error
