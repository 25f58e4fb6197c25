"""One optimisation from its beginning to its end, a step at a time."""

import logging
from collections.abc import Sequence
from typing import Final

import torch

from ai_artist.budget import Budget, Spending
from ai_artist.errors import ArtistError
from ai_artist.perception import Perceptor
from ai_artist.rasterizer import NativeRasterizer, make_rasterizer, warm_up
from ai_artist.strokes import Stroke
from ai_artist.synthesis.canvas import DivergedError
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.loop import Loop, annealing
from ai_artist.synthesis.method import Materials, Method
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

LARGEST_SEED: Final = 2**63 - 1

_log = logging.getLogger(__name__)


class Run:
    """A method at work on one goal. The clock of a budget in seconds starts when it has been made: loading and compiling are not drawing."""

    def __init__(
        self, method: Method, perceptor: Perceptor, goal: Goal, budget: Budget, seed: int, start: Sequence[Stroke] = (), backend: str = "auto"
    ) -> None:
        """Raises ArtistError for a seed that is not in 0..LARGEST_SEED, and where something that the method needs is missing."""
        if not 0 <= seed <= LARGEST_SEED:
            raise ArtistError(f"A seed is a whole number from 0 to {LARGEST_SEED}; got {seed}.")
        random = torch.Generator().manual_seed(seed)
        rasterizer = make_rasterizer(backend, perceptor.device)
        self.method = method
        self.canvas = method.begin(Materials(random, perceptor.device, rasterizer, start))
        self.loop = Loop(self.canvas, perceptor, goal, random, method.augmented)
        if isinstance(self.canvas, StrokeCanvas) and isinstance(rasterizer, NativeRasterizer):
            warm_up()
        self._recent = torch.zeros(self.canvas.candidates)
        self._spending = Spending(budget)
        self.diverged: str | None = None
        """Why the optimisation stopped before its budget was spent, in words for people; None if it did not."""

    @property
    def spending(self) -> Spending:
        """What has been spent of the budget."""
        return self._spending

    @property
    def fraction(self) -> float:
        """The part of the budget that is gone; 1 and more: stop. A run that diverged is at its end, one without a step at its beginning."""
        if self.diverged:
            return 1.0
        return self._spending.fraction if self._spending.iterations else 0.0

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
        """Take one step. A loss that is not a number ends the run with the last good picture, and `diverged` says so.

        Raises ArtistError where not even the first picture has a loss: then there is no good one.
        """
        method, count = self.method, self._spending.iterations
        views = max(1, method.looks // self.canvas.candidates)
        try:
            similarity = self.loop.step(views, method.rate, annealing(self.fraction)).cpu()
        except DivergedError as error:
            if count == 0:
                raise ArtistError(f"{method.name} cannot begin: {error}.") from error
            self.diverged = f"The optimisation stopped at iteration {count}: {error}. The last good picture was kept; a smaller rate may help."
            _log.warning(self.diverged)
            return
        self._recent = similarity if count == 0 else 0.8 * self._recent + 0.2 * similarity
        self._spending.iterations += 1
