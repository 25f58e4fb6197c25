"""The guesser: looks at a drawing and says which of some words it shows. It sees pixels alone, as people do.

guesser = Guesser.load()
guesser.guess(picture, ["house", "umbrella", "whale"])     [Guess("umbrella", 0.93), ...], the surest first
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
import torch
from PIL import Image, ImageChops
from torch import Tensor

from ai_artist.perception.base import Perceptor
from ai_artist.perception.loading import load_perceptor
from ai_artist.perception.validator import load_validator
from ai_artist.perceptor_names import BUNDLED

_margin: Final = 0.05
"""Of the side, left free around the ink."""
_words_remembered: Final = 20_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A word, and how probable it is among those that could be meant, 0 to 1."""

    word: str
    probability: float


class Guesser:
    """Names drawings, by one perceptor or by several that must agree: the one that a drawing was made to please is sure of anything."""

    def __init__(self, perceptors: Sequence[Perceptor]) -> None:
        """Raises ValueError without any."""
        if not perceptors:
            raise ValueError("A guesser needs a perceptor; got none.")
        self._perceptors = tuple(perceptors)
        self._vectors: dict[str, tuple[Tensor, ...]] = {}

    @classmethod
    def load(cls, perceptor: str = BUNDLED, threads: int | None = None, device: str = "auto", precision: str = "auto") -> "Guesser":
        """Load a perceptor by name (see load_perceptor), with the bundled one its validator too, and use so many torch threads."""
        if threads is not None:
            torch.set_num_threads(threads)
        second = [load_validator(device)] if perceptor == BUNDLED else []
        return cls([load_perceptor(perceptor, device, precision), *second])

    @torch.inference_mode()
    def guess(self, picture: Image.Image, words: Sequence[str]) -> list[Guess]:
        """Return the words with their probabilities, the surest first; none for a blank sheet.

        picture  RGB of any size, the sheet white; where the ink lies and how large does not matter
        words    all that could be meant, in a language that the perceptor knows

        The probabilities are those of the perceptors' trained temperatures. For new words see `learn`.
        """
        self.learn(words)
        sheet = framed(picture)
        if sheet is None or not words:
            return []
        logits = torch.zeros(len(words))
        for number, perceptor in enumerate(self._perceptors):
            pixels = torch.from_numpy(np.array(sheet.resize((perceptor.size, perceptor.size), Image.Resampling.BOX))).permute(2, 0, 1) / 255
            # No word has a left and a right: the mirror image is a second look at the same thing.
            seen = perceptor.embed_pictures(torch.stack([pixels, pixels.flip(-1)])).mean(0)
            known = torch.stack([self._vectors[word][number] for word in words])
            logits += perceptor.sharpness * (known @ seen).cpu() / len(self._perceptors)
        probabilities = torch.softmax(logits, 0).tolist()
        guesses = [Guess(word, probability) for word, probability in zip(words, probabilities, strict=True)]
        return sorted(guesses, key=lambda guess: -guess.probability)

    @torch.inference_mode()
    def learn(self, words: Sequence[str]) -> bool:
        """Make words known before they are needed; return whether any was new. It takes a few milliseconds for each."""
        new = [word for word in dict.fromkeys(words) if word not in self._vectors]
        if not new:
            return False
        if len(self._vectors) + len(new) > _words_remembered:
            self._vectors.clear()
            new = list(dict.fromkeys(words))
        vectors = [perceptor.embed_words(new) for perceptor in self._perceptors]
        self._vectors.update((word, tuple(of[number] for of in vectors)) for number, word in enumerate(new))
        return True


def framed(picture: Image.Image) -> Image.Image | None:
    """The part of a picture that has ink, in the middle of a white square; None where all is white."""
    picture = picture.convert("RGB")
    ink = ImageChops.invert(picture).getbbox()
    if ink is None:
        return None
    left, top, right, bottom = ink
    side = ceil(max(right - left, bottom - top) / (1 - 2 * _margin))
    sheet = Image.new("RGB", (side, side), "white")
    sheet.paste(picture.crop(ink), ((side - right + left) // 2, (side - bottom + top) // 2))
    return sheet
