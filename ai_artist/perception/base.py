"""What every perceptor promises, be it one model or several."""

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor


class Perceptor(Protocol):
    """A frozen image-and-text model. Gradients flow to pictures only."""

    @property
    def name(self) -> str:
        """What it was asked for by; see load_perceptor."""

    @property
    def size(self) -> int:
        """Side of the pictures it takes, in pixels."""

    @property
    def sharpness(self) -> float:
        """By which its cosines become the logits of probabilities, as it was trained with."""

    @property
    def device(self) -> torch.device:
        """Where it computes and where its vectors are."""

    def embed_words(self, prompts: Sequence[str]) -> Tensor:
        """Return one unit vector for each prompt, float32 [len(prompts), D] on `device`, without gradients."""

    def embed_pictures(self, pictures: Tensor) -> Tensor:
        """Return unit vectors float32 [N, D] on `device` for pictures float [N, 3, size, size], RGB in 0..1.

        Pictures on another device are copied, and their gradients come back there. Raises ValueError for another shape.
        """

    def unknown_words(self, prompt: str) -> tuple[str, ...]:
        """Return the prompt's words that it never saw in training, in lower case; () where that is not known of it."""
