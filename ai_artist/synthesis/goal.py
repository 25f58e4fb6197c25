"""What a picture is brought towards: a prompt, perhaps in a style, away from other prompts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from ai_artist.perception import Perceptor

NEGATIVE_WEIGHT: Final = 0.3
"""Of each negative prompt, as in the paper's code."""


@dataclass(frozen=True, slots=True)
class Goal:
    """`vectors` float32 [G, D], unit, the first the prompt's own; `weights` float32 [G], below zero for what shall not be seen."""

    vectors: Tensor
    weights: Tensor

    def similarity(self, embedded: Tensor) -> Tensor:
        """Cosine to the prompt alone, float32 [N], of pictures' unit vectors [N, D]."""
        return embedded @ self.vectors[0]

    def gain(self, embedded: Tensor) -> Tensor:
        """What the optimiser raises, float32 [N]: the weighted cosines to prompt and style, less those to the negative prompts."""
        return embedded @ self.vectors.T @ self.weights


def goal_of(perceptor: Perceptor, prompt: str, style: str = "", negative: Sequence[str] = ()) -> Goal:
    """The goal of drawing `prompt`; with a style half of the weight goes to "prompt in the style of ..."."""
    styled = [f"{prompt} in the style of {style}"] if style else []
    wanted = 1 / (1 + len(styled))
    weights = [wanted] * (1 + len(styled)) + [-NEGATIVE_WEIGHT] * len(negative)
    vectors = perceptor.embed_words([prompt, *styled, *negative])
    return Goal(vectors, torch.tensor(weights, device=vectors.device))
