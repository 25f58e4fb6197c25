"""One optimisation from its beginning to its end, a step at a time."""

import logging
from collections.abc import Sequence

import torch

from ai_artist.budget import Budget, Spending
from ai_artist.perception import Perceptor
from ai_artist.rasterizer import make_rasterizer
from ai_artist.strokes import Stroke
from ai_artist.synthesis.canvas import DivergedError
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.loop import Loop, annealing
from ai_artist.synthesis.method import Materials, Method

_log = logging.getLogger(__name__)


class Run:
    """A method at work on one goal. The clock of a budget in seconds starts when it is made."""

    def __init__(
        self, method: Method, perceptor: Perceptor, goal: Goal, budget: Budget, seed: int, start: Sequence[Stroke] = (), backend: str = "auto"
    ) -> None:
        self._spending = Spending(budget)
        random = torch.Generator().manual_seed(seed)
        rasterizer = make_rasterizer(backend, perceptor.device)
        self.method = method
        self.canvas = method.begin(Materials(random, perceptor.device, rasterizer, start))
        self.loop = Loop(self.canvas, perceptor, goal, random, method.augmented)
        self._recent = torch.zeros(self.canvas.candidates)
        self.diverged: str | None = None
        """Why the optimisation stopped before its budget was spent, in words for people; None if it did not."""

    @property
    def spending(self) -> Spending:
        """What has been spent of the budget."""
        return self._spending

    @property
    def fraction(self) -> float:
        """The part of the budget that is gone; 1 and more: stop. A run that diverged is at its end."""
        return 1.0 if self.diverged else self._spending.fraction

    @property
    def similarity(self) -> float:
        """The best candidate's, over its last steps and from all sides; noisy at first."""
        return float(self._recent.max())

    @property
    def best(self) -> int:
        """Which candidate that is."""
        return int(self._recent.argmax())

    def choose(self) -> None:
        """Go on with the best candidate alone."""
        if self.canvas.candidates > 1:
            self.canvas.keep(self.best)
            self._recent = self._recent.max().view(1)

    def advance(self) -> None:
        """Take one step. A loss that is not a number ends the run with the last good picture, and `diverged` says so."""
        method, count = self.method, self._spending.iterations
        views = max(1, method.looks // self.canvas.candidates)
        try:
            similarity = self.loop.step(views, method.rate, annealing(self._spending.fraction)).cpu()
        except DivergedError as error:
            self.diverged = f"The optimisation stopped at iteration {count}: {error}. The last good picture was kept; a smaller rate may help."
            _log.warning(self.diverged)
            return
        self._recent = similarity if count == 0 else 0.8 * self._recent + 0.2 * similarity
        self._spending.iterations += 1
