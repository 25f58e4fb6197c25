"""Which stroke to show first: the one after which the picture can best be named, or, where guessing shall be hard, worst."""

from collections.abc import Callable
from typing import Final, Literal

import torch
from torch import Tensor

Order = Literal["easy", "hard"]

_sign: Final[dict[Order, int]] = {"easy": 1, "hard": -1}


def next_stroke(shown: Tensor, opinion: Callable[[Tensor], Tensor], order: Order) -> int:
    """Choose greedily among the strokes that are not shown yet.

    shown    bool [strokes]
    opinion  takes bool [N, strokes], which strokes are on each of N pictures, and says how well each can be named, [N]

    Raises ValueError if all are shown.
    """
    hidden = (~shown).nonzero().flatten()
    if not len(hidden):
        raise ValueError("All strokes are shown already.")
    parts = shown.repeat(len(hidden), 1)
    parts[torch.arange(len(hidden)), hidden] = True
    return int(hidden[(_sign[order] * opinion(parts)).argmax()])
