import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from huggingface_hub import constants
from safetensors.torch import save_file

from ai_artist.torchvision_compat import ensure_torchvision_imports

CONFIG: dict[str, Any] = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16, "head_width": 32},
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1},
}
MEAN, STD = (0.1, 0.2, 0.3), (0.4, 0.5, 0.6)


@pytest.fixture(autouse=True)
def empty_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees, or fills, the caches of whoever runs it; returns the hub's."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "hub"


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **keywords: object) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", fail)
    monkeypatch.setattr("urllib.request.getproxies", dict)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Make open_clip list a small architecture, `Tiny`, with pretrained tags; return what makes a model of it, with QuickGELU or not."""
    ensure_torchvision_imports()
    import open_clip
    from open_clip.model import CLIP

    tag = {"url": "https://localhost/clip/tiny.pt", "hf_hub": "somebody/tiny/", "mean": MEAN, "std": STD}
    tags = {"plain": tag, "quick": {**tag, "url": "https://localhost/clip/quick.pt", "hf_hub": "somebody/quick/weights.bin", "quick_gelu": True}}
    monkeypatch.setitem(open_clip.factory._MODEL_CONFIGS, "Tiny", CONFIG)
    monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "Tiny", tags)

    def make(quick_gelu: bool = False) -> Any:
        torch.manual_seed(5)
        model = CLIP(**CONFIG, quick_gelu=quick_gelu).eval()
        with torch.no_grad():
            for parameter in model.visual.parameters():
                parameter.normal_(0, 0.3)  # as it is initialised, a tower this small hardly looks at the picture
            for parameter in model.parameters():
                parameter.copy_(parameter.half())  # so that a file in half precision loses nothing
        return model

    return make


def save_folder(folder: Path, model: Any = None, **text: Any) -> Path:
    """Write a model in open_clip's own folder format; `text` goes into its text_cfg. Without a model it has no weights."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {"model_cfg": {**CONFIG, "text_cfg": {**CONFIG["text_cfg"], **text}}, "preprocess_cfg": {"mean": MEAN, "std": STD}}
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    if model is not None:
        save_file(model.state_dict(), folder / "open_clip_model.safetensors")
    return folder


def cache_on_hub(cache: Path, repository: str, file: str) -> Path:
    """Make the place at which the hub's cache keeps a file of a repository."""
    folder = cache / f"models--{repository.replace('/', '--')}"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("0123abc")
    (folder / "snapshots" / "0123abc").mkdir(parents=True)
    return folder / "snapshots" / "0123abc" / file


def expected_vectors(model: Any, pictures: torch.Tensor, mean: Any = MEAN, std: Any = STD) -> torch.Tensor:
    """What a perceptor of this model must answer, computed with the model itself."""
    normalized = (pictures - torch.tensor(mean).view(3, 1, 1)) / torch.tensor(std).view(3, 1, 1)
    with torch.no_grad():
        return torch.nn.functional.normalize(model.encode_image(normalized), dim=-1)
