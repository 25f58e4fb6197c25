"""Rasterisers by name."""

import torch

from .base import Rasterizer, RasterizerError
from .diffvg import DiffvgRasterizer
from .native import NativeRasterizer
from .quickest import QuickestRasterizer
from .torch_sparse import TorchRasterizer

BACKENDS = ("auto", "native", "torch", "diffvg")
"""What `make_rasterizer` knows."""


def make_rasterizer(name: str = "auto", device: torch.device | str = "cpu", supersampling: int = 1) -> Rasterizer:
    """The rasteriser of this name, one of BACKENDS; "auto" is the fastest one for a perceptor on `device`: native on the
    CPU, else the quicker one of native and torch for each scene.

    Any of them takes scenes from any device (native renders them on the CPU). Raises RasterizerError for a name or a device that
    is not known and for diffvg where pydiffvg is not installed, ValueError for a supersampling out of 1..16.
    """
    if name not in BACKENDS:
        raise RasterizerError(f"There is no rasteriser {name!r}; the known ones are {', '.join(BACKENDS)}.")
    try:
        kind = torch.device(device).type
    except RuntimeError as error:
        raise RasterizerError(f'There is no device {device!r}; expected one of torch\'s, as "cpu" or "cuda:0".') from error
    if name == "auto" and kind != "cpu":
        return QuickestRasterizer(torch.device(device), supersampling)
    if name in ("auto", "native"):
        return NativeRasterizer(supersampling)
    if name == "torch":
        return TorchRasterizer(supersampling)
    return DiffvgRasterizer(supersampling)
