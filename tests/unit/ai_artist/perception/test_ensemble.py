import pytest
import torch

from ai_artist.errors import PerceptorError
from ai_artist.perception import Ensemble, load_perceptor

from .conftest import save_folder


@pytest.fixture
def tiny_name(tiny, tmp_path):
    return f"local-dir:{save_folder(tmp_path / 'a+b*2', tiny())}"


def cosine(perceptor, pictures, prompt):
    return perceptor.embed_pictures(pictures) @ perceptor.embed_words([prompt])[0]


def test_the_cosine_is_the_weighted_mean_of_the_members(tiny_name):
    both = load_perceptor(f"doodle-clip*3+{tiny_name}", "cpu")
    large, small = load_perceptor("doodle-clip", "cpu"), load_perceptor(tiny_name, "cpu")
    assert isinstance(both, Ensemble)
    assert both.size == large.size == 64
    assert both.device == torch.device("cpu")
    pictures = torch.rand(2, 3, 64, 64)
    smaller = torch.nn.functional.interpolate(pictures, (32, 32), mode="bilinear", antialias=True)
    expected = 0.75 * cosine(large, pictures, "house") + 0.25 * cosine(small, smaller, "house")
    assert torch.allclose(cosine(both, pictures, "house"), expected, atol=1e-5)
    assert both.embed_words(["house"]).shape == (1, 256 + 32)
    assert torch.allclose(torch.cat([both.embed_words(["house"]), both.embed_pictures(pictures)]).norm(dim=1), torch.ones(3), atol=1e-4)


def test_smaller_members_see_an_antialiased_picture(tiny_name):
    small = load_perceptor(tiny_name, "cpu")
    both = Ensemble("both", [(load_perceptor(device="cpu"), 1.0), (small, 1.0)])
    stripes = torch.zeros(1, 3, 64, 64)
    stripes[..., ::2] = 1.0
    seen = both.embed_pictures(stripes)[:, 256:] * 2**0.5
    inside = torch.nn.functional.cosine_similarity(seen, small.embed_pictures(torch.full((1, 3, 32, 32), 0.5)))
    assert inside > 0.95, "stripes too fine for the member must look grey to it"


def test_gradients_come_from_every_member(tiny_name):
    both = load_perceptor(f"{tiny_name}+doodle-clip", "cpu")
    pictures = torch.rand(1, 3, 64, 64, requires_grad=True)
    vectors = both.embed_pictures(pictures)
    for part in (vectors[:, :32], vectors[:, 32:]):
        (gradient,) = torch.autograd.grad(part[:, 0].sum(), pictures, retain_graph=True)
        assert gradient.abs().sum() > 0


def test_pictures_of_another_size_are_refused(tiny_name):
    both = load_perceptor(f"doodle-clip+{tiny_name}", "cpu")
    with pytest.raises(ValueError, match=r"takes pictures \[N, 3, 64, 64\]; got \[1, 3, 32, 32\]"):
        both.embed_pictures(torch.rand(1, 3, 32, 32))


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_that_is_not_above_zero_is_refused(weight):
    with pytest.raises(PerceptorError, match="weight of doodle-clip must be a number above 0"):
        Ensemble("one", [(load_perceptor(device="cpu"), weight)])


def test_an_ensemble_has_members():
    with pytest.raises(PerceptorError, match="at least one"):
        Ensemble("none", [])


def test_words_are_unknown_that_no_member_knows(tiny, tmp_path):
    for name, words in (("one", "cat\ndog"), ("two", "dog\nhorse")):
        (save_folder(tmp_path / name, tiny()) / "known_words.txt").write_text(words)
    one, two, silent = (load_perceptor(f"local-dir:{tmp_path / name}", "cpu") for name in ("one", "two", "one"))
    silent._known_words = None
    prompt = "cat horse dog kazoo"
    assert one.unknown_words(prompt) == ("horse", "kazoo")
    assert Ensemble("both", [(one, 1.0), (two, 1.0)]).unknown_words(prompt) == ("kazoo",)
    assert Ensemble("both", [(one, 1.0), (silent, 1.0)]).unknown_words(prompt) == ()
