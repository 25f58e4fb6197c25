"""What is told to diffvg, by a stand-in that writes it down; and what is said where there is no diffvg."""

import sys
from types import SimpleNamespace
from typing import ClassVar

import pytest
import torch

from ai_artist.rasterizer import DiffvgRasterizer, RasterizerError, Scene, make_rasterizer

from .scenes import black_fills, black_strokes, line


@pytest.fixture
def without_pydiffvg(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydiffvg", None)  # an import of it fails, installed or not


@pytest.mark.usefixtures("without_pydiffvg")
@pytest.mark.parametrize("make", [DiffvgRasterizer, lambda: make_rasterizer("diffvg")])
def test_where_it_is_missing_the_error_says_where_to_get_it(make):
    with pytest.raises(RasterizerError, match=r"needs the Python package pydiffvg.*no package index.*https://github.com/BachiLi/diffvg"):
        make()


class Recorded(SimpleNamespace):
    """A shape or a group: what it was made of."""


class Circle(Recorded):
    pass


@pytest.fixture
def told(monkeypatch):
    """The last scene that a stand-in for pydiffvg was told; its pictures are the background."""
    last = SimpleNamespace(device=None)

    def serialize_scene(width, height, shapes, groups):
        last.size, last.shapes, last.groups = (width, height), shapes, groups
        return ["scene"]

    def apply(width, height, samples_x, samples_y, seed, background, *scene):
        last.samples, last.background = (samples_x, samples_y), background
        assert scene == ("scene",)
        return background.clone()

    def path(num_control_points, points, is_closed, stroke_width=None):
        return Recorded(handles=num_control_points.tolist(), points=points, is_closed=is_closed, half=stroke_width)

    module = SimpleNamespace(
        Path=path,
        Circle=Circle,
        ShapeGroup=lambda **keywords: Recorded(**keywords),
        RenderFunction=SimpleNamespace(serialize_scene=serialize_scene, apply=apply),
        set_device=lambda device: setattr(last, "device", device),
    )
    monkeypatch.setitem(sys.modules, "pydiffvg", module)
    return last


def test_a_stroke_has_half_its_width_and_its_own_color(told):
    scene = black_strokes([line(1, 2, 30, 20)], width=3.0)
    picture = DiffvgRasterizer().render(scene, 20, 40)
    assert picture.shape == (1, 3, 20, 40)
    assert told.size == (40, 20)
    assert told.samples == (2, 2)
    assert told.device == torch.device("cpu")
    assert told.shapes[0].half == 1.5
    assert told.shapes[0].handles == [2]
    assert not told.shapes[0].is_closed
    assert told.groups[0].fill_color is None
    assert told.groups[0].stroke_color.tolist() == [0, 0, 0, 1]
    assert told.background.shape == (20, 40, 4)
    assert (told.background[..., 3] == 1).all()


def test_widths_of_knots_are_spread_over_the_handles(told):
    scene = black_strokes([line(0, 0, 9, 0) + line(9, 0, 18, 0)[1:]])
    DiffvgRasterizer().render(Scene(scene.points, torch.tensor([[[2.0, 8.0, 2.0]]]), scene.colors, scene.background), 8, 8)
    assert told.shapes[0].half.tolist() == pytest.approx([1, 2, 3, 4, 3, 2, 1])


def test_a_fill_is_closed_by_a_straight_line_and_wound(told):
    DiffvgRasterizer().render(black_fills([[[1.0, 1.0], [9.0, 1.0], [5.0, 9.0]]]), 10, 10)
    assert told.shapes[0].handles == [2, 2, 0]
    assert told.shapes[0].is_closed
    assert told.groups[0].fill_color.tolist() == [0, 0, 0, 1]
    assert told.groups[0].stroke_color is None
    assert told.groups[0].use_even_odd_rule is False


def test_a_dot_is_a_disc_and_what_has_no_ink_is_left_out(told):
    scene = black_strokes([[[5.0, 6.0]] * 4, line(1, 1, 5, 5), line(2, 2, 7, 7)])
    DiffvgRasterizer().render(Scene(scene.points, torch.tensor([[4.0, 0.0, 2.0]]), scene.colors, scene.background), 10, 10)
    dot, last = told.shapes
    assert isinstance(dot, Circle)
    assert (dot.radius.item(), dot.center.tolist()) == (2.0, [5.0, 6.0])
    assert told.groups[0].stroke_color is None
    assert last.half == 1.0
    assert [group.shape_ids.tolist() for group in told.groups] == [[0], [1]]


def test_gradients_reach_the_scene(told):
    scene = black_strokes([line(1, 2, 30, 20)])
    background = torch.tensor([0.2, 0.4, 0.6], requires_grad=True)
    DiffvgRasterizer().render(Scene(scene.points, scene.widths, scene.colors, background), 4, 5).sum().backward()
    assert background.grad.tolist() == [20, 20, 20]


def test_pydiffvg_is_imported_only_when_it_is_wanted(monkeypatch):
    class Finder:
        asked: ClassVar[list[str]] = []

        def find_spec(self, name, path=None, target=None):
            self.asked.append(name)

    monkeypatch.delitem(sys.modules, "pydiffvg", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder()])
    make_rasterizer("native")
    make_rasterizer("torch")
    assert "pydiffvg" not in Finder.asked
    with pytest.raises(RasterizerError):
        make_rasterizer("diffvg")
    assert "pydiffvg" in Finder.asked
