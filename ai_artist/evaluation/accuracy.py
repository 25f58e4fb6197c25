"""How often the right name comes first, or among the first five."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

NEVER: Final = 2**31 - 1
"""The rank where there was nothing to look at: after every class, and after the fifth place though there be fewer classes."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Fractions in 0..1, and of how many they are."""

    top1: float
    top5: float
    n: int


def ranks(scores: Tensor, right: Tensor) -> Tensor:
    """At which place the right class comes, int64 [N] from 0.

    scores  float [N, C], the higher the better
    right   int64 [N], the index of the right class

    What is as high as the right class counts as before it, and so does what is not a number: a model that says the same of
    everything is right about nothing.
    """
    own = scores.gather(1, right[:, None])
    return (~(scores < own)).sum(1) - 1


def plain_accuracy(ranks: Tensor) -> Accuracy:
    """Every rank, int64 [N] from 0, counts the same. Of none the accuracy is 0."""
    if not len(ranks):
        return Accuracy(0.0, 0.0, 0)
    return Accuracy((ranks < 1).double().mean().item(), (ranks < 5).double().mean().item(), len(ranks))


def macro_accuracy(ranks: Tensor, categories: Tensor) -> Accuracy:
    """Every category counts the same, however many of its ranks there are: the mean over categories of the accuracy in each.

    ranks, categories  int64 [N]; `n` of the result is N
    """
    each = [plain_accuracy(ranks[categories == category]) for category in torch.unique(categories)]
    count = max(1, len(each))
    return Accuracy(sum(one.top1 for one in each) / count, sum(one.top5 for one in each) / count, len(ranks))
