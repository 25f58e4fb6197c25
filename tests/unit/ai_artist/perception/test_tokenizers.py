import sys
import types

import pytest
import torch
from huggingface_hub import constants

from ai_artist.errors import PerceptorError
from ai_artist.perception import load_perceptor
from ai_artist.torchvision_compat import ensure_torchvision_imports

from .conftest import save_folder


class CountingTokenizer:
    """Stands in for a tokenizer of the hub: a text's tokens are its length, over and over."""

    loaded: list[str]
    caches_only: list[bool]

    @classmethod
    def from_pretrained(cls, name, **settings):
        cls.loaded.append(str(name))
        cls.caches_only.append(constants.is_offline_mode())
        return cls()

    def __call__(self, texts, max_length, **settings):
        return types.SimpleNamespace(input_ids=torch.tensor([[len(text)] * max_length for text in texts]))


@pytest.fixture
def hub_tokenizer(monkeypatch):
    ensure_torchvision_imports()
    import open_clip  # noqa: F401  # before its optional dependency is replaced

    CountingTokenizer.loaded, CountingTokenizer.caches_only = [], []
    monkeypatch.setitem(sys.modules, "transformers", types.SimpleNamespace(AutoTokenizer=CountingTokenizer))
    return CountingTokenizer


def test_open_clips_own_tokenizer_has_the_models_context_length(tiny, tmp_path):
    perceptor = load_perceptor(f"local-dir:{save_folder(tmp_path / 'model', tiny())}", "cpu")
    assert perceptor._tokenizer(["a cat"]).shape == (1, 16)
    vectors = perceptor.embed_words(["cat", "a very long prompt " * 20])
    assert torch.allclose(vectors.norm(dim=1), torch.ones(2), atol=1e-4)


def test_a_folders_own_tokenizer_reads_the_words(tiny, hub_tokenizer, tmp_path):
    folder = save_folder(tmp_path / "model", tiny(), hf_tokenizer_name="somebody/words")
    perceptor = load_perceptor(f"local-dir:{folder}", "cpu")
    assert hub_tokenizer.loaded == [str(folder)]
    cat, dog, horse = perceptor.embed_words(["cat", "dog", "horse"])
    assert torch.allclose(cat, dog)  # of the same length, which is all that this tokenizer tells
    assert not torch.allclose(cat, horse)


def test_siglip_has_its_own_tokenizer(hub_tokenizer, offline):
    with pytest.raises(PerceptorError, match="weights of ViT-B-16-SigLIP:webli could not be fetched"):
        load_perceptor("ViT-B-16-SigLIP")
    assert hub_tokenizer.loaded == ["timm/ViT-B-16-SigLIP"]


def test_a_missing_package_is_named(monkeypatch, offline):
    ensure_torchvision_imports()
    import open_clip  # noqa: F401

    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(PerceptorError, match="ViT-B-16-SigLIP has a tokenizer that needs a package: pip install transformers"):
        load_perceptor("ViT-B-16-SigLIP")


@pytest.mark.parametrize("local", [False, True])
def test_a_tokenizer_that_is_not_there_is_told(tiny, monkeypatch, hub_tokenizer, offline, tmp_path, local):
    def fail(name, **settings):
        raise OSError("We couldn't connect")

    monkeypatch.setattr(hub_tokenizer, "from_pretrained", fail)
    name = f"local-dir:{save_folder(tmp_path / 'model', tiny(), hf_tokenizer_name='somebody/words')}" if local else "ViT-B-16-SigLIP"
    says = "its files must lie in the folder" if local else "from the Hugging Face hub once, which cannot be reached from here"
    with pytest.raises(PerceptorError, match=f"cannot be loaded without its tokenizer; .*{says}"):
        load_perceptor(name)


def test_the_hubs_library_is_told_that_there_is_no_network_and_left_as_it_was(hub_tokenizer, offline):
    with pytest.raises(PerceptorError):
        load_perceptor("ViT-B-16-SigLIP")
    assert hub_tokenizer.caches_only == [True]
    assert not constants.is_offline_mode()
