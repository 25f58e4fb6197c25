import time

import pytest
import torch
from safetensors.torch import save_file

from ai_artist.errors import DeviceError, PerceptorError
from ai_artist.perception import ClipPerceptor, load_perceptor, untrained
from ai_artist.torchvision_compat import ensure_torchvision_imports

from .conftest import CONFIG, MEAN, STD, cache_on_hub, expected_vectors, save_folder

OPENAI_ONLY = {"input_resolution": torch.tensor(32), "context_length": torch.tensor(16), "vocab_size": torch.tensor(49408)}
PICTURES = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))


def torchscript(weights):
    """An archive as OpenAI publishes them: modules that hold the weights by these names."""
    root = torch.nn.Module()
    for name, value in weights.items():
        *parents, leaf = name.split(".")
        module = root
        for parent in parents:
            if not hasattr(module, parent):
                module.add_module(parent, torch.nn.Module())
            module = getattr(module, parent)
        module.register_buffer(leaf, value)
    return torch.jit.script(root)


def save(form, weights, folder):
    """Write weights in one of the forms in which they are found; return the file."""
    path = folder / f"weights.{'safetensors' if form == 'safetensors' else 'bin' if form == 'bin' else 'pt'}"
    half = {name: value.half() if value.dim() > 1 else value for name, value in weights.items()}
    forms = {
        "pt": weights,
        "bin": weights,
        "wrapped": {"epoch": 3, "state_dict": weights},
        "parallel": {f"module.{name}": value for name, value in weights.items()},
        "wrapped parallel": {"state_dict": {f"module.{name}": value for name, value in weights.items()}},
        "openai": half | OPENAI_ONLY,
        "openai wrapped parallel": {"state_dict": {f"module.{name}": value for name, value in (half | OPENAI_ONLY).items()}},
    }
    if form == "safetensors":
        save_file(weights, path)
    elif form == "openai torchscript":
        torchscript(half | OPENAI_ONLY).save(path)
    else:
        torch.save(forms[form], path)
    return path


@pytest.mark.parametrize("form", ["safetensors", "pt", "bin", "wrapped", "parallel", "wrapped parallel"])
def test_a_checkpoint_loads_in_every_form_and_is_normalised(tiny, tmp_path, form):
    model = tiny()
    perceptor = load_perceptor(f"Tiny:{save(form, model.state_dict(), tmp_path)}", "cpu")
    assert perceptor.size == 32
    assert torch.allclose(perceptor.embed_pictures(PICTURES), expected_vectors(model, PICTURES), atol=1e-5)
    assert not torch.allclose(perceptor.embed_pictures(PICTURES), expected_vectors(model, PICTURES, (0, 0, 0), (1, 1, 1)), atol=1e-2)


@pytest.mark.parametrize("form", ["openai", "openai wrapped parallel", "openai torchscript"])
def test_openais_own_files_load_with_quick_gelu(tiny, tmp_path, form):
    model = tiny(quick_gelu=True)
    perceptor = load_perceptor(f"Tiny:{save(form, model.state_dict(), tmp_path)}", "cpu")
    assert torch.allclose(perceptor.embed_pictures(PICTURES), expected_vectors(model, PICTURES), atol=1e-5)
    assert not torch.allclose(perceptor.embed_pictures(PICTURES), expected_vectors(tiny(quick_gelu=False), PICTURES), atol=1e-4)
    assert all(parameter.dtype == torch.float32 for parameter in perceptor._model.parameters())


def test_an_architecture_that_open_clip_lists_is_normalised_as_its_tag_says(tmp_path):
    ensure_torchvision_imports()
    import open_clip

    model = open_clip.create_model("ViT-S-32-alt").eval()
    save_file(model.state_dict(), tmp_path / "weights.safetensors")
    perceptor = load_perceptor(f"ViT-S-32-alt:{tmp_path / 'weights.safetensors'}", "cpu")
    pictures = torch.rand(1, 3, 224, 224)
    expected = expected_vectors(model, pictures, open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD)
    assert torch.allclose(perceptor.embed_pictures(pictures), expected, atol=1e-4)


def test_a_folder_in_open_clips_format_loads(tiny, tmp_path):
    model = tiny()
    perceptor = load_perceptor(f"local-dir:{save_folder(tmp_path / 'model', model)}", "cpu")
    assert torch.allclose(perceptor.embed_pictures(PICTURES), expected_vectors(model, PICTURES), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "repository", "file", "quick_gelu"),
    [
        ("Tiny", "somebody/tiny", "open_clip_model.safetensors", False),
        ("Tiny:plain", "somebody/tiny", "open_clip_pytorch_model.bin", False),
        ("Tiny:quick", "somebody/quick", "weights.bin", True),
    ],
)
def test_what_the_hubs_cache_has_loads_without_network(tiny, offline, empty_caches, name, repository, file, quick_gelu):
    model = tiny(quick_gelu=quick_gelu)
    path = cache_on_hub(empty_caches, repository, file)
    (save_file if path.suffix == ".safetensors" else torch.save)(model.state_dict(), path)
    vectors = load_perceptor(name, "cpu").embed_pictures(PICTURES)
    assert torch.allclose(vectors, expected_vectors(model, PICTURES), atol=1e-5)
    assert not torch.allclose(vectors, expected_vectors(tiny(quick_gelu=not quick_gelu), PICTURES), atol=1e-4)


def test_what_openais_package_downloaded_loads_without_network(tiny, offline, tmp_path):
    model = tiny(quick_gelu=True)
    cache = tmp_path / "home" / ".cache" / "clip"
    cache.mkdir(parents=True)
    save("openai torchscript", model.state_dict(), tmp_path).rename(cache / "quick.pt")
    assert torch.allclose(load_perceptor("Tiny:quick", "cpu").embed_pictures(PICTURES), expected_vectors(model, PICTURES), atol=1e-5)


def test_what_is_not_cached_is_downloaded(tiny, tmp_path, monkeypatch):
    model = tiny()
    save_file(model.state_dict(), tmp_path / "downloaded.safetensors")
    asked = []
    monkeypatch.setattr("ai_artist.perception.weights.hub_answers", lambda: True)
    monkeypatch.setattr("open_clip.pretrained.download_pretrained", lambda config: asked.append(config) or str(tmp_path / "downloaded.safetensors"))
    assert torch.allclose(load_perceptor("Tiny:plain", "cpu").embed_pictures(PICTURES), expected_vectors(model, PICTURES), atol=1e-5)
    assert [config["hf_hub"] for config in asked] == ["somebody/tiny/"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ViT-B-32", r"weights of ViT-B-32:openai could not be fetched \(the Hugging Face hub cannot be reached.*ViT-B-32-quickgelu:/path"),
        ("ViT-B-32:laion2b_s34b_b79k", "laion/CLIP-ViT-B-32-laion2B-s34B-b79K and give it as ViT-B-32:/path"),
    ],
)
def test_without_network_the_error_says_what_to_do_at_once(offline, name, says):
    started = time.monotonic()
    with pytest.raises(PerceptorError, match=says):
        load_perceptor(name)
    assert time.monotonic() - started < 10


def test_a_download_that_fails_is_told(tiny, monkeypatch):
    def fail(config):
        raise RuntimeError("401 Unauthorized\nand many lines more")

    monkeypatch.setattr("ai_artist.perception.weights.hub_answers", lambda: True)
    monkeypatch.setattr("open_clip.pretrained.download_pretrained", fail)
    with pytest.raises(PerceptorError, match=r"weights of Tiny:plain could not be fetched.*401 Unauthorized"):
        load_perceptor("Tiny")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ViT-B-33", "ViT-B-32"),
        ("ViT-B-32:nosuchtag", "neither a checkpoint file nor"),
        ("ViT-S-32-alt", "no pretrained weights"),
        ("local-dir:/nowhere", "open_clip_config.json"),
        ("local-dir:", "Unknown perceptor"),
        ("", "Unknown perceptor"),
        ("doodle-clip+", "Unknown perceptor"),
    ],
)
def test_an_unknown_perceptor_is_named(name, says):
    with pytest.raises(PerceptorError, match=says):
        load_perceptor(name)


def test_a_file_that_is_no_checkpoint_is_refused(tiny, tmp_path):
    path = tmp_path / "weights.pt"
    path.write_bytes(b"not weights")
    with pytest.raises(PerceptorError, match=r"weights\.pt cannot be loaded"):
        load_perceptor(f"Tiny:{path}")


@pytest.mark.parametrize("form", ["pt", "openai torchscript"])
def test_weights_of_another_architecture_are_refused(tiny, tmp_path, form):
    with pytest.raises(PerceptorError, match="is it an open_clip checkpoint of this model"):
        load_perceptor(f"ViT-S-32-alt:{save(form, tiny().state_dict(), tmp_path)}")


def test_a_folder_without_weights_is_no_random_model(tiny, tmp_path):
    with pytest.raises(PerceptorError, match="cannot be loaded"):
        load_perceptor(f"local-dir:{save_folder(tmp_path / 'model')}")


def test_a_folder_with_a_broken_description_is_refused(tiny, tmp_path):
    folder = save_folder(tmp_path / "model", tiny())
    (folder / "open_clip_config.json").write_text("{")
    with pytest.raises(PerceptorError, match="cannot be loaded"):
        load_perceptor(f"local-dir:{folder}")


def test_the_device_and_the_precision_are_checked_before_anything_is_fetched(monkeypatch):
    monkeypatch.setattr("ai_artist.perception.weights.hub_answers", lambda: pytest.fail("the network was asked"))
    with pytest.raises(PerceptorError, match="expected one of auto, fp32, bf16, fp16"):
        load_perceptor("ViT-B-32", "cpu", "fp8")
    with pytest.raises(DeviceError, match="tpu"):
        load_perceptor("ViT-B-32", "tpu")


def test_everything_is_on_the_device_that_was_asked_for():
    perceptor = load_perceptor(device=torch.device("cpu"))
    assert perceptor.device == torch.device("cpu")
    assert perceptor.embed_words(["cat"]).device == perceptor.device


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("precision", ["auto", "fp32", "bf16", "fp16"])
def test_a_cuda_device_sees_what_the_cpu_sees(precision):
    here, there = load_perceptor(device="cpu"), load_perceptor(device="cuda", precision=precision)
    assert there.device.type == "cuda"
    pictures = torch.rand(4, 3, here.size, here.size, requires_grad=True)
    seen = there.embed_pictures(pictures)
    assert seen.is_cuda
    assert seen.dtype == torch.float32
    assert (seen.cpu() * here.embed_pictures(pictures)).sum(1).min() > 0.99
    assert torch.allclose(there.embed_words(["cat"]).cpu(), here.embed_words(["cat"]), atol=1e-3)
    (gradient,) = torch.autograd.grad(seen[:, 0].sum(), pictures)
    assert gradient.abs().sum() > 0


@pytest.mark.parametrize("name", ["doodle-clip", "Tiny", "Tiny:quick", "Tiny:/nowhere.pt"])
def test_an_untrained_model_needs_neither_weights_nor_tokenizer(tiny, monkeypatch, offline, name):
    monkeypatch.setitem(CONFIG["text_cfg"], "hf_tokenizer_name", "somebody/words")
    perceptor = untrained(name, "cpu")
    assert isinstance(perceptor, ClipPerceptor)
    words, pictures = perceptor.embed_words(["a", "b"]), perceptor.embed_pictures(torch.rand(1, 3, perceptor.size, perceptor.size))
    assert torch.allclose(words.norm(dim=1), torch.ones(2), atol=1e-4)
    assert pictures.shape[1] == words.shape[1]
    assert perceptor.size == (64 if name == "doodle-clip" else 32)


def test_an_untrained_model_warns_of_nothing(tiny, caplog):
    untrained("Tiny", "cpu")
    assert not [record for record in caplog.records if record.levelname == "WARNING"]


def test_an_untrained_model_that_needs_the_hub_says_so(offline):
    with pytest.raises(PerceptorError, match="roberta-ViT-B-32 cannot be made without weights"):
        untrained("roberta-ViT-B-32")


def test_the_mean_and_deviation_are_the_tags(tiny):
    perceptor = untrained("Tiny:quick", "cpu")
    assert torch.allclose(perceptor._mean.flatten(), torch.tensor(MEAN))
    assert torch.allclose(perceptor._std.flatten(), torch.tensor(STD))
