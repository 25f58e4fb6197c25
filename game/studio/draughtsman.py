"""How a worker turns an order into reports: the one place where the game's words meet the artist's."""

from collections.abc import Iterator
from typing import Final

from ai_artist.artist import Artist, slowness
from ai_artist.budget import Budget, Iterations, Seconds
from ai_artist.coloring import coloured
from ai_artist.guesser import Guesser
from ai_artist.manner import Manner
from ai_artist.pace import LIVE, PATIENT
from ai_artist.process import Evolved, Process, Settled
from ai_artist.strokes import Stroke
from ai_artist.styles import Style, dressed, style_named
from game.drawing.picture import picture_of
from game.studio.base import Mark
from game.studio.wire import DrawOrder, JobReport, LookOrder, WorkerDone, WorkerEvolved, WorkerLooked, WorkerStarted, WorkerStroke

_ahead_seconds: Final = 15.0
"""What a drawing that is made ahead may cost; longer ones are hardly better."""
_seen_width: Final = 400
"""Pixels of the picture that is looked at; the networks see 64 of them, around the ink."""
_learned_at_once: Final = 32
"""Words: some 0.1 s, in which no drawing goes on."""
_most_told: Final = 16
"""Of the words that a drawing may show."""


class Draughtsman:
    """An artist with a perceptor of its own, and the drawings that it has in hand."""

    def __init__(self, perceptor: str) -> None:
        self._artist = Artist.load(perceptor, threads=1)
        self._guesser = Guesser([self._artist.perceptor, *([self._artist.second] if self._artist.second else [])])
        self._pace = self._artist.warm_up()
        self._processes: dict[int, Process] = {}
        self._hurried: set[int] = set()
        self.note = slowness(perceptor, self._pace)
        """What the host should know."""

    def draw(self, order: DrawOrder) -> Iterator[JobReport | None]:
        """Draw, a step of the optimiser between two reports; None where there is nothing to tell."""
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
            for event in process.events():
                match event:
                    case Settled(stroke):
                        similarity = event.similarity
                        yield WorkerStroke(order.job, _marks(stroke, order, style), _mark(stroke), event.seen)
                    case Evolved(strokes):
                        yield WorkerEvolved(order.job, tuple(_marks(stroke, order, style) if stroke else () for stroke in strokes))
                    case _:
                        yield None
        finally:
            self._processes.pop(order.job, None)
            self._hurried.discard(order.job)
        yield WorkerDone(order.job, similarity)

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
