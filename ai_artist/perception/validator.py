"""The validator: a second opinion on drawings, from a network that took no part in any gradient.

It has the bundled perceptor's words and an image tower of its own, of another architecture and trained otherwise.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ai_artist.errors import PerceptorError
from ai_artist.perception.base import Perceptor
from ai_artist.perception.loading import load_perceptor
from ai_artist.perceptor_names import BUNDLED_FOLDER
from ai_artist.torchvision_compat import ensure_torchvision_imports

CONFIG_FILE: Final = "validator_config.json"
WEIGHTS_FILE: Final = "validator.safetensors"


class Validator:
    """See the protocol `Perceptor` for what its methods promise; but no gradient passes it."""

    name: Final = "validator"

    def __init__(self, words: Perceptor, tower: nn.Module, size: int) -> None:
        """`tower` takes pictures float32 [N, 3, size, size] in -1..1 to vectors beside those that `words` gives."""
        self._words, self.size, self.device = words, size, words.device
        self.sharpness = words.sharpness
        self._tower = tower.eval().requires_grad_(False).to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]

    def embed_words(self, prompts: Sequence[str]) -> Tensor:
        """Return one unit vector for each prompt, float32 [len(prompts), D]."""
        return self._words.embed_words(prompts)

    @torch.no_grad()
    def embed_pictures(self, pictures: Tensor) -> Tensor:
        """Return unit vectors float32 [N, D] for pictures float [N, 3, size, size], RGB in 0..1."""
        if pictures.shape[1:] != (3, self.size, self.size):
            raise ValueError(f"{self.name} takes pictures [N, 3, {self.size}, {self.size}]; got {list(pictures.shape)}.")
        normalized = (pictures.to(self.device, torch.float32) * 2 - 1).contiguous(memory_format=torch.channels_last)
        return F.normalize(self._tower(normalized), dim=-1)

    def unknown_words(self, prompt: str) -> tuple[str, ...]:
        """Return the prompt's words that were never seen in training."""
        return self._words.unknown_words(prompt)


def load_validator(device: str | torch.device = "auto", folder: Path = BUNDLED_FOLDER) -> Validator:
    """Load the validator that lies in `folder`. Raises PerceptorError if there is none, DeviceError for an unknown device."""
    from safetensors.torch import load_file

    words = load_perceptor(device=device)
    try:
        config = json.loads((folder / CONFIG_FILE).read_text())
        tower = image_tower(config)
        tower.load_state_dict(load_file(folder / WEIGHTS_FILE))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise PerceptorError(
            f"The validator cannot be loaded from {folder}: {error}. Train it: guesstroke artist train --config ai_artist/training/validator.toml."
        ) from error
    return Validator(words, tower, config["vision_cfg"]["image_size"])


def image_tower(config: dict[str, Any]) -> nn.Module:
    """An untrained image tower from open_clip's own kind of configuration: `embed_dim` and `vision_cfg`."""
    ensure_torchvision_imports()
    from open_clip.model import CLIP

    # open_clip makes image towers only together with text towers; the smallest there can be is thrown away.
    smallest = {"context_length": 4, "vocab_size": 8, "width": 8, "heads": 1, "layers": 1}
    tower: nn.Module = CLIP(**config, text_cfg=smallest).visual
    return tower


def write_config(config: dict[str, Any], path: Path) -> None:
    """Write what `image_tower` takes."""
    path.write_text(json.dumps(config, indent=2) + "\n")
