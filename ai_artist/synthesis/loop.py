"""The optimisation loop of CLIPDraw (algorithm 1): render, look from several sides, compare with the words, step."""

import torch
from torch import Tensor

from ai_artist.perception import Perceptor
from ai_artist.synthesis.augment import augment, upright
from ai_artist.synthesis.clipdraw import StrokeCanvas


def learning_rate(fraction: float) -> float:
    """The paper's schedule as a multiple of its rates: whole to half of the way, then 0.4, then 0.1 for the last quarter."""
    if fraction < 0.5:
        return 1.0
    return 0.4 if fraction < 0.75 else 0.1


class Loop:
    """Brings a canvas of candidates towards one prompt."""

    def __init__(self, canvas: StrokeCanvas, perceptor: Perceptor, target: Tensor, random: torch.Generator) -> None:
        """`target` is the prompt's unit vector, float32 [D]."""
        self._canvas, self._perceptor, self._target, self._random = canvas, perceptor, target, random
        self._render_size = perceptor.size * 3 // 2
        """Larger than what the perceptor sees, so that a crop shows no coarser strokes than the whole."""

    def step(self, views: int, rate: float) -> Tensor:
        """Take one step; return each candidate's mean similarity over its views before it, float32 [candidates]."""
        pictures = self._canvas.render(self._render_size)
        seen = augment(pictures, views, self._perceptor.size, self._random)
        similarity = (self._perceptor.embed_pictures(seen) @ self._target).view(len(pictures), views)
        self._canvas.step(-similarity.sum(), rate)
        return similarity.detach().mean(1)

    @torch.no_grad()
    def importance(self) -> tuple[float, Tensor]:
        """The first candidate's similarity seen upright, and how much of it each stroke is worth, float32 [strokes]."""
        pictures = upright(self._canvas.render_without_each(self._render_size), self._perceptor.size)
        similarity = self._perceptor.embed_pictures(pictures) @ self._target
        return float(similarity[0]), similarity[0] - similarity[1:]
