from pathlib import Path

import pytest
import torch

import ai_artist
from ai_artist.perception import load_perceptor
from ai_artist.training import shaky_hand
from tests.hand_sketches import HAND_SKETCHES

STORED = {"house": [0.7614, 0.1119, 0.0554], "umbrella": [0.0650, 0.6279, 0.0233], "fish": [-0.0394, -0.0533, 0.5864]}
"""Three drawings by hand, and how close each is to each word."""

BUNDLED = Path(ai_artist.__file__).parent / "doodle_clip"


@pytest.fixture(scope="module")
def doodle_clip():
    return load_perceptor(device="cpu")


def test_the_bundled_perceptor_is_small():
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) < 25e6


def test_the_bundled_perceptor_asks_no_network(monkeypatch):
    def fail(*arguments, **keywords):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", fail)
    monkeypatch.setattr("socket.getaddrinfo", fail)
    assert load_perceptor().embed_words(["house"]).shape == (1, 256)


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


def test_a_prompt_that_is_a_sentence_is_taken_as_it_is(doodle_clip):
    bare, sentence = doodle_clip.embed_words(["house", "a house"])
    alone = torch.nn.functional.normalize(doodle_clip._model.encode_text(doodle_clip._tokenizer(["a house"])), dim=-1)[0]
    assert torch.allclose(sentence, alone, atol=1e-5)
    assert not torch.allclose(bare, alone, atol=1e-3)


def test_its_numbers_are_those_that_were_stored(doodle_clip):
    """So that neither another version of torch nor another loader changes what the artist sees unnoticed."""
    pictures = shaky_hand.shown([HAND_SKETCHES[word] for word in STORED], doodle_clip.size)
    with torch.no_grad():
        closeness = doodle_clip.embed_pictures(pictures) @ doodle_clip.embed_words([*STORED]).T
    assert torch.allclose(closeness, torch.tensor([*STORED.values()]), atol=2e-3), closeness
