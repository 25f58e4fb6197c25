"""Perceptors: image-and-text models that say how close a picture is to words. Any model that open_clip loads will do."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor

from ai_artist.errors import PerceptorError
from ai_artist.torchvision_compat import ensure_torchvision_imports

BUNDLED: Final = "doodle-clip"
_bundled_folder: Final = Path(__file__).parent / "doodle_clip"
_templates: Final = ("{}", "a drawing of a {}", "a sketch of a {}")


class Perceptor:
    """A frozen image-and-text model. Gradients flow to pictures only."""

    def __init__(self, name: str, model: Any, tokenizer: Any, mean: Sequence[float], std: Sequence[float], size: int) -> None:
        self.name = name
        self.size = size
        """Side of the pictures it takes, in pixels."""
        self._model = model.eval().requires_grad_(False)
        self._tokenizer = tokenizer
        self._mean = torch.tensor(mean).view(1, 3, 1, 1)
        self._std = torch.tensor(std).view(1, 3, 1, 1)

    @torch.no_grad()
    def embed_words(self, prompts: Sequence[str]) -> Tensor:
        """Return one unit vector for each prompt, float32 [len(prompts), D]: the mean over a few sentences about it."""
        total = torch.stack(
            [F.normalize(self._model.encode_text(self._tokenizer([t.format(p) for p in prompts])).float(), dim=-1) for t in _templates]
        ).mean(0)
        return F.normalize(total, dim=-1)

    def embed_pictures(self, pictures: Tensor) -> Tensor:
        """Return unit vectors float32 [N, D] for pictures float32 [N, 3, size, size], RGB in 0..1."""
        if pictures.shape[1:] != (3, self.size, self.size):
            raise ValueError(f"{self.name} takes pictures [N, 3, {self.size}, {self.size}]; got {list(pictures.shape)}.")
        normalized = ((pictures - self._mean) / self._std).contiguous(memory_format=torch.channels_last)
        return F.normalize(self._model.encode_image(normalized).float(), dim=-1)


def load_perceptor(name: str = BUNDLED) -> Perceptor:
    """Load `doodle-clip`, an open_clip model by `name`, `name:tag` or `name:path of a checkpoint`, or `local-dir:folder`.

    The folder is in open_clip's own format: `open_clip_config.json` beside the weights. A name without a tag takes
    the first pretrained tag that open_clip lists. Raises PerceptorError.
    """
    ensure_torchvision_imports()
    import open_clip

    if name == BUNDLED:
        return _load(name, f"local-dir:{_bundled_folder}", None)
    if name.startswith("local-dir:"):
        return _load(name, name, None)
    architecture, _, source = name.partition(":")
    if not architecture or architecture not in open_clip.list_models():
        near = difflib.get_close_matches(architecture, [BUNDLED, *open_clip.list_models()], 3, 0.4)
        raise PerceptorError(f"Unknown perceptor {architecture!r}. Take doodle-clip or an open_clip model, such as {', '.join(near) or 'ViT-B-32'}.")
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    if not source:
        if not tags:
            raise PerceptorError(f"open_clip has no pretrained weights for {architecture}. Give a checkpoint: {architecture}:/path/to/file.")
        source = tags[0]
    if source not in tags and not Path(source).is_file():
        raise PerceptorError(f"{source!r} is neither a checkpoint file nor pretrained weights of {architecture}: {', '.join(tags) or 'it has none'}.")
    return _load(name, architecture, source)


def _load(name: str, architecture: str, source: str | None) -> Perceptor:
    import open_clip

    try:
        model = open_clip.create_model(architecture, pretrained=source, device="cpu", precision="fp32")
        tokenizer = open_clip.get_tokenizer(architecture)
    except Exception as error:  # whatever a loader of five formats raises for a broken file
        raise PerceptorError(f"{name} cannot be loaded; is it an open_clip checkpoint of this model? ({error})") from error
    settings = open_clip.get_model_preprocess_cfg(model)
    size = settings["size"] if isinstance(settings["size"], int) else settings["size"][0]
    model = model.to(memory_format=torch.channels_last)
    return Perceptor(name, model, tokenizer, settings["mean"], settings["std"], size)
