import torch
import torch.nn.functional as F
from torch import nn

from ai_artist.training.objective import ImageLearner, Targets, WordAdapter, WordShift, between_neighbours


def vectors(count, dim=12):
    """Sentence vectors as an encoder gives them: all of them point much the same way."""
    torch.manual_seed(0)
    return torch.nn.functional.normalize(torch.randn(count, dim) * 0.2 + 1, dim=-1)


def test_words_are_pushed_apart_and_have_unit_length():
    words = vectors(40)
    adapter = WordAdapter(words, 8)
    white = torch.nn.functional.normalize((words - adapter.mean) @ adapter.whiten, dim=-1)
    assert (words @ words.T).mean() > 0.9
    assert (white @ white.T).mean() < 0.1
    assert torch.allclose(adapter(words).norm(dim=1), torch.ones(40), atol=1e-5)


def test_words_never_shown_can_be_embedded():
    adapter = WordAdapter(vectors(5), 8)
    assert adapter(torch.rand(3, 12)).shape == (3, 8)


def test_a_batch_is_told_apart_among_all_categories_and_its_own_words():
    targets = Targets(vectors(30), categories=4)
    concepts = torch.tensor([2, 29, 0, 17])
    candidates = targets.sample(concepts, others=6)
    assert torch.equal(candidates.vectors[:4], targets.vectors[:4])
    assert torch.equal(candidates.vectors[candidates.place], targets.vectors[concepts])
    assert torch.allclose(candidates.soft.sum(1), torch.ones(4))
    assert candidates.soft.argmax(1).tolist() == candidates.place.tolist()


def test_the_loss_is_least_beside_the_right_words():
    targets = Targets(vectors(30), categories=4)
    candidates = targets.sample(torch.tensor([2, 29]), others=6)
    words = torch.nn.functional.normalize(torch.randn(len(candidates.vectors), 8), dim=-1)
    right, wrong = words[candidates.place], words[candidates.place.roll(1)]
    scale = torch.tensor(10.0)
    assert candidates.loss(right, words, scale) < candidates.loss(wrong, words, scale)


def test_a_batch_without_sketches_has_a_loss_too():
    candidates = Targets(vectors(30), categories=4).sample(torch.tensor([8, 9]), others=6)
    loss = candidates.loss(torch.rand(2, 8), torch.rand(len(candidates.vectors), 8), torch.tensor(10.0))
    assert torch.isfinite(loss)


def test_pictures_become_unit_vectors():
    learner = ImageLearner(nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten()), WordAdapter(vectors(9), 8))
    assert torch.allclose(learner.embed(torch.rand(5, 3, 16, 16)).norm(dim=1), torch.ones(5), atol=1e-5)


def test_a_word_without_pictures_goes_to_its_nearest_neighbour():
    torch.manual_seed(0)
    known = torch.nn.functional.normalize(torch.randn(20, 32), dim=-1)
    adapted = torch.nn.functional.normalize(torch.randn(20, 8), dim=-1)
    nearly = torch.nn.functional.normalize(known + 0.05 * torch.randn(20, 32), dim=-1)
    placed = between_neighbours(nearly, known, adapted, categories=5)
    assert torch.allclose(placed.norm(dim=1), torch.ones(20), atol=1e-5)
    assert ((placed[:5] * adapted[:5]).sum(1) > 0.98).all(), "a category is decided by both halves"
    assert ((placed[5:] * adapted[5:]).sum(1) > 0.5).all(), "another word has its own half"


def test_the_categories_words_move_and_no_others_and_not_far():
    vectors = F.normalize(torch.randn(6, 8), dim=-1)
    shift = WordShift(categories=4, embed_dim=8, reach=0.35)
    assert torch.allclose(shift(vectors), vectors, atol=1e-6)
    with torch.no_grad():
        shift.shift.copy_(100 * torch.randn(4, 8))
    moved = shift(vectors)
    assert torch.allclose(moved.norm(dim=-1), torch.ones(6))
    assert torch.allclose(moved[4:], vectors[4:], atol=1e-6)
    assert (moved[:4] * vectors[:4]).sum(-1).min() >= 0.93
    assert torch.allclose(shift(vectors[:2]), moved[:2]), "of the first categories alone it says the same"
