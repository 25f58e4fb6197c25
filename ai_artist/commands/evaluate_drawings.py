"""`guesstroke artist evaluate --judge`: words are drawn, and a judge that never saw how they came about names the drawings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ai_artist.commands.options import console
from ai_artist.commands.reporting import loaded, new_table, progress_bar, say_json

if TYPE_CHECKING:
    from ai_artist.budget import Budget
    from ai_artist.evaluation.accuracy import Accuracy
    from ai_artist.evaluation.judge import Judge
    from ai_artist.evaluation.people import People
    from ai_artist.evaluation.plan import Pace, Plan
    from ai_artist.evaluation.run import Failure
    from ai_artist.evaluation.verdicts import RunFigures
    from ai_artist.ordering import Order

_most_shown = 20


@dataclass(frozen=True, slots=True)
class Drawings:
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


def evaluate_drawings(asked: Drawings, names: Sequence[str], out: Path, jobs: int, device: str, precision: str) -> None:
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
    if str(asked.judge) == "validator":  # it names among the categories and whatever else is drawn
        categories = {category.lower() for category in category_names()}
        judge = validator_judge((*category_names(), *(word for word in words if word.lower() not in categories)))
    else:
        judge = load_judge(asked.judge, asked.classes)
    judge.places_of(words)
    methods = stroke_methods([name.strip() for name in asked.methods.split(",") if name.strip()] or ["ink"], asked.strokes)
    if asked.write_words:
        _check_drawable_files(names, len(methods))
    beside = asked.judge.with_name("sketches.npz")
    archive = asked.sketches or (beside if beside.is_file() else None)
    corpus = read_sketches(archive, "test") if archive else None
    for name, perceptor in loaded(names, device, precision):
        unknown = [word for word in words if perceptor.unknown_words(word)]
        if unknown:
            console.print(f"{name} has not seen these words: {', '.join(unknown)}", markup=False, highlight=False)
    plan = Plan(words, tuple(names), methods, asked.seeds, asked.budget, asked.pace, asked.strokes, asked.order)
    claim_folder(out, plan.settings())
    failures = _draw(plan, out, jobs, device, precision)
    with progress_bar() as progress:
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
    say_json([as_json(run, people) for run in runs])


def _check_drawable_files(names: Sequence[str], methods: int) -> None:
    from ai_artist.drawable import drawable_file
    from ai_artist.errors import ArtistError

    if methods > 1:
        raise ArtistError(f"--write-words writes one list for a perceptor: choose one of the {methods} --methods.")
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
        with progress_bar() as progress:
            bar = progress.add_task(f"drawing, {jobs} at a time", total=len(tasks), completed=there)
            return draw(plan, out, jobs, device, precision, lambda name, task, failure: progress.advance(bar))
    except KeyboardInterrupt:
        there = sum(task.path.exists() for task in tasks)
        console.print(f"Stopped. {there} of {len(tasks)} drawings are kept in {out}; the same command goes on with the others.", markup=False)
        raise typer.Exit(130) from None


def _say_failures(failures: "Sequence[Failure]", runs: "Sequence[RunFigures]") -> None:
    for failure in failures[:_most_shown]:
        console.print(f"{failure.perceptor}, {failure.method}: {failure.word}, seed {failure.seed}: {failure.why}", markup=False, highlight=False)
    if len(failures) > _most_shown:
        console.print(f"and {len(failures) - _most_shown} more drawings that failed", highlight=False)
    for run in runs:
        words = [verdict.word for verdict in run.verdicts if verdict.record is None]
        if words:
            console.print(f"{run.name}: not drawn, and counted as wrong: {', '.join(words)}", markup=False, highlight=False)


def _show_runs(runs: "Sequence[RunFigures]", people: "People | None") -> None:
    table = new_table(
        "drawings, named by the judge at once / within five guesses", "", "best", "all seeds", "of people's", "drawing", "stroke 1", "n"
    )
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
