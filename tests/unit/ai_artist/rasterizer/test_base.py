"""What a scene accepts, and what it says when it does not."""

import pytest
import torch

from ai_artist.rasterizer import NativeRasterizer, Rasterizer, Scene, polyline
from ai_artist.rasterizer.flattening import count_pieces
from ai_artist.rasterizer.reference import ReferenceRasterizer

from .scenes import random_scene


def make(points=(1, 2, 4, 2), widths=(1, 2), colors=(1, 2, 4), background=(3,)):
    return Scene(torch.ones(points), torch.ones(widths), torch.ones(colors), torch.ones(background))


def test_a_scene_knows_its_sizes():
    scene = random_scene(canvases=2, strokes=5, cubics=3)
    assert (scene.canvases, scene.strokes, scene.cubics) == (2, 5, 3)
    assert make(points=(4, 2, 7, 2), widths=(4, 2), colors=(4, 2, 4)).backgrounds().shape == (4, 3)


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ({"points": (1, 2, 5, 2)}, r"points must have the shape .* got \[1, 2, 5, 2\]"),
        ({"points": (1, 2, 1, 2)}, r"points must have the shape .* got \[1, 2, 1, 2\]"),
        ({"points": (2, 4, 2)}, r"points must have the shape .* got \[2, 4, 2\]"),
        ({"points": (0, 2, 4, 2)}, r"canvases >= 1, .* got \[0, 2, 4, 2\]"),
        ({"widths": (1, 3)}, r"widths must have the shape \[1, 2\].* got \[1, 3\]"),
        ({"widths": (1, 2, 4)}, r"widths must have the shape .* or \[1, 2, 2\], one a knot .* got \[1, 2, 4\]"),
        ({"colors": (1, 2, 3)}, r"colors must have the shape \[1, 2, 4\].* got \[1, 2, 3\]"),
        ({"background": (2, 3)}, r"background must have the shape \[1, 3\].* got \[2, 3\]"),
    ],
)
def test_wrong_shapes_are_named(shapes, message):
    with pytest.raises(ValueError, match=message):
        make(**shapes)


def test_whole_numbers_are_refused():
    with pytest.raises(ValueError, match=r"widths must be a floating point torch.Tensor, got torch.int64"):
        Scene(torch.ones(1, 2, 4, 2), torch.ones(1, 2, dtype=torch.int64), torch.ones(1, 2, 4), torch.ones(3))


def test_widths_may_be_one_for_each_knot():
    assert make(points=(1, 2, 7, 2), widths=(1, 2, 3)).tapered
    assert not make(points=(1, 2, 7, 2)).tapered


@pytest.mark.parametrize(
    ("filled", "message"),
    [
        (torch.ones(1, 2), r"filled must be a torch.Tensor of torch.bool or None, got torch.float32"),
        ([True, False], r"filled must be a torch.Tensor of torch.bool or None, got list"),
        (torch.ones(2, 1, dtype=torch.bool), r"filled must have the shape \[1, 2\].* got \[2, 1\]"),
    ],
)
def test_what_is_filled_is_told_by_booleans(filled, message):
    with pytest.raises(ValueError, match=message):
        Scene(torch.ones(1, 2, 4, 2), torch.ones(1, 2), torch.ones(1, 2, 4), torch.ones(3), filled)


def test_nothing_is_filled_unless_told():
    assert make().fills().tolist() == [[False, False]]


@pytest.mark.parametrize("rasterizer", [NativeRasterizer(), ReferenceRasterizer()])
@pytest.mark.parametrize("name", ["points", "widths", "colors"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_not_finite_name_their_stroke(rasterizer: Rasterizer, name, value):
    scene = random_scene(strokes=5)
    with torch.no_grad():
        getattr(scene, name)[1, 3] = value
    with pytest.raises(ValueError, match=f"stroke 3 of canvas 1 has {name} that are not finite"):
        rasterizer.render(scene, 16, 16)


def test_numbers_beyond_float32s_pixels_are_refused():
    scene = random_scene()
    with torch.no_grad():
        scene.points[0, 2, 1, 0] = 3e7
    with pytest.raises(ValueError, match=r"stroke 2 of canvas 0 has points beyond 1,000,000"):
        NativeRasterizer().render(scene, 16, 16)


def test_a_background_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="background has values that are not finite"):
        NativeRasterizer().render(Scene(torch.ones(1, 1, 4, 2), torch.ones(1, 1), torch.ones(1, 1, 4), torch.full((3,), torch.nan)), 8, 8)


@pytest.mark.parametrize("make_rasterizer", [NativeRasterizer, ReferenceRasterizer])
@pytest.mark.parametrize("supersampling", [0, -1, 1.5, 17])
def test_supersampling_is_a_small_whole_number(make_rasterizer, supersampling):
    with pytest.raises(ValueError, match="supersampling must be a whole number"):
        make_rasterizer(supersampling)


@pytest.mark.parametrize("size", [(0, 8), (8, -1), (8, 8.0)])
def test_sizes_are_whole_pixels(size):
    with pytest.raises(ValueError, match="must be a whole number of pixels"):
        NativeRasterizer().render(random_scene(), *size)


def test_threads_are_at_least_one():
    with pytest.raises(ValueError, match="threads must be a whole number, at least 1, got 0"):
        NativeRasterizer(threads=0)


class TestPolyline:
    def test_handles_lie_at_thirds_of_the_chords(self):
        found = polyline(torch.tensor([[0.0, 0.0], [3.0, 6.0], [3.0, 0.0]]))
        assert found.tolist() == [[0, 0], [1, 2], [2, 4], [3, 6], [3, 4], [3, 2], [3, 0]]

    def test_leading_dimensions_stay(self):
        assert polyline(torch.zeros(5, 2, 4, 2)).shape == (5, 2, 10, 2)

    def test_costs_one_piece_a_chord_however_long(self):
        corners = 1000 * torch.rand(1, 20, 8, 2, generator=torch.Generator().manual_seed(0))
        assert (count_pieces(polyline(corners)[0].numpy(), 2.0) == 1).all()

    def test_gradients_flow_to_the_corners(self):
        corners = torch.rand(2, 3, 2, dtype=torch.float64, requires_grad=True)
        assert torch.autograd.gradcheck(polyline, corners)

    @pytest.mark.parametrize("shape", [(2,), (1, 2), (4, 3)])
    def test_other_shapes_are_refused(self, shape):
        with pytest.raises(ValueError, match=r"a polyline's points must have the shape"):
            polyline(torch.zeros(shape))
