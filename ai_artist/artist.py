"""The façade: an Artist draws a prompt, stroke by stroke."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import torch

from ai_artist.budget import Budget, Iterations, Spending
from ai_artist.errors import PromptError
from ai_artist.perception import BUNDLED, Perceptor, load_perceptor
from ai_artist.rasterizer import warm_up as warm_up_rasterizer
from ai_artist.strokes import Stroke
from ai_artist.synthesis.clipdraw import Brush, StrokeCanvas
from ai_artist.synthesis.loop import Loop, learning_rate

PROMPT_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Pace:
    """When the strokes are settled, as parts of the budget.

    Live, the audience wants the first stroke soon and the rest one after another; by itself a drawing gets better
    the longer its strokes stay movable.
    """

    first: float
    """When the first stroke is settled; `first_seconds` after the start at the latest where the budget is in seconds."""
    first_seconds: float
    second: float
    """When the second is; the others follow evenly up to the end."""

    def due(self, index: int, strokes: int, spending: Spending) -> float:
        """The part of the budget at which stroke `index` (from 0) is settled."""
        if index == 0:
            return min(self.first, spending.part(self.first_seconds, self.first))
        return self.second + (0.97 - self.second) * (index - 1) / max(1, strokes - 1)


LIVE: Final = Pace(first=0.1, first_seconds=1.5, second=0.15)
PATIENT: Final = Pace(first=0.8, first_seconds=3600.0, second=0.8)


@dataclass(frozen=True, slots=True)
class Settled:
    """A stroke that is final, and how close the whole picture then was to the prompt (cosine, -1..1)."""

    stroke: Stroke
    similarity: float


def check_prompt(prompt: str) -> str:
    """Return the prompt with its spaces tidied. Raises PromptError if it is empty, too long or has control characters."""
    if any(unicodedata.category(character) == "Cc" for character in prompt.strip()):
        raise PromptError("A prompt has no control characters.")
    tidy = " ".join(prompt.split())
    if not tidy:
        raise PromptError("There is nothing to draw: the prompt is empty.")
    if len(tidy) > PROMPT_LENGTH:
        raise PromptError(f"A prompt has at most {PROMPT_LENGTH} characters; this one has {len(tidy)}.")
    return tidy


class Artist:
    """Draws with one perceptor. Not thread-safe: torch's thread count and the random state are its process's."""

    def __init__(self, perceptor: Perceptor, brush: Brush | None = None, candidates: int = 4, views: int = 4) -> None:
        """`candidates` drawings start side by side and the best goes on; each is looked at from `views` sides a step."""
        self.perceptor = perceptor
        self._brush, self._candidates, self._views = brush or Brush(), candidates, views

    @classmethod
    def load(cls, perceptor: str = BUNDLED, threads: int | None = None, brush: Brush | None = None) -> "Artist":
        """Load a perceptor by name (see load_perceptor) and use so many torch threads."""
        if threads is not None:
            torch.set_num_threads(threads)
        return cls(load_perceptor(perceptor), brush)

    def warm_up(self) -> None:
        """Compile and load everything, so that the first drawing starts at once."""
        warm_up_rasterizer()
        for _ in self.draw("warm up", Iterations(3), 0):
            pass

    def draw(
        self,
        prompt: str,
        budget: Budget,
        seed: int,
        pace: Pace = LIVE,
        wanted: Callable[[], bool] = lambda: True,
        on_progress: Callable[[float, float], None] = lambda fraction, similarity: None,
    ) -> Iterator[Settled]:
        """Yield strokes as they are settled, while the optimisation of the rest goes on.

        wanted       asked before each iteration; the drawing ends when it says no
        on_progress  told the part of the budget that is gone and the similarity now, after each iteration

        Raises PromptError before anything is drawn.
        """
        target = self.perceptor.embed_words([check_prompt(prompt)])[0]
        return self._draw(target, Spending(budget), seed, pace, wanted, on_progress)

    def _draw(
        self,
        target: torch.Tensor,
        spending: Spending,
        seed: int,
        pace: Pace,
        wanted: Callable[[], bool],
        on_progress: Callable[[float, float], None],
    ) -> Iterator[Settled]:
        random = torch.Generator().manual_seed(seed)
        canvas = StrokeCanvas(self._brush, self._candidates, random)
        loop = Loop(canvas, self.perceptor, target, random)
        strokes, candidates = self._brush.strokes, self._candidates
        recent = torch.zeros(candidates)
        selection = min(0.4, pace.due(0, strokes, spending))
        while canvas.settled < strokes and wanted():
            fraction = spending.fraction
            if candidates > 1 and fraction >= selection:
                canvas.keep(int(recent.argmax()))
                candidates, recent = 1, recent.max().view(1)
            while canvas.settled < strokes and fraction >= pace.due(canvas.settled, strokes, spending):
                yield self._settle(canvas, loop)
            if canvas.settled < strokes:
                views = self._views * self._candidates // candidates // 2 if candidates == 1 else self._views // 2
                similarity = loop.step(views, 3 * learning_rate(fraction))
                recent = 0.8 * recent + 0.2 * similarity
                spending.iterations += 1
                on_progress(min(1.0, spending.fraction), float(recent.max()))

    def _settle(self, canvas: StrokeCanvas, loop: Loop) -> Settled:
        """Settle the stroke that the picture would miss most."""
        similarity, worth = loop.importance()
        return Settled(canvas.settle(canvas.settled + int(worth[canvas.settled :].argmax())), similarity)
