"""The optimisation loop of CLIPDraw (algorithm 1): render, look from several sides, compare with the words, step."""

from typing import Final, NamedTuple

import torch
from torch import Tensor

from ai_artist.perception import Perceptor
from ai_artist.synthesis.augment import augment, upright
from ai_artist.synthesis.canvas import Canvas, DivergedError
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.priors import Priors
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

_smallest_render: Final = 96


def annealing(fraction: float) -> float:
    """The paper's schedule for points: its whole rate to half of the way, then 0.4, then 0.1 for the last quarter."""
    if fraction < 0.5:
        return 1.0
    return 0.4 if fraction < 0.75 else 0.1


def render_size(perceptor: Perceptor) -> int:
    """The side at which pictures are painted: the perceptor's, as in the paper (224), but at least 96.

    A crop of a picture of 64 pixels would show coarser strokes than the whole.
    """
    return max(perceptor.size, _smallest_render)


class Standing(NamedTuple):
    """How candidates stand, each float32 [candidates]: their cosine to the prompt, and what the optimiser raises."""

    similarity: Tensor
    gain: Tensor


class Loop:
    """Brings a canvas of candidates towards one goal."""

    def __init__(
        self, canvas: Canvas, perceptor: Perceptor, goal: Goal, random: torch.Generator, augmented: bool = True, priors: Priors | None = None
    ) -> None:
        """Without augmentation each picture is seen once, as it is, whatever number of views is asked for."""
        self.canvas, self.augmented = canvas, augmented
        self._perceptor, self._goal, self._random, self._priors = perceptor, goal, random, priors

    def step(self, views: int, rate: float, anneal: float) -> Standing:
        """Take one step; return how the candidates stood before it, over all their views.

        Raises DivergedError if the loss or a gradient is not a number; the canvas then holds the last good picture.
        """
        size = self._perceptor.size
        try:
            pictures = self.canvas.render(render_size(self._perceptor))
        except ValueError as error:  # the rasteriser refuses what is not a number
            self.canvas.restore()
            raise DivergedError(str(error)) from error
        seen = augment(pictures, views, size, self._random) if self.augmented else upright(pictures, size)
        embedded = self._perceptor.embed_pictures(seen)
        similarity = self._goal.similarity(embedded.detach()).view(len(pictures), -1).mean(1)
        if not bool(torch.isfinite(similarity).all()):
            self.canvas.restore()
            raise DivergedError("the similarity was not a number")
        gain = self._goal.gain(embedded).view(len(pictures), -1).mean(1)
        cost = self._priors.cost(self.canvas) if self._priors is not None and isinstance(self.canvas, StrokeCanvas) else 0.0
        self.canvas.step((cost - gain).sum(), rate, anneal)
        return Standing(similarity, gain.detach())

    @torch.no_grad()
    def similarity(self) -> float:
        """The first candidate's similarity seen upright."""
        return self.similarity_of(self.canvas.render(render_size(self._perceptor))[:1])

    @torch.no_grad()
    def similarity_of(self, picture: Tensor) -> float:
        """The same of another picture, float32 [1, 3, H, W]: of some of the strokes, say."""
        return float(self._goal.similarity(self._perceptor.embed_pictures(upright(picture, self._perceptor.size)))[0])
