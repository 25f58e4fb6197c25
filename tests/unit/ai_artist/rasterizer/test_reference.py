"""The dense rasteriser, against arithmetic by hand and torch's own gradient check."""

import pytest
import torch

from ai_artist.rasterizer import Scene
from ai_artist.rasterizer.reference import ReferenceRasterizer

from .scenes import black_fills, black_strokes, line, random_scene, tensors


@pytest.mark.parametrize("supersampling", [1, 2])
@pytest.mark.parametrize(
    "kind", [{}, {"tapered": True}, {"filled": 1.0}, {"tapered": True, "filled": 0.5}], ids=["lines", "tapered", "fills", "mixed"]
)
@pytest.mark.parametrize("seed", [4, 11])
def test_autograd_agrees_with_finite_differences(supersampling, kind, seed):
    scene = random_scene(size=6.0, canvases=1, strokes=2, cubics=1, seed=seed, dtype=torch.float64, **kind)
    rasterizer = ReferenceRasterizer(supersampling, pieces_per_cubic=3)
    render = lambda *inputs: rasterizer.render(Scene(*inputs, scene.filled), 4, 5)  # noqa: E731
    assert torch.autograd.gradcheck(render, tensors(scene), eps=1e-7, atol=1e-5)


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


def test_a_line_is_as_wide_as_its_widths_in_between():
    scene = black_strokes([line(0, 8, 16, 8)])
    tapered = Scene(scene.points, torch.tensor([[[2.0, 10.0]]]), scene.colors, scene.background)
    rows = 1 - ReferenceRasterizer().render(tapered, 16, 16)[0, 0]
    # At x = 4.5 it is 2 + 8 * 4.5 / 16 = 4.25 wide: 2.125 to each side, of which rows 5 to 7 hold 0.125, 1 and 1.
    assert rows[:, 4].tolist() == pytest.approx([0] * 5 + [0.125, 1, 1, 1, 1, 0.125] + [0] * 5, abs=1e-6)


def test_a_fill_covers_half_of_the_pixels_that_its_outline_halves():
    picture = 1 - ReferenceRasterizer().render(black_fills([[[2.5, 1], [6, 1], [6, 7], [2.5, 7]]]), 8, 8)[0, 0]
    assert picture[4].tolist() == pytest.approx([0, 0, 0.5, 1, 1, 1, 0, 0], abs=1e-6)
    assert picture[:, 4].tolist() == pytest.approx([0, 1, 1, 1, 1, 1, 1, 0], abs=1e-6)
