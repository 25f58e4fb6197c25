"""Which perceptors there are: bundled, on this machine, and to be fetched."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from ai_artist.perception.weights import cached_weights
from ai_artist.perceptor_names import BUNDLED, BUNDLED_FOLDER
from ai_artist.torchvision_compat import ensure_torchvision_imports

RECOMMENDED: Final = (
    "ViT-B-32:openai",
    "ViT-B-32:laion2b_s34b_b79k",
    "ViT-B-16:openai",
    "ViT-B-16:datacomp_xl_s13b_b90k",
    "RN50:openai",
    "MobileCLIP2-S0:dfndr2b",
    "MobileCLIP2-S2:dfndr2b",
    "ViT-L-14:datacomp_xl_s13b_b90k",
)
"""Where to begin beyond doodle-clip: CLIPDraw's own model first, then others of its size, small ones, and a large one for a GPU."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A perceptor that load_perceptor takes."""

    name: str
    state: Literal["bundled", "cached", "can be fetched"]
    size: int
    """Side of the pictures it takes, in pixels."""
    megabytes: float | None = None
    """Its weights' file, in millions of bytes; None where it is not on this machine."""
    parameters: float | None = None
    """In millions; None where there is no safetensors file that tells."""


def catalogue() -> list[CatalogueEntry]:
    """Return what load_perceptor can be asked for by name: what is bundled, then what is cached, then what can be fetched.

    Looks at this machine's caches only, never at the network; imports open_clip, which takes seconds.
    """
    ensure_torchvision_imports()
    import open_clip

    config = json.loads((BUNDLED_FOLDER / "open_clip_config.json").read_text(encoding="utf-8"))["model_cfg"]
    weights = BUNDLED_FOLDER / "open_clip_model.safetensors"
    entries = [CatalogueEntry(BUNDLED, "bundled", _picture_size(config), weights.stat().st_size / 1e6, _parameters(weights))]
    for architecture, tag in open_clip.list_pretrained():
        name, size = f"{architecture}:{tag}", _picture_size(open_clip.get_model_config(architecture))
        file = cached_weights(open_clip.get_pretrained_cfg(architecture, tag))
        if file is None:
            entries.append(CatalogueEntry(name, "can be fetched", size))
        else:
            entries.append(CatalogueEntry(name, "cached", size, file.stat().st_size / 1e6, _parameters(file)))
    order = ("bundled", "cached", "can be fetched")
    return sorted(entries, key=lambda entry: order.index(entry.state))


def _picture_size(config: Mapping[str, Any]) -> int:
    size = config["vision_cfg"].get("image_size", 224)
    return int(size if isinstance(size, int) else size[0])


def _parameters(file: Path) -> float | None:
    """Millions of numbers in a safetensors file, from its header alone."""
    if file.suffix != ".safetensors":
        return None
    from safetensors import safe_open

    with safe_open(file, "pt") as weights:
        count: int = sum(math.prod(weights.get_slice(name).get_shape()) for name in weights.keys())  # noqa: SIM118
    return count / 1e6
