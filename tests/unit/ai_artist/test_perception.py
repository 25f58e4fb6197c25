import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

import ai_artist
from ai_artist.errors import PerceptorError
from ai_artist.perception import load_perceptor
from ai_artist.torchvision_compat import ensure_torchvision_imports

BUNDLED = Path(ai_artist.__file__).parent / "doodle_clip"


@pytest.fixture(scope="module")
def doodle_clip():
    return load_perceptor()


def test_the_bundled_perceptor_is_small():
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) < 25e6


def test_words_and_pictures_meet_in_unit_vectors(doodle_clip):
    words = doodle_clip.embed_words(["house", "a slice of pizza"])
    pictures = doodle_clip.embed_pictures(torch.rand(3, 3, doodle_clip.size, doodle_clip.size))
    assert words.shape[1] == pictures.shape[1]
    assert torch.allclose(torch.cat([words, pictures]).norm(dim=1), torch.ones(5), atol=1e-4)


def test_gradients_flow_to_pictures_only(doodle_clip):
    picture = torch.rand(1, 3, doodle_clip.size, doodle_clip.size, requires_grad=True)
    (doodle_clip.embed_pictures(picture) @ doodle_clip.embed_words(["house"]).T).sum().backward()
    assert picture.grad is not None
    assert picture.grad.abs().sum() > 0
    assert all(parameter.grad is None for parameter in doodle_clip._model.parameters())


def test_synonyms_are_closer_than_strangers(doodle_clip):
    couch, sofa, shark = doodle_clip.embed_words(["couch", "sofa", "shark"])
    assert couch @ sofa > couch @ shark + 0.2


def test_pictures_of_another_size_are_refused(doodle_clip):
    with pytest.raises(ValueError, match="takes pictures"):
        doodle_clip.embed_pictures(torch.rand(1, 3, 17, 17))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ViT-B-33", "ViT-B-32"),
        ("ViT-B-32:nosuchtag", "neither a checkpoint file nor"),
        ("ViT-S-32-alt", "no pretrained weights"),
        ("local-dir:/nowhere", "cannot be loaded"),
        ("", "Unknown perceptor"),
    ],
)
def test_an_unknown_perceptor_is_named(name, says):
    with pytest.raises(PerceptorError, match=says):
        load_perceptor(name)


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path):
    path = tmp_path / "weights.pt"
    path.write_bytes(b"not weights")
    with pytest.raises(PerceptorError, match="cannot be loaded"):
        load_perceptor(f"ViT-S-32-alt:{path}")


@pytest.mark.parametrize("suffix", ["pt", "safetensors", "bin"])
def test_local_checkpoints_of_open_clip_models_load(tmp_path, suffix):
    ensure_torchvision_imports()
    import open_clip

    model = open_clip.create_model("ViT-S-32-alt")
    weights, path = model.state_dict(), tmp_path / f"weights.{suffix}"
    if suffix == "safetensors":
        save_file(weights, path)
    else:
        torch.save(weights, path)
    perceptor = load_perceptor(f"ViT-S-32-alt:{path}")
    assert perceptor.size == 224
    picture = torch.rand(1, 3, 224, 224)
    mean, std = torch.tensor(open_clip.OPENAI_DATASET_MEAN).view(3, 1, 1), torch.tensor(open_clip.OPENAI_DATASET_STD).view(3, 1, 1)
    with torch.no_grad():
        expected = torch.nn.functional.normalize(model.eval().encode_image((picture - mean) / std), dim=-1)
        assert torch.allclose(perceptor.embed_pictures(picture), expected, atol=1e-4)


def test_a_folder_in_open_clips_format_loads(tmp_path):
    config = json.loads((BUNDLED / "open_clip_config.json").read_text())
    ensure_torchvision_imports()
    from open_clip.model import CLIP

    (tmp_path / "open_clip_config.json").write_text(json.dumps(config))
    save_file(CLIP(**config["model_cfg"]).state_dict(), tmp_path / "open_clip_model.safetensors")
    assert load_perceptor(f"local-dir:{tmp_path}").size == config["model_cfg"]["vision_cfg"]["image_size"]
