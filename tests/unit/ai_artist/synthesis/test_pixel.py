import torch

from ai_artist.synthesis.pixel import PixelCanvas


def test_pixels_move_and_stay_colours():
    canvas = PixelCanvas(2, torch.Generator().manual_seed(0))
    assert canvas.render(224).shape == (2, 3, 224, 224)
    before = canvas.pixels.detach().clone()
    for _ in range(100):
        canvas.render(96)[:, 0].sum().backward()
        canvas.step(1.0)
    assert canvas.render(96).shape == (2, 3, 96, 96)
    assert (canvas.pixels[:, 0] == 0).all()
    assert torch.equal(canvas.pixels[:, 1:], before[:, 1:])


def test_candidates_differ_and_one_can_be_kept():
    canvas = PixelCanvas(3, torch.Generator().manual_seed(0))
    pixels = canvas.pixels.detach().clone()
    assert not torch.equal(pixels[0], pixels[1])
    canvas.keep(torch.tensor([2]))
    assert torch.equal(canvas.pixels[0], pixels[2])
