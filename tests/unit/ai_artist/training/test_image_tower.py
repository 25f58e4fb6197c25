import pytest
import torch
from torch import nn

from ai_artist.training.image_tower import Course, Training, attack
from ai_artist.training.objective import ImageLearner, Targets, WordAdapter
from ai_artist.training.team import Team

COURSE = Course(
    steps=60, batch=8, processes=1, replays=2, radius=0.5, learning_rate=0.02, weight_decay=0.0, other_words=2, average_decay=0.9, ramp=0.5
)


def begin(course=COURSE):
    torch.manual_seed(0)
    tower = nn.Sequential(
        nn.Conv2d(3, 8, 3, 2), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3), nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(32, 8)
    )
    vectors = torch.nn.functional.normalize(torch.randn(6, 12), dim=-1)
    targets = Targets(vectors, categories=4)
    return Training(ImageLearner(tower, WordAdapter(vectors, 8)), targets, course, Team())


def batch(step):
    """Word k is a bar at height k."""
    generator = torch.Generator().manual_seed(step)
    concepts = torch.randint(6, (8,), generator=generator)
    pictures = torch.ones(8, 3, 16, 16)
    for picture, concept in zip(pictures, concepts.tolist(), strict=True):
        picture[:, 2 * concept + 2 : 2 * concept + 4] = 0
    return pictures, concepts


def test_noise_is_along_the_gradient_and_within_the_radius():
    gradient = torch.randn(50, 3, 8, 8)
    noise = attack(gradient, 2.0)
    length = noise.flatten(1).norm(dim=1)
    assert (length <= 2.0001).all()
    assert length.max() > 1
    assert torch.allclose(torch.cosine_similarity(noise.flatten(1), gradient.flatten(1)), torch.ones(50), atol=1e-4)


def test_a_picture_without_a_gradient_has_no_noise():
    assert attack(torch.zeros(2, 3, 8, 8), 2.0).abs().max() == 0


def test_it_learns_and_the_radius_grows():
    training = begin()
    losses, radii = [], []
    for step in range(COURSE.steps):
        radii.append(training.radius)
        training.learn(*batch(step))
        losses.append(training.loss)
    assert losses[-1] < losses[5]
    assert radii[0] == 0
    assert radii[-1] == pytest.approx(COURSE.radius)
    pictures, concepts = batch(1000)
    training.average.eval()
    guesses = (training.average.embed(pictures) @ training.average.adapter(training.targets.vectors).T).argmax(1)
    assert (guesses == concepts).float().mean() > 0.5


def test_a_resumed_training_goes_on_as_if_it_had_not_stopped():
    def learn(training, steps):
        for step in steps:
            torch.manual_seed(step)
            training.learn(*batch(step))

    whole, part, resumed = begin(), begin(), begin()
    learn(whole, range(4))
    learn(part, range(2))
    resumed.resume(part.state())
    learn(resumed, range(2, 4))
    for one, other in zip(whole.average.state_dict().values(), resumed.average.state_dict().values(), strict=True):
        assert torch.allclose(one, other, atol=1e-6)
    assert resumed.step == 4
