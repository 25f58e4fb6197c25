"""Which device computes: the processor, or an accelerator that torch knows."""

import re
from typing import TYPE_CHECKING

from ai_artist.errors import DeviceError

if TYPE_CHECKING:
    import torch


def choose_device(name: str = "auto") -> "torch.device":
    """Return the device that `name` stands for: `auto`, `cpu`, `cuda`, `cuda:1` (any index) or `mps`.

    `auto` is CUDA where there is one, else the CPU. Apple's mps is taken only by name: there an operator may be
    missing that the artist needs. Raises DeviceError for anything else, and for a device that is not here.
    """
    import torch

    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if not re.fullmatch(r"(cpu|mps)(:0)?|cuda(:\d+)?", name, re.ASCII):
        raise DeviceError(f"Unknown device {name!r}: expected auto, cpu, cuda, cuda:1 or mps. {_what_is_here()}")
    kind, _, index = name.partition(":")
    if kind == "cuda" and int(index or 0) >= _cuda_devices():
        raise DeviceError(f"There is no {name} here. {_what_is_here()}")
    if kind == "mps" and not torch.backends.mps.is_available():
        raise DeviceError(f"There is no mps here. {_what_is_here()}")
    return torch.device(name)


def _cuda_devices() -> int:
    """How many devices CUDA can really use: a driver that does not answer counts as none."""
    import torch

    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def _what_is_here() -> str:
    import torch

    here = ["cpu", *(f"cuda:{index} ({torch.cuda.get_device_name(index)})" for index in range(_cuda_devices()))]
    if torch.backends.mps.is_available():
        here.append("mps")
    hint = "" if torch.version.cuda or torch.version.hip else "; this build of torch has no CUDA"
    return f"This machine has: {', '.join(here)}{hint}."
