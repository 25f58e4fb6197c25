"""BigGAN optimisation (the paper's section 4.1): the latent vector of a pretrained picture generator is what is optimised.

The generator is BigGAN-deep (Brock, Donahue and Simonyan 2019, arXiv:1809.11096) as the package `pytorch-pretrained-biggan` has it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor

from ai_artist.errors import ArtistError
from ai_artist.synthesis.canvas import Canvas
from ai_artist.synthesis.method import Materials, Method, refuse_start

HUB_NAMES: Final = ("biggan-deep-128", "biggan-deep-256", "biggan-deep-512")
LATENT_RATE: Final = 0.05
CLASS_RATE: Final = 0.05
TRUNCATION: Final = 1.0
"""How far from the middle latents are drawn; at 1 the generator is at its most varied."""


class GeneratorError(ArtistError):
    """A BigGAN that cannot be had: its package or its weights are missing, or the weights are of something else."""


def load_generator(weights: str, device: torch.device | None = None) -> Any:
    """Load BigGAN by the name of its hub or from a folder, frozen. Raises GeneratorError."""
    try:
        from pytorch_pretrained_biggan import BigGAN, BigGANConfig
        from pytorch_pretrained_biggan.file_utils import cached_path
        from pytorch_pretrained_biggan.model import PRETRAINED_CONFIG_ARCHIVE_MAP, PRETRAINED_MODEL_ARCHIVE_MAP
    except ImportError as error:
        # The package itself may be there without what it imports.
        package = (error.name or "pytorch_pretrained_biggan").partition(".")[0]
        raise GeneratorError(f"BigGAN needs the package {package.replace('_', '-')}: pip install 'guesstroke[biggan]'.") from error
    if weights in PRETRAINED_MODEL_ARCHIVE_MAP:
        sources = [PRETRAINED_CONFIG_ARCHIVE_MAP[weights], PRETRAINED_MODEL_ARCHIVE_MAP[weights]]
    else:
        sources = [str(Path(weights) / "config.json"), str(Path(weights) / "pytorch_model.bin")]
        if not all(Path(source).is_file() for source in sources):
            raise GeneratorError(
                f"{weights!r} is neither a BigGAN of the hub ({', '.join(HUB_NAMES)}) nor a folder with config.json and pytorch_model.bin."
            )
    try:
        config_path, weights_path = (cached_path(source) for source in sources)
        model = BigGAN(BigGANConfig.from_json_file(config_path))
        state = torch.load(weights_path, map_location="cpu", weights_only=True)
        missing = model.load_state_dict(state, strict=False).missing_keys
    except Exception as error:  # a download, a JSON file, a pickle and a network can fail in more ways than can be listed
        raise GeneratorError(
            f"BigGAN's weights {weights!r} are not here and could not be had ({type(error).__name__}). They are fetched from their hub once, by name "
            f"({', '.join(HUB_NAMES)}); without a network give a folder with config.json and pytorch_model.bin."
        ) from error
    if any(name.endswith(("weight_orig", "embeddings.weight")) for name in missing):
        raise GeneratorError(f"The weights in {weights!r} do not fit its config.json: {missing[0]} and {len(missing) - 1} more are missing.")
    return model.eval().requires_grad_(False).to(device or torch.device("cpu"))


class BigGanCanvas(Canvas):
    """latent float32 [candidates, 128] and classes float32 [candidates, 1000], the logarithms of a mixture of ImageNet's classes."""

    latent: Tensor
    classes: Tensor

    def __init__(self, generator: Any, optimize_class: bool, candidates: int, random: torch.Generator, device: torch.device | None = None) -> None:
        """`generator` is what load_generator gives."""
        super().__init__(device or torch.device("cpu"))
        self._generator = generator
        config = generator.config
        latent = torch.empty(candidates, config.z_dim)
        torch.nn.init.trunc_normal_(latent, std=1.0, a=-2 * TRUNCATION, b=2 * TRUNCATION, generator=random)
        self._optimize("latent", latent, LATENT_RATE)
        # A few classes rather than all: an even mixture of a thousand is grey.
        classes = 3 * torch.randn(candidates, config.num_classes, generator=random)
        if optimize_class:
            self._optimize("classes", classes, CLASS_RATE)
        else:
            self._hold("classes", classes)

    def render(self, size: int) -> Tensor:
        """What the generator makes of the latents; see Canvas."""
        pictures: Tensor = self._generator(self.latent, self.classes.softmax(-1), TRUNCATION)
        return F.interpolate((pictures + 1) / 2, (size, size), mode="bilinear", antialias=True).clamp(0, 1)

    def _limit(self) -> None:
        self.latent.clamp_(-2 * TRUNCATION, 2 * TRUNCATION)


@dataclass(frozen=True, slots=True)
class BigGanMethod(Method):
    """See this module."""

    weights: str = HUB_NAMES[0]
    """A name of the hub, or a folder with config.json and pytorch_model.bin."""
    optimize_class: bool = False
    """Optimise the class vector beside the latent; otherwise it stays the random mixture that it begins as."""

    def begin(self, materials: Materials) -> BigGanCanvas:
        """See Method. Raises GeneratorError."""
        refuse_start(self, materials)
        generator = load_generator(self.weights, materials.device)
        return BigGanCanvas(generator, self.optimize_class, self.candidates, materials.random, materials.device)


BIGGAN: Final = BigGanMethod("biggan", "the paper's BigGAN optimisation: the latent of a pretrained generator, no strokes")
