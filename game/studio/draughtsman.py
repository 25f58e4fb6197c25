"""How a worker turns an order into reports: the one place where the game's words meet the artist's."""

from collections.abc import Iterator, Sequence
from typing import Final

from ai_artist.artist import Artist, drawing_seconds, slowness
from ai_artist.budget import Budget, Iterations, Seconds
from ai_artist.coloring import coloured
from ai_artist.guesser import Guesser
from ai_artist.manner import Manner
from ai_artist.pace import LIVE, PATIENT
from ai_artist.process import Process, Settled
from ai_artist.strokes import Stroke
from ai_artist.styles import Style, dressed, style_named
from ai_artist.synthesis.run import step_together
from game.drawing.picture import picture_of
from game.studio.base import Mark
from game.studio.wire import DrawOrder, JobReport, LookOrder, WorkerDone, WorkerEvolved, WorkerLooked, WorkerStarted, WorkerStroke

_ahead_seconds: Final = 15.0
"""What a drawing that is made ahead may cost; longer ones are hardly better."""
_seen_width: Final = 400
"""Pixels of the picture that is looked at; the networks see 64 of them, around the ink."""
_learned_at_once: Final = 32
"""Words: some 0.1 s, in which no drawing goes on."""
_most_together: Final = 16
"""Drawings whose steps are taken in one call,"""
_longest_call: Final = 1.0
"""Seconds, about, that it may take where it takes as long as they would one after another: until then nobody is heard or answered."""
_most_told: Final = 16
"""Of the words that a drawing may show."""


class Draughtsman:
    """An artist with a perceptor of its own, and the drawings that it has in hand."""

    def __init__(self, perceptor: str, device: str = "auto") -> None:
        self._artist = Artist.load(perceptor, threads=1, device=device)
        self._guesser = Guesser([self._artist.perceptor, *([self._artist.second] if self._artist.second else [])])
        self._pace = self._artist.warm_up()
        self._processes: dict[int, Process] = {}
        self._hurried: set[int] = set()
        self._together = max(1, min(_most_together, round(_longest_call / self._pace)))
        self.note = slowness(perceptor, self._pace)
        """What the host should know."""
        self.drawing_seconds = drawing_seconds(self._pace)
        self.on_gpu = self._artist.perceptor.device.type != "cpu"

    def draw(self, order: DrawOrder) -> Iterator[JobReport | None]:
        """Draw; None where a step of the optimiser comes next, which `step` can take together with others'."""
        yield WorkerStarted(order.job, self._artist.sureness(order.prompt))
        style = style_named(order.style)
        shown = [Stroke(mark.points, mark.width, mark.rgba) for mark in order.shown]
        manner = Manner(order.show, order.order, style.words)
        budget: Budget = Iterations(max(1, round(min(_ahead_seconds, order.seconds) / self._pace))) if order.ahead else Seconds(order.seconds)
        pace = PATIENT if order.ahead and order.show == "settled" else LIVE
        similarity = 0.0
        try:
            process = self._artist.begin(order.prompt, budget, order.seed, pace, manner, shown, shown=len(shown))
            self._processes[order.job] = process
            if order.job in self._hurried:
                process.hurry()
            while True:
                for event in process.shown():
                    if isinstance(event, Settled):
                        similarity = event.similarity
                        yield WorkerStroke(order.job, _marks(event.stroke, order, style), _mark(event.stroke), event.seen)
                    else:
                        yield WorkerEvolved(order.job, tuple(_marks(stroke, order, style) if stroke else () for stroke in event.strokes))
                if process.is_over:
                    break
                yield None
                process.run.advance()
        finally:
            self._processes.pop(order.job, None)
            self._hurried.discard(order.job)
        yield WorkerDone(order.job, similarity)

    def step(self, jobs: Sequence[int]) -> None:
        """Take the steps that come next in these drawings, as many together as the memory has room for."""
        runs = [self._processes[job].run for job in jobs]
        while len(runs) > 1:
            try:
                step_together(runs[: self._together])
            except RuntimeError:  # out of memory; or it is one's fault, and that one will fail when each goes on alone
                self._together = max(1, min(self._together, len(runs)) // 2)
                return
            runs = runs[self._together :]

    def look(self, order: LookOrder) -> Iterator[JobReport | None]:
        """See a drawing as people do, and name it; words that are new are learned before, some at a step."""
        for start in range(0, len(order.words), _learned_at_once):
            if self._guesser.learn(order.words[start : start + _learned_at_once]):
                yield None
        guesses = self._guesser.guess(picture_of(order.ink, _seen_width), order.words)
        yield WorkerLooked(order.job, tuple((guess.word, guess.probability) for guess in guesses[:_most_told]))

    def hurry(self, job: int) -> None:
        """Show a drawing that is made ahead stroke by stroke from now on, or, if it is not begun yet, from its beginning."""
        self._hurried.add(job)
        if job in self._processes:
            self._processes[job].hurry()


def _marks(stroke: Stroke, order: DrawOrder, style: Style) -> tuple[Mark, ...]:
    """The stroke as it is seen: in the thing's colour, dressed in the style."""
    painted = coloured(stroke, order.prompt) if order.colours else stroke
    return tuple(_mark(each) for each in dressed(painted, style, order.seed))


def _mark(stroke: Stroke) -> Mark:
    return Mark(stroke.points, stroke.width, stroke.rgba)
