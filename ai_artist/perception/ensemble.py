"""Several perceptors that look at the same picture: what pleases all of them is harder to fake than what pleases one."""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from ai_artist.errors import PerceptorError
from ai_artist.perception.base import Perceptor


class Ensemble:
    """Perceptors as one: the cosine of a picture and a prompt is the weighted mean of the members' cosines.

    Its vectors are the members' one after another, each times the root of its share of the weights.
    """

    def __init__(self, name: str, members: Sequence[tuple[Perceptor, float]]) -> None:
        """Join members, each with its weight. Raises PerceptorError without members, for a weight <= 0, and for two devices."""
        if not members:
            raise PerceptorError("An ensemble has at least one perceptor.")
        for member, weight in members:
            if not (math.isfinite(weight) and weight > 0):
                raise PerceptorError(f"The weight of {member.name} must be a number above 0; got {weight:g}.")
        devices = {str(member.device) for member, _ in members}
        if len(devices) > 1:
            raise PerceptorError(f"The perceptors of an ensemble must be on one device; these are on {' and '.join(sorted(devices))}.")
        total = sum(weight for _, weight in members)
        self.name = name
        self.size = max(member.size for member, _ in members)
        """The largest member's; the others see the picture smaller."""
        self.device = members[0][0].device
        self.sharpness = sum(weight / total * member.sharpness for member, weight in members)
        self._members = tuple((member, math.sqrt(weight / total)) for member, weight in members)

    def embed_words(self, prompts: Sequence[str]) -> Tensor:
        """Return one unit vector for each prompt, float32 [len(prompts), D], D the sum of the members'."""
        return torch.cat([part * member.embed_words(prompts) for member, part in self._members], 1)

    def embed_pictures(self, pictures: Tensor) -> Tensor:
        """Return unit vectors float32 [N, D] for pictures float [N, 3, size, size], RGB in 0..1."""
        if pictures.shape[1:] != (3, self.size, self.size):
            raise ValueError(f"{self.name} takes pictures [N, 3, {self.size}, {self.size}]; got {list(pictures.shape)}.")
        pictures = pictures.to(self.device, torch.float32)
        seen = {size: _downsized(pictures, size) for size in {member.size for member, _ in self._members}}
        return torch.cat([part * member.embed_pictures(seen[member.size]) for member, part in self._members], 1)

    def unknown_words(self, prompt: str) -> tuple[str, ...]:
        """Return the words that no member knows: one that knows a word can lead the drawing."""
        first, *others = (member.unknown_words(prompt) for member, _ in self._members)
        return tuple(word for word in first if all(word in unknown for unknown in others))


def _downsized(pictures: Tensor, size: int) -> Tensor:
    if pictures.shape[-1] == size:
        return pictures
    return F.interpolate(pictures, (size, size), mode="bilinear", antialias=True)
