"""What a picture is brought towards: a prompt, perhaps in a style, away from other prompts, told apart from other things."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from ai_artist.perception import Perceptor

NEGATIVE_WEIGHT: Final = 0.3
"""Of each negative prompt, as in the paper's code."""
_doubt: Final = 0.75
"""Of a drawing that was made for it a perceptor is surer than it should be: its cosines are taken for so much less."""
_same: Final = 0.9
"""The cosine from which two words mean one thing: between any two of the categories it is 0.87 at most."""


@dataclass(frozen=True, slots=True)
class Goal:
    """`vectors` float32 [G, D], unit, the first the prompt's own; `weights` float32 [G], below zero for what shall not be seen."""

    vectors: Tensor
    weights: Tensor
    rivals: Tensor | None = None
    """float32 [R, D]: what the picture could be taken for instead. With them the optimiser raises not the cosine but the
    probability, so a laptop is drawn as what no computer is, and what is recognised from all sides is not pressed further."""
    sharpness: float = 1.0
    """By which cosines become logits."""

    def similarity(self, embedded: Tensor) -> Tensor:
        """Cosine to the prompt alone, float32 [N], of pictures' unit vectors [N, D]."""
        return embedded @ self.vectors[0]

    def gain(self, embedded: Tensor) -> Tensor:
        """What the optimiser raises, float32 [N]: the weighted cosines to prompt and style, less those to the negative prompts.

        With rivals it is the logarithm of the probability, in nats, that the picture shows this and none of them.
        """
        wanted = embedded @ self.vectors.T @ self.weights
        if self.rivals is None:
            return wanted
        logits = self.sharpness * torch.cat([wanted[:, None], embedded @ self.rivals.T], 1)
        return logits.log_softmax(1)[:, 0]


def goal_of(perceptor: Perceptor, prompt: str, style: str = "", negative: Sequence[str] = (), rivals: Tensor | None = None) -> Goal:
    """The goal of drawing `prompt`; with a style half of the weight goes to "prompt in the style of ...".

    rivals  float32 [R, D]: vectors of other things; those that mean the same as the prompt are left out
    """
    styled = [f"{prompt} in the style of {style}"] if style else []
    wanted = 1 / (1 + len(styled))
    weights = [wanted] * (1 + len(styled)) + [-NEGATIVE_WEIGHT] * len(negative)
    vectors = perceptor.embed_words([prompt, *styled, *negative])
    if rivals is not None:
        rivals = rivals[rivals @ vectors[0] < _same]
    return Goal(vectors, torch.tensor(weights, device=vectors.device), rivals, _doubt * perceptor.sharpness)
