"""One model of open_clip as a perceptor."""

import contextlib
from collections.abc import Callable, Sequence
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor

from ai_artist.perception.precision import autocast_dtype, keep_gradients_in_range
from ai_artist.perception.vocabulary import unknown_words

_templates: Final = ("{}", "a drawing of a {}", "a sketch of a {}")
_articles: Final = ("a ", "an ", "the ")


class ClipPerceptor:
    """An image-and-text model of open_clip. See the protocol `Perceptor` for what its methods promise."""

    def __init__(
        self,
        name: str,
        model: Any,
        tokenizer: Callable[[list[str]], Tensor],
        mean: Sequence[float],
        std: Sequence[float],
        size: int,
        device: torch.device | None = None,
        precision: str = "fp32",
        known_words: frozenset[str] | None = None,
    ) -> None:
        """Freeze the model and move it to the device.

        tokenizer    takes texts, gives token ids int64 [len(texts), context length]
        mean, std    of red, green and blue in 0..1 in the model's training: pictures are normalised by them
        size         side in pixels of the square pictures that it takes
        precision    see PRECISIONS; for the image tower only, as words are embedded once and pictures at every step
        known_words  see vocabulary.py; None where they are not known

        Raises PerceptorError for an unknown precision.
        """
        self.name = name
        self.size = size
        self._dtype = autocast_dtype(precision, device or torch.device("cpu"))
        self._model = model.eval().requires_grad_(False).to(device or "cpu", memory_format=torch.channels_last)
        self._tokenizer = tokenizer
        self._mean = torch.tensor(mean, device=device).view(1, 3, 1, 1)
        self._std = torch.tensor(std, device=device).view(1, 3, 1, 1)
        self._known_words = known_words
        self.device = self._mean.device
        """Where it computes; with its index, unlike what it may have been asked for."""

    @property
    def sharpness(self) -> float:
        """By which cosines become logits: CLIP's learned temperature, inverted."""
        return float(self._model.logit_scale.exp())

    @property
    def parameters(self) -> float:
        """How many numbers it was trained for, in millions."""
        count: int = sum(parameter.numel() for parameter in self._model.parameters())
        return count / 1e6

    @torch.no_grad()
    def embed_words(self, prompts: Sequence[str]) -> Tensor:
        """Return one unit vector for each prompt, float32 [len(prompts), D]: the mean over a few sentences about it.

        A prompt with an article of its own ("a painting of a starry night sky") is taken as it is.
        """
        tokens = (self._tokenizer([_sentence(template, prompt) for prompt in prompts]).to(self.device) for template in _templates)
        return F.normalize(torch.stack([F.normalize(self._model.encode_text(each).float(), dim=-1) for each in tokens]).mean(0), dim=-1)

    def embed_pictures(self, pictures: Tensor) -> Tensor:
        """Return unit vectors float32 [N, D] for pictures float [N, 3, size, size], RGB in 0..1."""
        if pictures.shape[1:] != (3, self.size, self.size):
            raise ValueError(f"{self.name} takes pictures [N, 3, {self.size}, {self.size}]; got {list(pictures.shape)}.")
        pictures = pictures.to(self.device, torch.float32)
        normalized = ((pictures - self._mean) / self._std).contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device.type, self._dtype) if self._dtype else contextlib.nullcontext():
            vectors = self._model.encode_image(normalized)
        vectors = vectors.float()
        if self._dtype is torch.float16 and vectors.requires_grad:
            keep_gradients_in_range(normalized, vectors)
        return F.normalize(vectors, dim=-1)

    def unknown_words(self, prompt: str) -> tuple[str, ...]:
        """Return the prompt's words that are not among its known words; () where it has no list of them."""
        return () if self._known_words is None else unknown_words(prompt, self._known_words)


def _sentence(template: str, prompt: str) -> str:
    return prompt if prompt.lower().startswith(_articles) else template.format(prompt)
