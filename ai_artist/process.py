"""The course of one drawing: candidates are given up, strokes tidied, settled and shown, while the optimisation runs ahead."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import torch

from ai_artist.manner import PLAIN, Manner
from ai_artist.ordering import next_stroke
from ai_artist.pace import Pace
from ai_artist.polish import polished
from ai_artist.strokes import Stroke
from ai_artist.synthesis.loop import render_size
from ai_artist.synthesis.method import StrokeMethod
from ai_artist.synthesis.run import Run
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

_selection: Final = 0.4
"""The part of the budget by which one candidate is left, if no stroke is due before."""
_tidying: Final = (0.55, 0.75, 0.9)
"""At these parts of the budget strokes that are not worth their price are taken away; the others then take their place."""
_length_price: Final = 0.1
"""Nats that a stroke must be worth to be kept, if it is as long as the picture's side."""
_stroke_price: Final = 0.02
"""Nats that a stroke must be worth however short it is: the price of ink leaves specks behind."""
_views: Final = 8
"""From so many sides, beside upright, a picture is looked at when strokes are weighed."""
_harmless: Final = 0.03
"""Nats that the last touch may cost."""
_hurried_first: Final = 0.06
"""The part of the budget that a drawing has for its first stroke, however much it is hurried."""
_hurried_second: Final = 0.2
"""The part of what is left of the budget after which a hurried drawing has its second stroke."""
_beat: Final = 0.35
"""Seconds between two looks at an evolving drawing."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A stroke that is final, and how close the whole picture then was to the prompt (cosine, -1..1)."""

    stroke: Stroke
    similarity: float
    seen: float
    """How close the strokes that are settled so far are by themselves: what people see."""
    seconds: float = field(compare=False)
    """Since the beginning."""


@dataclass(frozen=True, slots=True)
class Evolved:
    """All strokes as they are now; the next time each may be somewhere else, or None, which it then stays: it was taken away."""

    strokes: tuple[Stroke | None, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a synthesis stands after an iteration."""

    iteration: int
    """Counted from 1."""
    seconds: float
    """Since the beginning."""
    fraction: float
    """The part of the budget that is gone, 0..1."""
    similarity: float
    """Cosine to the prompt over random views and the last iterations, of the best candidate."""


class Process:
    """Leads one run to its end."""

    def __init__(self, run: Run, pace: Pace, manner: Manner = PLAIN) -> None:
        """The first `run.canvas.settled` strokes have been shown already."""
        self.run, self._pace, self._manner = run, pace, manner
        self._canvas = run.canvas if isinstance(run.canvas, StrokeCanvas) else None
        self._method = run.method if isinstance(run.method, StrokeMethod) else None
        self._size = render_size(run.opinion.perceptor)
        self._tidied = 0
        self._last_beat = 0.0
        self.is_over = False
        """Whether all has been shown."""
        self._begun = self._canvas.strokes if self._canvas else 0
        self._left = list(range(self._begun))
        """Which of the strokes that were begun those on the canvas are, as long as none is settled out of its order."""

    def events(self) -> Iterator[Progress | Settled | Evolved]:
        """Yield what happens to the end."""
        while True:
            yield from self.shown()
            if self.is_over:
                return
            self.run.advance()
            spending = self.run.spending
            if not self.run.diverged:
                yield Progress(spending.iterations, spending.seconds, min(1.0, self.run.fraction), self.run.similarity)

    def shown(self) -> Iterator[Settled | Evolved]:
        """Yield what is shown before the run's next step. Unless it `is_over` after that, the run has to advance."""
        canvas, fraction = self._canvas, self.run.fraction
        selection = min(_selection, self._due(0)) if canvas else _selection
        self.run.halve(min(1.0, fraction / selection) if selection else 1.0)
        if canvas and canvas.candidates == 1:
            self._tidy(canvas, fraction)
            yield from self._show(canvas, fraction)
        self.is_over = fraction >= 1 or (canvas is not None and canvas.settled == canvas.strokes)

    def hurry(self) -> None:
        """Show from now on, stroke by stroke, what was to be shown at the end."""
        gone = self.run.fraction
        if gone < 1:
            first = max(gone, _hurried_first)
            self._pace = Pace(first=first, first_seconds=math.inf, second=first + _hurried_second * (1 - first))

    def _due(self, index: int) -> float:
        if self._manner.show == "evolving" and index:
            return 1.0
        return min(1.0, self._pace.due(index, self._canvas.strokes if self._canvas else 0, self.run.spending))

    def _show(self, canvas: StrokeCanvas, fraction: float) -> Iterator[Settled | Evolved]:
        if self._manner.show == "evolving" and fraction < 1:
            seconds = self.run.spending.seconds
            if fraction >= self._due(0) and seconds >= self._last_beat + _beat:
                self._last_beat = seconds
                yield self._evolved(canvas)
            return
        due = canvas.settled
        while due < canvas.strokes and fraction >= self._due(due):
            due += 1
        if due > canvas.settled and self._manner.show == "evolving":
            settled = list(self._settle(canvas, due - canvas.settled))
            yield self._evolved(canvas)
            yield from settled
        elif due > canvas.settled:
            yield from self._settle(canvas, due - canvas.settled)

    def _evolved(self, canvas: StrokeCanvas) -> Evolved:
        strokes: list[Stroke | None] = [None] * self._begun
        for index, begun in enumerate(self._left):
            strokes[begun] = canvas.stroke(index)
        return Evolved(tuple(strokes))

    def _opinion(self, shown: torch.Tensor) -> torch.Tensor:
        assert self._canvas is not None
        return self.run.opinion.of(self._canvas.render_parts(self._size, shown), _views).cpu()

    # --- tidying

    def _tidy(self, canvas: StrokeCanvas, fraction: float) -> None:
        due = sum(fraction >= part for part in _tidying)
        if due > self._tidied and self._method and self._method.tidy:
            self._prune(canvas, self._method.fewest)
        self._tidied = due

    def _prune(self, canvas: StrokeCanvas, fewest: int) -> None:
        """Leave out, one after another, the strokes without which the picture is named as well."""
        while canvas.strokes > max(fewest, canvas.settled + 1):
            shown = torch.ones(canvas.strokes - canvas.settled + 1, canvas.strokes, dtype=torch.bool)
            places = torch.arange(canvas.settled, canvas.strokes)
            shown[1 + torch.arange(len(places)), places] = False
            liked = self._opinion(shown)
            worth = liked[0] - liked[1:] - _stroke_price - _length_price * canvas.lengths().cpu()[places]
            weakest = int(worth.argmin())
            if worth[weakest] >= 0:
                return
            canvas.drop(canvas.settled + weakest)
            del self._left[canvas.settled + weakest]

    # --- settling

    def _settle(self, canvas: StrokeCanvas, count: int) -> Iterator[Settled]:
        """Settle so many strokes: in the manner's order, or, where it matters which lies above, the lowest."""
        tidy = self._method is not None and self._method.tidy
        if tidy and not canvas.settled and count == canvas.strokes:
            self._centre(canvas)
        for _ in range(count):
            place = canvas.settled
            if self._manner.show == "settled" and self._method is not None and not self._method.order_matters:
                shown = torch.arange(canvas.strokes) < canvas.settled
                place = next_stroke(shown, self._opinion, self._manner.order)
            if tidy:
                self._polish(canvas, place)
            stroke = canvas.settle(place)
            yield Settled(stroke, self.run.loop.similarity(), self._seen(canvas), self.run.spending.seconds)

    def _seen(self, canvas: StrokeCanvas) -> float:
        settled = torch.arange(canvas.strokes)[None] < canvas.settled
        return self.run.loop.similarity_of(next(canvas.render_parts(self._size, settled)))

    def _polish(self, canvas: StrokeCanvas, place: int) -> None:
        before = canvas.stroke(place)
        after = polished(before.points, (canvas.stroke(index).points for index in range(canvas.strokes) if index != place))
        if after == before.points:
            return
        whole = torch.ones(1, canvas.strokes, dtype=torch.bool)
        liked = float(self._opinion(whole)[0])
        canvas.bend(place, after)
        if float(self._opinion(whole)[0]) < liked - _harmless:
            canvas.bend(place, before.points)

    def _centre(self, canvas: StrokeCanvas) -> None:
        points = torch.tensor([point for index in range(canvas.strokes) for point in canvas.stroke(index).points])
        low, high = points.amin(0), points.amax(0)
        x, y = (0.5 - (low + high) / 2).tolist()
        canvas.shift(x, y)
