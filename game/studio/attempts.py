"""One drawing over the workers that try it: what has been shown of it, how often it went wrong, and what the next worker is asked."""

from typing import Final

from game.studio.base import DrawingJob, StudioError
from game.studio.placing import marks_of
from game.studio.process import WorkerDied, WorkerProcess
from game.studio.wire import DrawOrder, WorkerFailed, WorkerStroke

_most_failures: Final = 2
_most_deaths: Final = 3
"""Workers that may die one after another without a stroke: then it is the drawing that kills them, and the others' suffer with it."""


class Attempts:
    """Goes on from the strokes that were shown, until it has gone wrong too often."""

    def __init__(self, job: DrawingJob) -> None:
        self._commission = job.commission
        self._shown = [*marks_of(job.commission.begun), *job.shown]
        self._begun = len(self._shown)
        self._seed = job.commission.seed
        self._failures = self._deaths = 0
        self.is_seen = False
        """Whether people may have seen anything of it."""
        self.avoided: WorkerProcess | None = None
        """The worker that failed at it: another one may do better."""

    @property
    def strokes(self) -> int:
        """How many the artist has drawn."""
        return len(self._shown) - self._begun

    def order(self, number: int, seconds: float, *, ahead: bool) -> DrawOrder:
        """What the next worker is to do."""
        wanted, manner = self._commission, self._commission.manner
        return DrawOrder(
            number, wanted.prompt, seconds, self._seed, manner.show, manner.order, manner.style, manner.colours, ahead, tuple(self._shown)
        )  # fmt: skip

    def drawn(self, stroke: WorkerStroke) -> None:
        """A stroke is shown, which stays."""
        self._shown.append(stroke.bare)
        self.is_seen, self._deaths = True, 0

    def failed(self, failure: WorkerFailed, worker: WorkerProcess) -> None:
        """Note that a worker could not go on. Raises StudioError if there is no use in asking again."""
        self._failures += 1
        if failure.fault == "order" or self._failures == _most_failures:
            raise StudioError(failure.reason)
        if failure.fault == "seed":  # the same again would go wrong in the same way
            self._seed = self._commission.seed ^ 1
        self.avoided = worker

    def died(self, death: WorkerDied) -> None:
        """Note that the worker ended. Raises StudioError if too many have."""
        self._deaths += 1
        if self._deaths == _most_deaths:
            raise StudioError(f"{self._deaths} workers in a row ended over this drawing, the last one thus: {death}")
