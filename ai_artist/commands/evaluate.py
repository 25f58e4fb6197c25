"""`guesstroke artist evaluate`: how good a perceptor is, and how good the drawings are, in figures."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ai_artist.commands import options
from ai_artist.commands.options import console

if TYPE_CHECKING:
    from ai_artist.budget import Budget
    from ai_artist.evaluation.accuracy import Accuracy
    from ai_artist.evaluation.judge import Judge
    from ai_artist.evaluation.people import People
    from ai_artist.evaluation.plan import Pace, Plan
    from ai_artist.evaluation.run import Failure
    from ai_artist.evaluation.verdicts import RunFigures
    from ai_artist.ordering import Order
    from ai_artist.perception import Perceptor
    from ai_artist.training.sketches import Split

_most_shown = 20


def evaluate(
    sketches: Annotated[
        Path | None, typer.Option(help="People's sketches, an .npz archive: named by the perceptor, or with --judge by the judge.")
    ] = None,
    split: Annotated[Literal["test", "validation", "train"] | None, typer.Option(help="Which of them, by default test.")] = None,
    mirrored: Annotated[
        bool | None,
        typer.Option("--mirrored/--once", help="Look at each sketch and at its mirror image, or at the sketch alone. By default mirrored."),
    ] = None,
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
    """Measure the artist. With --sketches: how many of people's sketches the perceptor names. With --synonyms: how many words it understands.

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
    if synonyms is not None:
        _refuse("--synonyms", drawing | {"--sketches": sketches, "--split": split, "--mirrored": mirrored})
        _evaluate_synonyms(synonyms, names, device, precision)
    elif judge is not None:
        _refuse("--judge", {"--split": split, "--mirrored": mirrored})
        if str(judge) != "validator":  # an outsider never teaches
            _refuse("any --judge but the validator", {"--negatives": negatives, "--write-words": write_words or None})
        limit = options.chosen_budget(budget, iterations, Seconds(10.0))
        asked = _Drawings(
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
        _evaluate_drawings(asked, names, out or Path("evaluation"), jobs or os.cpu_count() or 1, device, precision)
    elif sketches is not None:
        _refuse("--sketches without --judge", drawing)
        _evaluate_sketches(sketches, split or "test", mirrored is not False, names, device, precision)
    else:
        raise ArtistError(
            "Say what to evaluate: --sketches FILE.npz (the perceptor on people's sketches), --synonyms bundled (on words), "
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
    perceptors = dict(_loaded(names, device, precision))
    results: dict[str, Accuracy] = {}
    with _progress() as progress:
        bar = progress.add_task("", total=len(names) * len(corpus.sketches))
        for number, (name, perceptor) in enumerate(perceptors.items()):
            before = number * len(corpus.sketches)
            progress.update(bar, description=f"{name} looks at sketches")
            results[name] = perceptor_accuracy(
                perceptor, corpus, lambda done, before=before: progress.update(bar, completed=before + done), mirrored=mirrored  # type: ignore[misc]
            )  # fmt: skip
    looks = "each and its mirror image" if mirrored else "each once"
    _show_accuracies(f"people's sketches, {split} split, {looks}, mean over {len(corpus.categories)} categories", results)
    _say_json([{"perceptor": name, **_rounded(asdict(result))} for name, result in results.items()])


def _evaluate_synonyms(path: Path, names: Sequence[str], device: str, precision: str) -> None:
    from ai_artist.categories import category_names
    from ai_artist.evaluation.synonyms import BUNDLED_SYNONYMS, load_synonyms, synonym_accuracy

    categories = category_names()
    synonyms = load_synonyms(BUNDLED_SYNONYMS if str(path) == "bundled" else path, categories)
    results = {name: synonym_accuracy(perceptor, synonyms, categories) for name, perceptor in _loaded(names, device, precision)}
    _show_accuracies(f"synonyms, the nearest of {len(categories)} categories", results)
    _say_json(
        [
            {"perceptor": name, **_rounded({"synonym_top1": result.top1, "synonym_top5": result.top5, "n": result.n})}
            for name, result in results.items()
        ]
    )


def _loaded(names: Sequence[str], device: str, precision: str) -> "Iterator[tuple[str, Perceptor]]":
    """The perceptors by what they were asked for by, one loaded after another."""
    from ai_artist.perception import load_perceptor

    for name in names:
        with console.status(f"loading {name} ..."):
            options.use_threads(None, name)
            perceptor = load_perceptor(name, device, precision)
        yield name, perceptor


@dataclass(frozen=True, slots=True)
class _Drawings:
    """What is asked of an evaluation of drawings."""

    judge: Path
    classes: Path | None
    words: str
    budget: "Budget"
    seeds: int
    pace: "Pace"
    order: "Order"
    methods: str
    strokes: int | None
    sketches: Path | None
    negatives: Path | None
    write_words: bool


def _evaluate_drawings(asked: _Drawings, names: Sequence[str], out: Path, jobs: int, device: str, precision: str) -> None:
    """Draw, judge, report. Whatever can be wrong is said before the first drawing."""
    from ai_artist.pictures import check_folder, check_output

    check_folder(out)
    if asked.negatives:
        check_output(asked.negatives, (".npy",))

    from ai_artist.categories import category_names
    from ai_artist.evaluation.folder import claim_folder
    from ai_artist.evaluation.judge import load_judge, validator_judge
    from ai_artist.evaluation.negatives import unnamed, write_negatives
    from ai_artist.evaluation.people import STROKE_COUNTS, people_by_strokes, read_sketches
    from ai_artist.evaluation.plan import Plan, stroke_methods
    from ai_artist.evaluation.run import all_drawings, as_json, judge_all, write_report
    from ai_artist.evaluation.words import words_of

    words = words_of(asked.words)
    # It names among the categories and whatever else is drawn.
    known = dict.fromkeys((*category_names(), *(word for word in words if word.lower() not in {each.lower() for each in category_names()})))
    judge = validator_judge(tuple(known)) if str(asked.judge) == "validator" else load_judge(asked.judge, asked.classes)
    if asked.write_words:
        _check_drawable_files(names)
    judge.places_of(words)
    methods = stroke_methods([name.strip() for name in asked.methods.split(",") if name.strip()] or ["ink"], asked.strokes)
    beside = asked.judge.with_name("sketches.npz")
    archive = asked.sketches or (beside if beside.is_file() else None)
    corpus = read_sketches(archive, "test") if archive else None
    for name, perceptor in _loaded(names, device, precision):
        unknown = [word for word in words if perceptor.unknown_words(word)]
        if unknown:
            console.print(f"{name} has not seen these words: {', '.join(unknown)}", markup=False, highlight=False)
    plan = Plan(words, tuple(names), methods, asked.seeds, asked.budget, asked.pace, asked.strokes, asked.order)
    claim_folder(out, plan.settings())
    failures = _draw(plan, out, jobs, device, precision)
    with _progress() as progress:
        bar = progress.add_task(f"{judge.name} looks at drawings", total=len(words) * len(names) * len(methods))
        runs = judge_all(plan, out, judge, jobs, lambda done: progress.update(bar, completed=done))
        people = None
        if corpus:
            looks = (len(STROKE_COUNTS) + 1) * len(corpus.sketches)
            bar = progress.add_task(f"{judge.name} looks at people's sketches", total=looks)
            people = people_by_strokes(judge, corpus, lambda done: progress.update(bar, completed=done))
            progress.update(bar, completed=looks)
    write_report(runs, people, out)
    if asked.negatives:
        pictures = unnamed(all_drawings(plan, out), judge)
        write_negatives(pictures, asked.negatives)
        console.print(f"{asked.negatives}: {len(pictures)} drawings that {judge.name} cannot name", markup=False, highlight=False)
    if asked.write_words:
        _write_words(plan, out, judge)
    _say_failures(failures, runs)
    _show_runs(runs, people)
    if not people:
        console.print(
            "There is no human ceiling: give people's sketches of the judge's classes with --sketches, or as sketches.npz beside it.", highlight=False
        )
    console.print(f"{out}: sheet.png, accuracy.png, results.csv and the drawings", markup=False, highlight=False)
    _say_json([as_json(run, people) for run in runs])


def _check_drawable_files(names: Sequence[str]) -> None:
    from ai_artist.drawable import drawable_file
    from ai_artist.errors import ArtistError

    without = [name for name in names if drawable_file(name) is None]
    if without:
        raise ArtistError(
            f"--write-words writes into the folder of a perceptor's weights, and {', '.join(without)} has none here; use local-dir:FOLDER."
        )


def _write_words(plan: "Plan", out: Path, judge: "Judge") -> None:
    """Write how often the judge had the word among its first five, of all seeds."""
    from ai_artist.drawable import drawable_file, write_drawable
    from ai_artist.evaluation.run import shares_known

    budget = ", ".join(f"{amount:g} {unit}" for unit, amount in plan.settings()["budget"].items())
    for name, method in plan.runs():
        file = drawable_file(name)
        assert file is not None, "checked before anything was drawn"
        shares = shares_known(plan, out, judge, name, method.name)
        remark = (
            f"word, share of {plan.seeds} drawings ({budget}, {method.name}) that {judge.name} had among its first five of {len(judge.classes)} words"
        )
        write_drawable(shares, file, remark)
        never = sum(share == 0 for share in shares.values())
        console.print(f"{file}: {len(shares)} words, of which {never} are never recognised", markup=False, highlight=False)


def _draw(plan: "Plan", out: Path, jobs: int, device: str, precision: str) -> "list[Failure]":
    """Draw what is not drawn yet, with a bar over all drawings. On Ctrl-C say how to go on, and end."""
    from ai_artist.evaluation.run import draw, tasks_of

    tasks = [task for name in plan.perceptors for task in tasks_of(plan, name, out)]
    there = sum(task.path.exists() for task in tasks)
    if there:
        console.print(f"{out}: {there} of {len(tasks)} drawings are there already", markup=False, highlight=False)
    try:
        with _progress() as progress:
            bar = progress.add_task(f"drawing, {jobs} at a time", total=len(tasks), completed=there)
            return draw(plan, out, jobs, device, precision, lambda name, task, failure: progress.advance(bar))
    except KeyboardInterrupt:
        there = sum(task.path.exists() for task in tasks)
        console.print(f"Stopped. {there} of {len(tasks)} drawings are kept in {out}; the same command goes on with the others.", markup=False)
        raise typer.Exit(130) from None


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(elapsed_when_finished=True))
    # A drawing takes many seconds: the time that remains is reckoned from the last ten minutes.
    return Progress(*columns, console=console, speed_estimate_period=600)


def _say_failures(failures: "Sequence[Failure]", runs: "Sequence[RunFigures]") -> None:
    for failure in failures[:_most_shown]:
        console.print(f"{failure.perceptor}, {failure.method}: {failure.word}, seed {failure.seed}: {failure.why}", markup=False, highlight=False)
    if len(failures) > _most_shown:
        console.print(f"and {len(failures) - _most_shown} more drawings that failed", highlight=False)
    for run in runs:
        words = [verdict.word for verdict in run.verdicts if verdict.record is None]
        if words:
            console.print(f"{run.name}: not drawn, and counted as wrong: {', '.join(words)}", markup=False, highlight=False)


def _show_accuracies(title: str, results: "Mapping[str, Accuracy]") -> None:
    table = _table(title, "perceptor", "top 1", "top 5", "n")
    for name, result in results.items():
        table.add_row(name, f"{result.top1:.1%}", f"{result.top5:.1%}", f"{result.n}")
    console.print(table)


def _show_runs(runs: "Sequence[RunFigures]", people: "People | None") -> None:
    table = _table("drawings, named by the judge at once / within five guesses", "", "best", "all seeds", "of people's", "drawing", "stroke 1", "n")
    for run in runs:
        ratio = f"{run.all_seeds.top1 / people.whole.top1:.0%}" if people and people.whole.top1 else ""
        times = [f"{seconds:.1f} s" if seconds is not None else "" for seconds in (run.seconds_per_drawing, run.first_stroke_s)]
        table.add_row(run.name, _both(run.best), _both(run.all_seeds), ratio, *times, f"{run.best.n}")
    if people:
        table.add_row("people's sketches", _both(people.whole), "", "", "", "", f"{people.whole.n}")
    console.print(table)
    for run in runs:
        if run.iterations_per_s and run.strokes:
            console.print(
                f"{run.name}: {run.iterations_per_s:.0f} iterations a second, {run.strokes:.0f} strokes a drawing", markup=False, highlight=False
            )


def _both(accuracy: "Accuracy") -> str:
    return f"{100 * accuracy.top1:.1f} / {100 * accuracy.top5:.1f} %"


def _table(title: str, *columns: str) -> Table:
    """A table with its title said above it."""
    console.print(title, highlight=False)
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=bool(number))
    return table


def _rounded(figures: "Mapping[str, float]") -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items()}


def _say_json(runs: "Sequence[Mapping[str, object]]") -> None:
    """The last line: the first run's figures, and where there are several all of them under "runs"."""
    print(json.dumps(dict(runs[0]) | ({"runs": list(runs)} if len(runs) > 1 else {})))
