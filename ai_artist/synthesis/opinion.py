"""What a network thinks of pictures: the one that leads the drawing, and a second one that only helps to choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from ai_artist.perception import Perceptor
from ai_artist.synthesis.augment import augment, upright
from ai_artist.synthesis.goal import Goal

_views_seed: Final = 7


@dataclass(frozen=True, slots=True)
class Opinion:
    """A network, and the goal in its own vectors."""

    perceptor: Perceptor
    goal: Goal

    @torch.no_grad()
    def of(self, pictures: Iterable[Tensor], views: int = 0) -> Tensor:
        """How well pictures show what is wanted: the goal's gain, float32 [N], over the whole picture and so many views of it.

        pictures  float32 [some, 3, H, W] in 0..1, some at a time

        The views are the same for all pictures, whenever it is asked, so that what it says can be compared.
        """
        return torch.cat([self._look(batch, views) for batch in pictures])

    def _look(self, pictures: Tensor, views: int) -> Tensor:
        size = self.perceptor.size
        seen = upright(pictures, size)[:, None]
        if views:
            random = torch.Generator().manual_seed(_views_seed)
            others = augment(pictures, views, size, random, alike=True)
            seen = torch.cat([seen, others.view(len(pictures), views, *others.shape[1:])], 1)
        return self.goal.gain(self.perceptor.embed_pictures(seen.flatten(0, 1))).view(len(pictures), -1).mean(1)


def consensus(opinions: Sequence[Opinion], pictures: Sequence[Tensor], views: int) -> Tensor:
    """The mean of several opinions, float32 [N], from so many views each."""
    said = torch.stack([opinion.of(pictures, views) for opinion in opinions]).mean(0)
    return said.nan_to_num(-torch.inf)  # a candidate whose loss is no number is no candidate
