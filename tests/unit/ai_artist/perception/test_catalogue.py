import math

import pytest
import torch
from safetensors.torch import save_file

from ai_artist.perception import BUNDLED, load_perceptor
from ai_artist.perception.catalogue import RECOMMENDED, CatalogueEntry, catalogue

from .conftest import cache_on_hub


def test_the_bundled_perceptor_comes_first():
    first, *others = catalogue()
    assert (first.name, first.state, first.size) == (BUNDLED, "bundled", 64)
    assert 1 < first.megabytes < 25
    parameters = sum(each.numel() for each in load_perceptor(device="cpu")._model.state_dict().values()) / 1e6
    assert math.isclose(first.parameters, parameters, rel_tol=0.01)
    assert all(entry.state == "can be fetched" for entry in others)


def test_everything_that_open_clip_lists_can_be_asked_for():
    import open_clip

    assert [entry.name for entry in catalogue()[1:]] == open_clip.list_pretrained(as_str=True)
    assert CatalogueEntry("ViT-L-14-336:openai", "can be fetched", 336) in catalogue()


@pytest.mark.parametrize("file", ["open_clip_model.safetensors", "open_clip_pytorch_model.bin"])
def test_what_the_hubs_cache_has_is_cached(tiny, offline, empty_caches, file):
    path = cache_on_hub(empty_caches, "somebody/tiny", file)
    weights = {"weight": torch.zeros(250, 1000)}
    (save_file if path.suffix == ".safetensors" else torch.save)(weights, path)
    assert catalogue()[1] == CatalogueEntry("Tiny:plain", "cached", 32, path.stat().st_size / 1e6, 0.25 if path.suffix == ".safetensors" else None)


def test_what_was_downloaded_by_url_is_cached(tiny, tmp_path):
    (tmp_path / "home" / ".cache" / "clip").mkdir(parents=True)
    (tmp_path / "home" / ".cache" / "clip" / "quick.pt").write_bytes(bytes(2000))
    assert [entry for entry in catalogue() if entry.state == "cached"] == [CatalogueEntry("Tiny:quick", "cached", 32, 0.002, None)]


def test_what_is_recommended_can_be_asked_for():
    assert set(RECOMMENDED) <= {entry.name for entry in catalogue()}
    assert RECOMMENDED[0].startswith("ViT-B-32")
