"""Pixel optimisation (the paper's section 4.1): the picture itself, an array of colours, is what is optimised."""

from dataclasses import dataclass
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

from ai_artist.synthesis.canvas import Canvas
from ai_artist.synthesis.method import Materials, Method, refuse_start

SIDE: Final = 224
COLOR_RATE: Final = 0.01
"""As the paper's strokes have for their colours."""


class PixelCanvas(Canvas):
    """pixels float32 [candidates, 3, 224, 224], RGB in 0..1, at first grey noise."""

    pixels: Tensor

    def __init__(self, candidates: int, random: torch.Generator, device: torch.device | None = None) -> None:
        super().__init__(device or torch.device("cpu"))
        self._optimize("pixels", 0.5 + 0.1 * torch.randn(candidates, 3, SIDE, SIDE, generator=random).clamp(-3, 3), COLOR_RATE)

    def render(self, size: int) -> Tensor:
        """The pixels, resized; see Canvas."""
        if size == SIDE:
            return self.pixels
        return F.interpolate(self.pixels, (size, size), mode="bilinear", antialias=size < SIDE)

    def _limit(self) -> None:
        self.pixels.clamp_(0, 1)


@dataclass(frozen=True, slots=True)
class PixelMethod(Method):
    """See this module."""

    def begin(self, materials: Materials) -> PixelCanvas:
        """See Method."""
        refuse_start(self, materials)
        return PixelCanvas(self.candidates, materials.random, materials.device)


PIXEL: Final = PixelMethod("pixel", "the paper's pixel optimisation: 224 x 224 colours, no strokes")
