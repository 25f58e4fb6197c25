"""Every backend that there is, as parameters of the tests that they share; one that this machine lacks is skipped and says why."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import torch

from ai_artist.rasterizer import DiffvgRasterizer, NativeRasterizer, Rasterizer, TorchRasterizer


@dataclass(frozen=True)
class Backend:
    """How to make one, and where it is tested."""

    make: Callable[[int], Rasterizer]
    device: str = "cpu"
    exact: bool = True
    """Whether it follows the reference's definition to the last digits, and not by sampling."""


needs_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA: torch.cuda.is_available() is False on this machine")
needs_pydiffvg = pytest.mark.skipif(importlib.util.find_spec("pydiffvg") is None, reason="needs pydiffvg, which is not installed")

EXACT = [
    pytest.param(Backend(NativeRasterizer), id="native"),
    pytest.param(Backend(TorchRasterizer), id="torch"),
    pytest.param(Backend(TorchRasterizer, device="cuda"), id="torch-cuda", marks=needs_cuda),
]
EVERY = [*EXACT, pytest.param(Backend(DiffvgRasterizer, exact=False), id="diffvg", marks=needs_pydiffvg)]
