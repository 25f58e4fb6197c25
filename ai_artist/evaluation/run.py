"""An evaluation from its plan to its report: draw what is not drawn yet, have it judged, write what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ai_artist.errors import OutputError
from ai_artist.evaluation.accuracy import Accuracy, ranks
from ai_artist.evaluation.accuracy_plot import accuracy_plot
from ai_artist.evaluation.bitmaps import marks_of
from ai_artist.evaluation.contact_sheet import contact_sheet
from ai_artist.evaluation.folder import drawing_path
from ai_artist.evaluation.judge import Judge
from ai_artist.evaluation.people import People
from ai_artist.evaluation.plan import Plan
from ai_artist.evaluation.records import Record, read_record
from ai_artist.evaluation.results_table import write_results
from ai_artist.evaluation.verdicts import RunFigures, judge_run
from ai_artist.evaluation.workers import Task, Tools, draw_all
from ai_artist.strokes import Drawing

_known_within: Final = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """A drawing that did not come about, and why."""

    perceptor: str
    method: str
    word: str
    seed: int
    why: str


def tasks_of(plan: Plan, perceptor: str, folder: Path) -> list[Task]:
    """The drawings of one perceptor, seed by seed, so that an early look finds something of every word."""
    return [
        Task(word, seed, method, drawing_path(folder, perceptor, method.name, word, seed), plan.order)
        for method in plan.methods
        for seed in range(plan.seeds)
        for word in plan.words
    ]


def draw(
    plan: Plan,
    folder: Path,
    jobs: int,
    device: str,
    precision: str,
    on_done: Callable[[str, Task, str | None], None] = lambda name, task, failure: None,
) -> list[Failure]:
    """Draw what the folder does not have yet; return what could not be drawn.

    on_done  told of each drawing that ended: the perceptor, the task, and why it failed or None

    Raises as draw_all does; what was finished is kept.
    """
    failures: list[Failure] = []
    for perceptor in plan.perceptors:

        def note(task: Task, why: str | None, perceptor: str = perceptor) -> None:
            if why:
                failures.append(Failure(perceptor, task.method.name, task.word, task.seed, why))
            on_done(perceptor, task, why)

        missing = [task for task in tasks_of(plan, perceptor, folder) if not task.path.exists()]
        draw_all(missing, Tools(perceptor, device, precision), plan.budget, plan.pace, jobs, note)
    return failures


def judge_all(plan: Plan, folder: Path, judge: Judge, jobs: int, on_progress: Callable[[int], None] = lambda words: None) -> list[RunFigures]:
    """Judge the folder's drawings, a run after the other. `on_progress` is told how many words are judged, of all runs together."""
    runs: list[RunFigures] = []
    for perceptor, method in plan.runs():
        before = len(runs) * len(plan.words)
        drawn = {word: _records(plan, folder, perceptor, method.name, word) for word in plan.words}
        runs.append(judge_run(judge, perceptor, method.name, drawn, plan.seeds, jobs, lambda done, before=before: on_progress(before + done)))  # type: ignore[misc]
    return runs


def shares_known(plan: Plan, folder: Path, judge: Judge, perceptor: str, method: str) -> dict[str, float]:
    """How many of each word's drawings, 0..1 of all seeds, have the word among the judge's first five guesses."""
    shares = {}
    for word in plan.words:
        bitmaps = [judge.bitmap(marks_of(record.drawing.strokes)) for record in _records(plan, folder, perceptor, method, word)]
        place = judge.places_of([word]).expand(len(bitmaps))
        known = (ranks(judge.probabilities(bitmaps), place) < _known_within).sum() if bitmaps else 0
        shares[word] = round(float(known) / plan.seeds, 3)
    return shares


def all_drawings(plan: Plan, folder: Path) -> list[Drawing]:
    """Every drawing of the folder, of all seeds."""
    runs = [(perceptor, method.name, word) for perceptor, method in plan.runs() for word in plan.words]
    return [record.drawing for perceptor, method, word in runs for record in _records(plan, folder, perceptor, method, word)]


def _records(plan: Plan, folder: Path, perceptor: str, method: str, word: str) -> list[Record]:
    records = (read_record(drawing_path(folder, perceptor, method, word, seed)) for seed in range(plan.seeds))
    return [record for record in records if record]


def write_report(runs: list[RunFigures], people: People | None, folder: Path) -> None:
    """Write sheet.png, accuracy.png and results.csv. Raises OutputError if they cannot be written."""
    try:
        contact_sheet(runs).save(folder / "sheet.png")
    except OSError as error:
        raise OutputError(f"{folder / 'sheet.png'} could not be written: {error}.") from error
    accuracy_plot(runs, people, folder / "accuracy.png")
    write_results(runs, folder / "results.csv")


def as_json(run: RunFigures, people: People | None) -> dict[str, Any]:
    """A run's figures: accuracies as fractions 0..1 with four digits, None where there is nothing to tell."""
    return {
        "perceptor": run.perceptor,
        "method": run.method,
        "judge_top1": round(run.best.top1, 4),
        "judge_top5": round(run.best.top5, 4),
        "judge_top1_all_seeds": round(run.all_seeds.top1, 4),
        "judge_top5_all_seeds": round(run.all_seeds.top5, 4),
        "human_top1": people and round(people.whole.top1, 4),
        "human_top5": people and round(people.whole.top5, 4),
        "ratio": _ratio(run.best, people),
        "ratio_all_seeds": _ratio(run.all_seeds, people),
        "seconds_per_drawing": _rounded(run.seconds_per_drawing),
        "first_stroke_s": _rounded(run.first_stroke_s),
        "iterations_per_s": _rounded(run.iterations_per_s),
        "strokes": _rounded(run.strokes),
        "n": run.best.n,
    }


def _ratio(drawings: Accuracy, people: People | None) -> float | None:
    return round(drawings.top1 / people.whole.top1, 4) if people and people.whole.top1 else None


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
