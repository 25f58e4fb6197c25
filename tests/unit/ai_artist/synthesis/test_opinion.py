import torch

from ai_artist.perception import load_perceptor
from ai_artist.synthesis.goal import Goal, goal_of
from ai_artist.synthesis.opinion import Opinion, consensus


class Eye:
    """Sees how dark a picture is, and knows one word for that."""

    size, device, sharpness = 16, torch.device("cpu"), 10.0

    def embed_pictures(self, pictures):
        dark = 1 - pictures.mean((1, 2, 3))
        return torch.stack([dark, 1 - dark], 1)


GOAL = Goal(torch.tensor([[1.0, 0.0]]), torch.ones(1))


def pictures(*darkness):
    return torch.stack([torch.full((3, 16, 16), 1 - each) for each in darkness])


def test_all_pictures_are_looked_at_from_the_same_sides():
    once = Opinion(Eye(), GOAL).of([pictures(0.5, 0.5), pictures(0.5)], views=5)
    assert once[0] == once[1] == once[2]
    assert torch.equal(once, Opinion(Eye(), GOAL).of([pictures(0.5, 0.5), pictures(0.5)], views=5))


def test_the_darker_is_liked_better_and_two_opinions_are_weighed_alike():
    fond = Opinion(Eye(), GOAL)
    averse = Opinion(Eye(), Goal(torch.tensor([[0.0, 1.0]]), torch.ones(1)))
    liked = fond.of([pictures(0.1, 0.9)])
    assert liked[1] > liked[0]
    assert torch.allclose(consensus([fond, averse], [pictures(0.1, 0.9)], 0), torch.tensor([0.5, 0.5]))


def test_with_rivals_it_is_the_probability():
    goal = Goal(torch.tensor([[1.0, 0.0]]), torch.ones(1), torch.tensor([[0.0, 1.0]]), 10.0)
    likely = Opinion(Eye(), goal).of([pictures(0.8)]).exp()
    assert torch.allclose(likely, torch.tensor([1 / (1 + torch.exp(torch.tensor(-6.0)))]), atol=1e-4)


def test_a_word_is_no_rival_of_itself():
    perceptor = load_perceptor(device="cpu")
    words = perceptor.embed_words(["house", "cat", "umbrella"])
    goal = goal_of(perceptor, "cat", rivals=words)
    assert goal.rivals.shape[0] == 2
    assert 0 < goal.sharpness < perceptor.sharpness
