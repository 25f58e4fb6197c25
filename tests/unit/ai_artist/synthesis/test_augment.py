import torch

from ai_artist.synthesis.augment import augment, upright


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_views_of_a_picture_stand_next_to_each_other():
    pictures = torch.stack([torch.ones(3, 32, 32), torch.zeros(3, 32, 32)])
    seen = augment(pictures, 3, 24, generator())
    assert seen.shape == (6, 3, 24, 24)
    assert (seen[:3] == 1).all()
    assert (seen[3:, :, 12, 12] == 0).all()


def test_what_comes_in_from_outside_is_white_and_values_stay_in_range():
    seen = augment(torch.zeros(1, 3, 32, 32), 64, 32, generator())
    assert seen.min() >= 0
    assert seen.max() <= 1
    assert (seen.amax((1, 2, 3)) > 0.9).any()


def test_the_same_generator_gives_the_same_views():
    picture = torch.rand(1, 3, 32, 32, generator=generator(1))
    assert torch.equal(augment(picture, 4, 32, generator(2)), augment(picture, 4, 32, generator(2)))
    assert not torch.equal(augment(picture, 4, 32, generator(2)), augment(picture, 4, 32, generator(3)))


def test_a_view_keeps_most_of_the_picture_the_right_way_up():
    picture = torch.ones(1, 3, 64, 64)
    picture[:, :, 8:24, 8:24] = 0  # top left
    seen = 1 - augment(picture, 200, 64, generator()).mean((0, 1))
    assert seen[:32, :32].sum() > 5 * seen[32:, 32:].sum()


def test_gradients_reach_the_picture():
    picture = torch.rand(1, 3, 32, 32, requires_grad=True)
    augment(picture, 8, 32, generator()).sum().backward()
    assert picture.grad is not None
    assert (picture.grad[..., 8:24, 8:24].abs() > 0).all()


def test_upright_is_only_resized():
    assert upright(torch.ones(2, 3, 96, 96), 64).shape == (2, 3, 64, 64)
    picture = torch.rand(1, 3, 64, 64)
    assert upright(picture, 64) is picture


def test_views_are_made_where_the_pictures_are():
    # The meta device computes shapes only, and refuses to be mixed with the CPU as CUDA does.
    seen = augment(torch.rand(2, 3, 96, 96, device="meta"), 2, 64, generator())
    assert (seen.device.type, seen.shape) == ("meta", (4, 3, 64, 64))
