"""The rasteriser for a perceptor on a GPU: on the CPU or there, wherever a scene is painted sooner."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from .base import Scene, check_supersampling
from .native import NativeRasterizer
from .torch_sparse import TorchRasterizer

_many_pixels: Final = 500_000
"""From here on the GPU is quicker (tests/bench/batching.py): ten pictures of 224 pixels.

Telling a GPU what to do takes its time for one picture as for many, so that a few are painted and carried there before.
"""


@dataclass(frozen=True)
class QuickestRasterizer:
    """See `Rasterizer` for what it does; gradients can be taken once, not twice. The picture is on `device`, wherever the scene is."""

    device: torch.device
    supersampling: int = 1

    def __post_init__(self) -> None:
        check_supersampling(self.supersampling)

    def render(self, scene: Scene, height: int, width: int) -> Tensor:
        """Paint `scene` over its background: float32 [B, 3, height, width], RGB in 0..1."""
        if scene.canvases * height * width * self.supersampling**2 < _many_pixels:
            return NativeRasterizer(self.supersampling).render(scene, height, width).to(self.device)
        return TorchRasterizer(self.supersampling).render(scene.to(self.device), height, width)
