"""What a judge says of the drawings of a run, and the figures that follow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from ai_artist.evaluation.accuracy import NEVER, Accuracy, plain_accuracy, ranks
from ai_artist.evaluation.bitmaps import marks_of
from ai_artist.evaluation.judge import Judge
from ai_artist.evaluation.records import Record
from ai_artist.strokes import Drawing

_most_counts: Final = 64
"""At so many numbers of strokes at most a drawing is judged; of the 256 of clipdraw, at every fourth."""
_moments: Final = 48


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a word's drawing, the one of its seeds that the perceptor finds closest to the word."""

    word: str
    record: Record | None
    """None where no drawing of the word came about: it counts as wrong."""
    rank: int
    """At which place the judge has the right class, from 0; NEVER where it saw nothing."""
    guess: str
    """What it names first; empty where it saw nothing."""
    probability: float
    """Of that guess, 0..1."""
    partial: tuple[tuple[int, int], ...]
    """The rank after so many strokes: (strokes, rank), rising."""

    @property
    def right(self) -> bool:
        """Whether the first guess is the word."""
        return self.rank == 0

    def rank_after(self, strokes: int) -> int:
        """The rank when so many strokes are shown."""
        return next((rank for count, rank in reversed(self.partial) if count <= strokes), NEVER)


class Point(NamedTuple):
    """A point of a curve: the accuracy, 0..1, with so many strokes or after so many seconds."""

    at: float
    top1: float
    top5: float


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What came of one perceptor with one method. Every accuracy has all words in its denominator, drawn or not."""

    perceptor: str
    method: str
    verdicts: tuple[Verdict, ...]
    best: Accuracy
    """Of each word's best drawing, as the perceptor finds it."""
    all_seeds: Accuracy
    """Of all drawings."""
    seconds_per_drawing: float | None
    """The wall-clock that a word takes with all its seeds: the sum over them divided by how many are drawn at a time, which is the
    lesser of jobs and seeds; the mean over the words that were drawn. None if none was."""
    first_stroke_s: float | None
    """Seconds to the first stroke, the mean over all drawings."""
    iterations_per_s: float | None
    """Of the optimiser in one process, the whole of a drawing's time counted; None where it was not recorded."""
    strokes: float | None
    """A drawing's, the mean over all."""
    by_strokes: tuple[Point, ...]
    """Of the best drawings when only the first strokes are shown; one with fewer is shown whole."""
    by_seconds: tuple[Point, ...]
    """Of the best drawings, with the strokes that were settled by then."""

    @property
    def name(self) -> str:
        """How the run is called beside others."""
        return f"{self.perceptor}, {self.method}"


def judge_run(
    judge: Judge,
    perceptor: str,
    method: str,
    drawn: Mapping[str, Sequence[Record]],
    seeds: int,
    jobs: int,
    on_progress: Callable[[int], None] = lambda done: None,
) -> RunFigures:
    """Judge what was drawn, by word; a word without a drawing, and a seed without one, count as wrong.

    on_progress  told how many words are judged

    Raises JudgeError for a word that the judge has no class for.
    """
    places = judge.places_of(list(drawn))
    verdicts: list[Verdict] = []
    seed_ranks: list[int] = []
    for done, ((word, records), place) in enumerate(zip(drawn.items(), places, strict=True), 1):
        found = _look(judge, [record.drawing for record in records], place)
        seed_ranks += [rank for rank, _, _ in found] + [NEVER] * (seeds - len(records))
        best = max(range(len(records)), key=lambda index: records[index].drawing.similarity, default=None)
        verdicts.append(_nothing(word) if best is None else _verdict(judge, word, records[best], found[best], place))
        on_progress(done)
    each = [records for records in drawn.values() if records]
    at_once = max(1, min(jobs, seeds))
    times = [sum(record.seconds for record in records) / at_once for records in each]
    all_records = [record for records in each for record in records]
    firsts = [record.first_stroke_s for record in all_records]
    speeds = [record.iterations / record.seconds for record in all_records if record.iterations and record.seconds]
    return RunFigures(
        perceptor,
        method,
        tuple(verdicts),
        plain_accuracy(torch.tensor([verdict.rank for verdict in verdicts])),
        plain_accuracy(torch.tensor(seed_ranks)),
        float(np.mean(times)) if times else None,
        float(np.mean(firsts)) if firsts else None,
        float(np.mean(speeds)) if speeds else None,
        float(np.mean([len(record.drawing.strokes) for record in all_records])) if all_records else None,
        tuple(_by_strokes(verdicts)),
        tuple(_by_seconds(verdicts)),
    )


def _look(judge: Judge, drawings: Sequence[Drawing], place: Tensor) -> list[tuple[int, str, float]]:
    """Of each drawing the right class's rank, the first guess, and its probability. Nobody is right about an empty one."""
    bitmaps = [judge.bitmap(marks_of(drawing.strokes)) for drawing in drawings]
    probabilities = judge.probabilities(bitmaps)
    found = []
    for bitmap, rank, guess, row in zip(
        bitmaps, ranks(probabilities, place.expand(len(bitmaps))).tolist(), probabilities.argmax(1).tolist(), probabilities, strict=True
    ):
        found.append((rank, judge.classes[guess], float(row[guess])) if bitmap.any() else (NEVER, "", 0.0))
    return found


def _verdict(judge: Judge, word: str, record: Record, whole: tuple[int, str, float], place: Tensor) -> Verdict:
    drawing = record.drawing
    count = len(drawing.strokes)
    counts = sorted({round(part) for part in np.linspace(1, count, min(count, _most_counts))})
    parts = [Drawing(word, drawing.method, drawing.seed, drawing.perceptor, 0.0, drawing.strokes[:shown]) for shown in counts[:-1]]
    partial = [*zip(counts[:-1], (rank for rank, _, _ in _look(judge, parts, place)), strict=True), (count, whole[0])]
    return Verdict(word, record, *whole, tuple(partial))


def _nothing(word: str) -> Verdict:
    return Verdict(word, None, NEVER, "", 0.0, ())


def _by_strokes(verdicts: Sequence[Verdict]) -> list[Point]:
    counts = sorted({count for verdict in verdicts for count, _ in verdict.partial})
    return [_point(count, [verdict.rank_after(count) for verdict in verdicts]) for count in counts]


def _by_seconds(verdicts: Sequence[Verdict]) -> list[Point]:
    last = max((verdict.record.seconds for verdict in verdicts if verdict.record), default=0.0)
    moments = np.linspace(0, last, _moments).tolist() if last else []
    return [
        _point(
            moment,
            [verdict.rank_after(verdict.record.strokes_after(moment) if verdict.record else 0) for verdict in verdicts],
        )
        for moment in moments
    ]


def _point(at: float, ranks: Sequence[int]) -> Point:
    accuracy = plain_accuracy(torch.tensor(ranks))
    return Point(at, accuracy.top1, accuracy.top5)
