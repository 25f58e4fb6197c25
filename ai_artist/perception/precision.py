"""Mixed precision: the image tower computes in half of the bits, its weights stay float32."""

from typing import Final

import torch
from torch import Tensor

from ai_artist.errors import PerceptorError

PRECISIONS: Final = ("auto", "fp32", "bf16", "fp16")
_dtypes: Final = {"fp32": None, "bf16": torch.bfloat16, "fp16": torch.float16}
_largest_gradient: Final = 1 / 16
"""Midway, in powers of ten, between the smallest (6e-8) and the largest (65504) number of float16."""


def autocast_dtype(precision: str, device: torch.device) -> torch.dtype | None:
    """Return what torch.autocast shall compute in, None for float32 throughout.

    `auto` is bf16 on CUDA devices that have it in hardware, fp16 on older ones, and fp32 elsewhere: a CPU is
    rarely faster with less. Raises PerceptorError for anything that is not in PRECISIONS.
    """
    if precision not in PRECISIONS:
        raise PerceptorError(f"Unknown precision {precision!r}: expected one of {', '.join(PRECISIONS)}.")
    if precision != "auto":
        return _dtypes[precision]
    if device.type != "cuda":
        return None
    with torch.cuda.device(device):
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16


def keep_gradients_in_range(inputs: Tensor, outputs: Tensor) -> None:
    """Scale what flows back from `outputs` [N, D] to `inputs` [N, 3, H, W] so that float16 between them does not lose it.

    A picture's gradient is small, and float16 flushes what is below 6e-8 to zero: the usual cure is to scale the loss,
    but the loss is the caller's. So each picture's gradient is brought to the middle of float16's range where it enters
    the network and divided by the same factor where it leaves, which is exact in float32.
    """
    scales = torch.ones(len(outputs), device=outputs.device)

    def enlarge(gradient: Tensor) -> Tensor:
        nonlocal scales
        largest = gradient.abs().amax(1)
        scales = torch.where(largest > 0, _largest_gradient / largest, 1.0)
        return gradient * scales.view(-1, 1)

    outputs.register_hook(enlarge)  # type: ignore[no-untyped-call]
    inputs.register_hook(lambda gradient: gradient / scales.view(-1, 1, 1, 1))  # type: ignore[no-untyped-call]
