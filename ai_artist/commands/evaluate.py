"""`guesstroke artist evaluate`: how good a perceptor is, and how good the drawings are, in figures."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ai_artist.commands import options
from ai_artist.commands.evaluate_drawings import Drawings, evaluate_drawings
from ai_artist.commands.options import console
from ai_artist.commands.reporting import loaded, new_table, progress_bar, say_json

if TYPE_CHECKING:
    from ai_artist.evaluation.accuracy import Accuracy
    from ai_artist.training.sketches import Split


def evaluate(
    sketches: Annotated[
        Path | None, typer.Option(help="People's sketches, an .npz archive: named by the perceptor, or with --judge by the judge.")
    ] = None,
    split: Annotated[Literal["test", "validation", "train"] | None, typer.Option(help="Which of them, by default test.")] = None,
    mirrored: Annotated[
        bool | None,
        typer.Option("--mirrored/--once", help="Look at each sketch and at its mirror image, or at the sketch alone. By default mirrored."),
    ] = None,
    guesser: Annotated[
        bool,
        typer.Option("--guesser", help="With --sketches: let the guesser guess them stroke by stroke, with the word's blanks and two letters."),
    ] = False,
    synonyms: Annotated[
        Path | None, typer.Option(help="Is the nearest category the right one? A file of 'synonym = category', or 'bundled'.")
    ] = None,
    judge: Annotated[
        Path | None, typer.Option(help="Draw, and have it named by this judge: a TorchScript archive, or 'validator', the project's own.")
    ] = None,
    judge_classes: Annotated[Path | None, typer.Option(help="JSON list of the judge's classes; by default JUDGE_classes.json beside it.")] = None,
    words: Annotated[str | None, typer.Option(help="What to draw: 60, 345 (categories), or a file with one word a line. By default 60.")] = None,
    seeds: Annotated[int | None, typer.Option(min=1, help="Drawings of each word; the perceptor chooses the best. By default 1.")] = None,
    budget: Annotated[float | None, typer.Option(help="Seconds for each drawing; 10 unless --iterations is given.")] = None,
    iterations: Annotated[int | None, typer.Option(help="Iterations for each drawing, instead of seconds.")] = None,
    pace: Annotated[
        Literal["live", "patient"] | None,
        typer.Option(
            help="live: strokes are settled one after another, as in the game; patient: at the end, as in what is drawn ahead. By default live."
        ),
    ] = None,
    order: Annotated[
        Literal["easy", "hard"] | None, typer.Option(help="Which strokes come first: those by which the word is guessed soonest, or latest.")
    ] = None,
    methods: Annotated[str | None, typer.Option(help="Which, with commas between: those that make strokes. By default ink.")] = None,
    strokes: options.StrokesOption = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many processes draw at a time; by default one a core.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="A folder for drawings and report, by default 'evaluation'. An interrupted one is gone on with.")
    ] = None,
    negatives: Annotated[
        Path | None, typer.Option(help="With --judge validator: also write the drawings that it cannot name, as .npy, to train with.")
    ] = None,
    write_words: Annotated[
        bool,
        typer.Option("--write-words", help="With --judge validator: write, beside the perceptor's weights, how often it knew each word's drawings."),
    ] = False,
    perceptor: Annotated[list[str] | None, typer.Option(help="See `draw`; can be given several times. By default doodle-clip.")] = None,
    device: options.DeviceOption = "auto",
    precision: options.PrecisionOption = "auto",
) -> None:
    """Measure the artist. With --sketches: how many of people's sketches the perceptor names, or, with --guesser, how well it plays. With
    --synonyms: how many words it understands.

    With --judge: draws words, and a judge that never saw how they came about names the drawings. The last line is a JSON object.
    """
    from ai_artist.budget import Seconds
    from ai_artist.errors import ArtistError

    names = list(dict.fromkeys(perceptor or ["doodle-clip"]))
    drawing: dict[str, object] = {
        "--judge": judge, "--judge-classes": judge_classes, "--words": words, "--seeds": seeds, "--budget": budget, "--iterations": iterations,
        "--pace": pace, "--order": order, "--methods": methods, "--strokes": strokes, "--jobs": jobs, "--out": out, "--negatives": negatives,
        "--write-words": write_words or None,
    }  # fmt: skip
    if guesser:
        _refuse("--guesser", drawing | {"--synonyms": synonyms, "--mirrored": mirrored})
        if sketches is None:
            raise ArtistError("--guesser needs people's sketches to guess: --sketches FILE.npz.")
        _evaluate_guesser(sketches, split or "test", names, device, precision)
    elif synonyms is not None:
        _refuse("--synonyms", drawing | {"--sketches": sketches, "--split": split, "--mirrored": mirrored})
        _evaluate_synonyms(synonyms, names, device, precision)
    elif judge is not None:
        _refuse("--judge", {"--split": split, "--mirrored": mirrored})
        if str(judge) != "validator":  # an outsider never teaches
            _refuse("any --judge but the validator", {"--negatives": negatives, "--write-words": write_words or None})
        limit = options.chosen_budget(budget, iterations, Seconds(10.0))
        asked = Drawings(
            judge,
            judge_classes,
            words or "60",
            limit,
            seeds or 1,
            pace or "live",
            order or "easy",
            methods or "ink",
            strokes,
            sketches,
            negatives,
            write_words,
        )
        evaluate_drawings(asked, names, out or Path("evaluation"), jobs or os.cpu_count() or 1, device, precision)
    elif sketches is not None:
        _refuse("--sketches without --judge", drawing)
        _evaluate_sketches(sketches, split or "test", mirrored is not False, names, device, precision)
    else:
        raise ArtistError(
            "Say what to evaluate: --sketches FILE.npz (the perceptor on people's sketches; with --guesser at play), --synonyms bundled (on words), "
            "or --judge JUDGE.pt (the drawings)."
        )


def _refuse(what: str, given: "Mapping[str, object]") -> None:
    """Raise ArtistError if options are given that mean nothing here."""
    from ai_artist.errors import ArtistError

    unused = [option for option, value in given.items() if value is not None]
    if unused:
        raise ArtistError(f"{' and '.join(unused)} cannot be used with {what}.")


def _evaluate_sketches(path: Path, split: "Split", mirrored: bool, names: Sequence[str], device: str, precision: str) -> None:
    from ai_artist.evaluation.people import perceptor_accuracy, read_sketches

    corpus = read_sketches(path, split)
    perceptors = dict(loaded(names, device, precision))
    results: dict[str, Accuracy] = {}
    with progress_bar() as progress:
        bar = progress.add_task("", total=len(names) * len(corpus.sketches))
        for number, (name, perceptor) in enumerate(perceptors.items()):
            before = number * len(corpus.sketches)
            progress.update(bar, description=f"{name} looks at sketches")
            results[name] = perceptor_accuracy(
                perceptor, corpus, lambda done, before=before: progress.update(bar, completed=before + done), mirrored=mirrored  # type: ignore[misc]
            )  # fmt: skip
    looks = "each and its mirror image" if mirrored else "each once"
    _show_accuracies(f"people's sketches, {split} split, {looks}, mean over {len(corpus.categories)} categories", results)
    say_json([{"perceptor": name, **_rounded(asdict(result))} for name, result in results.items()])


def _evaluate_guesser(path: Path, split: "Split", names: Sequence[str], device: str, precision: str) -> None:
    from ai_artist.evaluation.guessing import HINTS, MOST_GUESSES, Guessing, guessing
    from ai_artist.evaluation.people import read_sketches
    from ai_artist.guesser import Guesser

    corpus = read_sketches(path, split)
    results: dict[str, Guessing] = {}
    with progress_bar() as progress:
        bar = progress.add_task("", total=len(names) * len(corpus.sketches))
        for number, name in enumerate(names):
            before = number * len(corpus.sketches)
            progress.update(bar, description=f"{name} guesses sketches")
            # One thread, as in the game, where others have the cores too.
            guesser = Guesser.load(name, 1, device, precision)
            results[name] = guessing(guesser, corpus, lambda done, before=before: progress.update(bar, completed=before + done))  # type: ignore[misc]
    title = f"people's sketches, {split} split, {len(corpus.categories)} words, blanks and {HINTS} letters, at most {MOST_GUESSES} guesses"
    table = new_table(title, "perceptor", "guessed", "at (strokes)", "guesses", "a look", "n")
    for name, result in results.items():
        table.add_row(
            name, f"{result.guessed:.1%}", f"{result.median_stroke_fraction:.0%}", f"{result.guesses:.1f}", f"{result.look_ms:.1f} ms", f"{result.n}"
        )  # fmt: skip
    console.print(table)
    say_json([{"perceptor": name, **_rounded(asdict(result))} for name, result in results.items()])


def _evaluate_synonyms(path: Path, names: Sequence[str], device: str, precision: str) -> None:
    from ai_artist.categories import category_names
    from ai_artist.evaluation.synonyms import BUNDLED_SYNONYMS, load_synonyms, synonym_accuracy

    categories = category_names()
    synonyms = load_synonyms(BUNDLED_SYNONYMS if str(path) == "bundled" else path, categories)
    results = {name: synonym_accuracy(perceptor, synonyms, categories) for name, perceptor in loaded(names, device, precision)}
    _show_accuracies(f"synonyms, the nearest of {len(categories)} categories", results)
    say_json(
        [
            {"perceptor": name, **_rounded({"synonym_top1": result.top1, "synonym_top5": result.top5, "n": result.n})}
            for name, result in results.items()
        ]
    )


def _show_accuracies(title: str, results: "Mapping[str, Accuracy]") -> None:
    table = new_table(title, "perceptor", "top 1", "top 5", "n")
    for name, result in results.items():
        table.add_row(name, f"{result.top1:.1%}", f"{result.top5:.1%}", f"{result.n}")
    console.print(table)


def _rounded(figures: "Mapping[str, float]") -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items()}
