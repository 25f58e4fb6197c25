import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from ai_artist.categories import category_names
from ai_artist.errors import PerceptorError
from ai_artist.evaluation.accuracy import ranks
from ai_artist.evaluation.bitmaps import Marks
from ai_artist.evaluation.judge import validator_judge
from ai_artist.perception.validator import CONFIG_FILE, WEIGHTS_FILE, image_tower, load_validator, write_config
from ai_artist.training import shaky_hand
from tests.hand_sketches import HAND_SKETCHES

CONFIG = {"embed_dim": 256, "vision_cfg": {"timm_model_name": "test_byobnet", "timm_pool": "", "timm_proj": "linear", "image_size": 32}}


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    write_config(CONFIG, tmp_path / CONFIG_FILE)
    save_file({name: value.contiguous() for name, value in image_tower(CONFIG).state_dict().items()}, tmp_path / WEIGHTS_FILE)
    return tmp_path


def test_it_has_the_perceptors_words_and_its_own_eyes(folder):
    validator = load_validator("cpu", folder)
    words, pictures = validator.embed_words(["house", "cat"]), validator.embed_pictures(torch.rand(3, 3, 32, 32))
    assert words.shape[1] == pictures.shape[1] == 256
    assert torch.allclose(torch.cat([words, pictures]).norm(dim=1), torch.ones(5), atol=1e-4)


def test_it_can_judge_drawings(folder):
    judge = validator_judge(["house", "cat", "sun"], folder)
    bitmap = judge.bitmap(Marks((np.array([[0, 0], [1, 1]], np.float32),)))
    assert bitmap.shape == (32, 32)
    assert judge.probabilities([bitmap]).sum() == pytest.approx(1)


def test_no_gradient_passes_it(folder):
    picture = torch.rand(1, 3, 32, 32, requires_grad=True)
    assert not load_validator("cpu", folder).embed_pictures(picture).requires_grad


def test_pictures_of_another_size_are_refused(folder):
    with pytest.raises(ValueError, match=r"\[N, 3, 32, 32\]"):
        load_validator("cpu", folder).embed_pictures(torch.rand(1, 3, 64, 64))


def test_a_folder_without_one_is_named(tmp_path):
    with pytest.raises(PerceptorError, match=str(tmp_path)):
        load_validator("cpu", tmp_path)


def test_the_bundled_one_names_sketches_by_hand():
    """Another tower than doodle-clip's, beside the same words: of thirty sketches it may miss a few."""
    validator, words = load_validator("cpu"), [*HAND_SKETCHES]
    categories = category_names()
    scores = validator.embed_pictures(shaky_hand.shown(list(HAND_SKETCHES.values()), validator.size)) @ validator.embed_words(categories).T
    places = ranks(scores, torch.tensor([categories.index(word) for word in words]))
    assert (places < 5).float().mean() >= 0.8, [word for word, place in zip(words, places.tolist(), strict=True) if place >= 5]
