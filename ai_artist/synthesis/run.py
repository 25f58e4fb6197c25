"""One optimisation from its beginning to its end, a step at a time."""

import logging
import math
from collections.abc import Sequence
from typing import Final

import torch

from ai_artist.budget import Budget, Spending
from ai_artist.errors import ArtistError
from ai_artist.perception import Perceptor
from ai_artist.rasterizer import NativeRasterizer, QuickestRasterizer, make_rasterizer, warm_up
from ai_artist.strokes import Stroke
from ai_artist.synthesis.canvas import DivergedError
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.loop import Loop, Standing, Step, annealing, render_size, take_together
from ai_artist.synthesis.method import Materials, Method, StrokeMethod
from ai_artist.synthesis.opinion import Opinion, consensus
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

LARGEST_SEED: Final = 2**63 - 1
_choosing_views: Final = 12
"""From so many sides candidates are looked at before some are given up."""

_log = logging.getLogger(__name__)


class Run:
    """A method at work on one goal. The clock of a budget in seconds starts when it has been made: loading and compiling are not drawing."""

    def __init__(
        self,
        method: Method,
        perceptor: Perceptor,
        goal: Goal,
        budget: Budget,
        seed: int,
        start: Sequence[Stroke] = (),
        backend: str = "auto",
        second: Opinion | None = None,
    ) -> None:
        """`second` is asked too when candidates are chosen between; no gradient comes from it.

        Raises ArtistError for a seed that is not in 0..LARGEST_SEED, and where something that the method needs is missing.
        """
        if not 0 <= seed <= LARGEST_SEED:
            raise ArtistError(f"A seed is a whole number from 0 to {LARGEST_SEED}; got {seed}.")
        random = torch.Generator().manual_seed(seed)
        rasterizer = make_rasterizer(backend, perceptor.device)
        self.method = method
        self.canvas = method.begin(Materials(random, perceptor.device, rasterizer, start))
        self.opinion = Opinion(perceptor, goal)
        self._second = second
        self.loop = Loop(self.canvas, perceptor, goal, random, method.augmented, method.priors if isinstance(method, StrokeMethod) else None)
        if isinstance(self.canvas, StrokeCanvas) and isinstance(rasterizer, NativeRasterizer | QuickestRasterizer):
            warm_up()
        self._recent = Standing(torch.zeros(self.canvas.candidates), torch.zeros(self.canvas.candidates))
        self._size = render_size(perceptor)
        self._spending = Spending(budget)
        self._outcome: Standing | DivergedError | None = None
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
        return float(self._recent.similarity[self.best])

    @property
    def best(self) -> int:
        """Which candidate that is, as far as the steps say."""
        return int(self._recent.gain.argmax())

    def halve(self, part: float) -> None:
        """Go on with half of the candidates, and half of those, so that one is left when `part` of the choosing is behind, 0..1.

        Successive halving (Jamieson and Talwalkar 2016, section 3): most of the steps are for those that may win.
        """
        begun = self.method.candidates
        halvings = max(0, (begun - 1).bit_length())
        left = max(1, math.ceil(begun / 2 ** math.floor(part * halvings + 1e-9)))
        if self.canvas.candidates > left:
            self._keep(left)

    @torch.no_grad()
    def _keep(self, count: int) -> None:
        opinions = [self.opinion, *([self._second] if self._second else [])]
        liked = consensus(opinions, [self.canvas.render(self._size)], _choosing_views)
        best = liked.topk(count).indices
        self.canvas.keep(best)
        chosen = best.cpu()
        self._recent = Standing(*(each[chosen] for each in self._recent))

    def advance(self) -> None:
        """Take one step, unless it has been taken together with others', and note what came of it.

        A loss that is not a number ends the run with the last good picture, and `diverged` says so. Raises ArtistError where not even
        the first picture has a loss: then there is no good one.
        """
        if self._outcome is None:
            step_together([self])
        now, self._outcome = self._outcome, None
        count = self._spending.iterations
        if isinstance(now, DivergedError):
            if count == 0:
                raise ArtistError(f"{self.method.name} cannot begin: {now}.") from now
            self.diverged = f"The optimisation stopped at iteration {count}: {now}. The last good picture was kept; a smaller rate may help."
            _log.warning(self.diverged)
        elif now is not None:
            self._recent = now if count == 0 else Standing(*(0.8 * before + 0.2 * each for before, each in zip(self._recent, now, strict=True)))
            self._spending.iterations += 1

    def _next(self) -> Step:
        return Step(self.loop, max(1, self.method.looks // self.canvas.candidates), self.method.rate, annealing(self.fraction))


def step_together(runs: Sequence[Run]) -> None:
    """Take the next step of several runs of one method with one perceptor at once; each then has to `advance`.

    If this raises, none has taken it, and each may try alone.
    """
    for run, outcome in zip(runs, take_together([run._next() for run in runs]), strict=True):
        run._outcome = outcome
