"""The `guesstroke words` commands."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from game.mistake import Mistake
from game.resources import resource_folder
from game.rules.vocabulary import ALL_THEMES, Vocabulary
from game.store.commands import with_store
from game.store.difficulty import ENOUGH_WORDS, Judgement, Lines, PlayedWord, Proposal, Tally, judge, played_words
from game.words.loading import CONCEPTS_FILE, load_packs

app = typer.Typer(help="The words of the packs.", no_args_is_help=True)
_columns: Final = ("concept", "difficulty now", "difficulty proposed", "asked", "found share", "mean seconds")
_no_value: Final = "–"


@app.command()
def difficulty(
    language: Annotated[str, typer.Option(metavar="CODE", help="Only plays in this language: en, say. By default all, pooled by concept.")] = "",
    at_least: Annotated[int, typer.Option(min=1, metavar="N", help="Judge words that people were asked so often.")] = 20,
    tsv: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the proposals to a new file, with tabs between.")] = None,
) -> None:
    """Propose other difficulties for words that people find more or less often than their label says. Changes nothing."""
    packs = resource_folder("words") / "packs"
    vocabulary = load_packs(packs)
    if language and language not in vocabulary.languages:
        raise Mistake(f"There is no pack in the language {language!r}: the packs are in {', '.join(vocabulary.languages)}.")
    words = with_store(lambda _, sessions: played_words(sessions, vocabulary, language))
    judgement = judge(words, at_least)
    if tsv is not None:
        _write(tsv, judgement.proposals)
    console = Console()
    texts = _texts(vocabulary, language)
    if judgement.proposals:
        console.print(_table(judgement.proposals, texts))
    if judgement.never_found:
        console.print(_never_found(judgement.never_found, texts))
    for sentence in _sentences(words, judgement, at_least, packs / CONCEPTS_FILE):
        console.print(sentence, soft_wrap=True, markup=False, highlight=False)
    if tsv is not None:
        console.print(f"The proposals, {len(judgement.proposals):,}, are in {tsv}.", soft_wrap=True, markup=False, highlight=False)


def _texts(vocabulary: Vocabulary, language: str) -> dict[str, str]:
    """How concepts are written in a language that is not theirs."""
    return {word.concept: word.text for word in vocabulary.words(language, ALL_THEMES, "mixed")} if language not in ("", "en") else {}


def _table(proposals: Iterable[Proposal], texts: dict[str, str]) -> Table:
    table = _empty_table("Other difficulties are proposed for", ["word", "now", "proposed"])
    for each in proposals:
        table.add_row(_name(each.word, texts), each.word.difficulty, each.proposed, *_numbers(each.word))
    return table


def _never_found(words: Iterable[PlayedWord], texts: dict[str, str]) -> Table:
    table = _empty_table("Never found at all", ["word", "now"])
    for word in words:
        table.add_row(_name(word, texts), word.difficulty, *_numbers(word))
    return table


def _empty_table(title: str, columns: list[str]) -> Table:
    table = Table(*columns, title=title, title_justify="left")
    for column in ("asked", "found", "seconds", "drawn by AI"):
        table.add_column(column, justify="right")
    return table


def _name(word: PlayedWord, texts: dict[str, str]) -> str:
    return f"{word.concept} ({texts[word.concept]})" if word.concept in texts else word.concept


def _numbers(word: PlayedWord) -> tuple[str, ...]:
    people, artist = word.people, word.artist
    return f"{people.asked:,}", f"{people.share:.0%}", _seconds(people), f"{artist.share:.0%} of {artist.asked:,}" if artist.asked else _no_value


def _seconds(tally: Tally) -> str:
    return _no_value if tally.seconds is None else f"{tally.seconds:.1f}"


def _sentences(words: Iterable[PlayedWord], judgement: Judgement, at_least: int, concepts: Path) -> Iterable[str]:
    if not any(word.people.asked for word in words):
        yield "People have guessed at no word of the packs that a person drew: there is nothing to judge yet."
        return
    counted = f"Words asked {at_least:,} times or more in drawings of people: {judgement.judged:,}."
    if judgement.lines is None:
        yield (f"{counted} At least {ENOUGH_WORDS} are needed, for a word is easy or hard beside others: nothing is proposed before more was played.")
        return
    yield f"{counted} {_explained(judgement.lines)}"
    if judgement.proposals:
        yield f"Nothing was changed. What you agree with, write into the column difficulty of {concepts}; it holds when the server is started again."
    else:
        yield "Of none it is sure that its difficulty is wrong: nothing is proposed."


def _explained(lines: Lines) -> str:
    return (
        f"Beside the others, a word is easy that at least {lines.easy:.0%} find, in {lines.seconds:.0f} s at most on average, "
        f"and hard one that less than {lines.hard:.0%} find."
    )


def _write(path: Path, proposals: Iterable[Proposal]) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter="\t", lineterminator="\n")
            rows.writerow(_columns)
            for each in proposals:
                people = each.word.people
                seconds = "" if people.seconds is None else f"{people.seconds:.1f}"
                rows.writerow([each.word.concept, each.word.difficulty, each.proposed, people.asked, f"{people.share:.3f}", seconds])
    except FileExistsError as error:
        raise Mistake(f"{path} is there already and was left as it is: name a new file.") from error
    except OSError as error:
        raise Mistake(f"{path}: {error.strerror or error}") from error
