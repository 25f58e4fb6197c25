"""The dense rasteriser, against arithmetic by hand and torch's own gradient check."""

import pytest
import torch

from ai_artist.rasterizer import Scene
from ai_artist.rasterizer.reference import ReferenceRasterizer

from .scenes import black_strokes, line, random_scene, tensors


@pytest.mark.parametrize("supersampling", [1, 2])
def test_autograd_agrees_with_finite_differences(supersampling):
    scene = random_scene(size=6.0, canvases=1, strokes=2, cubics=1, seed=4, dtype=torch.float64)
    rasterizer = ReferenceRasterizer(supersampling, pieces_per_cubic=3)
    assert torch.autograd.gradcheck(lambda *inputs: rasterizer.render(Scene(*inputs), 4, 5), tensors(scene), eps=1e-7, atol=1e-5)


def test_a_wide_line_covers_whole_and_half_pixels():
    # 3 px wide around y = 4: from 2.5 to 5.5, so rows 3 and 4 entirely and rows 2 and 5 by half.
    picture = ReferenceRasterizer().render(black_strokes([line(-10, 4, 30, 4)], width=3.0), 8, 8)
    assert picture[0, 0, :, 3].tolist() == pytest.approx([1, 1, 0.5, 0, 0, 0.5, 1, 1], abs=1e-6)


def test_a_thin_line_fades():
    picture = ReferenceRasterizer().render(black_strokes([line(-10, 4.5, 30, 4.5)], width=0.25), 8, 8)
    assert picture[0, 0, :, 3].tolist() == pytest.approx([1, 1, 1, 1, 0.75, 1, 1, 1], abs=1e-6)


def test_later_strokes_lie_on_earlier_ones():
    scene = black_strokes([line(-10, 4, 30, 4), line(4, -10, 4, 30)], width=4.0)
    scene.colors[0, 1] = torch.tensor([1.0, 0.5, 0.0, 0.5])
    picture = ReferenceRasterizer().render(scene, 8, 8)
    assert picture[0, :, 4, 4].tolist() == pytest.approx([0.5, 0.25, 0.0])
    assert picture[0, :, 0, 4].tolist() == pytest.approx([1.0, 0.75, 0.5])
