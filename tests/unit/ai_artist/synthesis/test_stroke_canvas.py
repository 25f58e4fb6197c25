import numpy as np
import pytest
import torch

from ai_artist.strokes import Stroke
from ai_artist.synthesis.brush import PAPER_BRUSH, Brush
from ai_artist.synthesis.canvas import DivergedError
from ai_artist.synthesis.stroke_canvas import StrokeCanvas


def canvas(candidates: int = 2, **brush: object) -> StrokeCanvas:
    return StrokeCanvas(Brush(**{"strokes": 5, **brush}), candidates, torch.Generator().manual_seed(0))


def darker(canvas: StrokeCanvas, steps: int = 1) -> None:
    for _ in range(steps):
        canvas.render(32).sum().backward()
        canvas.step(1.0)


def test_steps_lower_the_loss():
    subject = canvas()
    before = subject.render(32).sum().item()
    darker(subject, 30)
    assert subject.render(32).sum().item() < before


def test_settled_strokes_do_not_move_and_the_others_do():
    subject = canvas(candidates=1)
    darker(subject, 3)
    first = subject.settle(3)
    second = subject.settle(2)
    open_before = subject.points[0, 2:].detach().clone()
    darker(subject, 5)
    assert subject.stroke(0) == first
    assert subject.stroke(1) == second
    assert not torch.equal(subject.points[0, 2:], open_before)


def test_settling_changes_only_the_order():
    subject = canvas(candidates=1)
    darker(subject, 3)
    strokes = [subject.stroke(index) for index in range(5)]
    assert subject.settle(4) == strokes[4]
    assert [subject.stroke(index) for index in range(5)] == [strokes[index] for index in (4, 0, 1, 2, 3)]


def test_keeping_a_candidate_keeps_its_strokes_and_the_optimisers_memory():
    subject, alone = canvas(candidates=3), canvas(candidates=3)
    darker(subject, 5)
    darker(alone, 5)
    subject.keep(torch.tensor([1]))
    assert torch.equal(subject.points[0], alone.points[1])
    darker(subject, 5)
    darker(alone, 5)
    assert torch.allclose(subject.points[0], alone.points[1], atol=1e-5)


def test_strokes_stay_on_the_canvas_and_within_the_brush():
    subject = canvas(candidates=1, thinnest=0.02, thickest=0.03)
    darker(subject, 60)
    assert subject.points.min() >= 0
    assert subject.points.detach().max() <= 1
    assert subject.widths.min() >= 0.02
    assert subject.widths.max() <= 0.03


def test_ink_stays_black_of_one_width_and_colour_moves():
    black, colour = canvas(thinnest=0.02, thickest=0.02), canvas(palette=None)
    before = colour.colors.detach().clone()
    darker(black, 5)
    darker(colour, 5)
    assert (black.colors[..., :3] == 0).all()
    assert (black.widths == 0.02).all()
    assert not torch.equal(colour.colors, before)


def test_a_palette_is_kept_and_its_colours_are_chosen_by_the_loss():
    red, white = (1.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    subject = canvas(candidates=1, palette=(red, white))
    darker(subject, 150)
    assert {subject.stroke(index).rgba for index in range(5)} == {(*red, 1.0)}


def test_short_strokes_stay_short_and_shapes_stay_closed():
    wandering = canvas(candidates=1, cubics=3, fewest_cubics=1, strokes=40)
    shape = canvas(candidates=1, filled=True)
    before = [wandering.stroke(index).cubics for index in range(40)]
    assert set(before) == {1, 2, 3}
    darker(wandering, 5)
    darker(shape, 5)
    assert [wandering.stroke(index).cubics for index in range(40)] == before
    for stroke in (shape.stroke(index) for index in range(5)):
        assert stroke.filled
        assert stroke.points[0] == stroke.points[-1]


def test_the_papers_brush_begins_as_published():
    subject = StrokeCanvas(PAPER_BRUSH, 1, torch.Generator().manual_seed(0))
    strokes = [subject.stroke(index) for index in range(subject.strokes)]
    assert len(strokes) == 256
    steps = [abs(b[axis] - a[axis]) for stroke in strokes for a, b in zip(stroke.points, stroke.points[1:], strict=False) for axis in (0, 1)]
    assert max(steps) <= 0.05 + 1e-6
    assert max(steps) > 0.049
    assert all(abs(stroke.width - 2 / 224) < 1e-6 for stroke in strokes)
    assert min(stroke.rgba[3] for stroke in strokes) < 0.1


def test_a_given_drawing_comes_first_and_then_moves():
    line = Stroke(((0.2, 0.2), (0.3, 0.2), (0.4, 0.2), (0.5, 0.2)), 0.05, (0.0, 0.0, 1.0, 0.5))
    triangle = Stroke(((0.6, 0.6), (0.7, 0.6), (0.8, 0.6), (0.8, 0.7), (0.8, 0.8), (0.7, 0.7), (0.6, 0.6)), 0.01, (1.0, 0.0, 0.0, 1.0), filled=True)
    subject = StrokeCanvas(Brush(strokes=4, palette=None), 2, torch.Generator().manual_seed(0), (line, triangle))
    assert subject.strokes == 4
    for given, drawn in zip((line, triangle), (subject.stroke(0), subject.stroke(1)), strict=True):
        assert drawn.filled == given.filled
        assert np.allclose(drawn.points[: len(given.points)], given.points)
        assert drawn.width == pytest.approx(given.width)
        assert drawn.rgba == pytest.approx(given.rgba)
    darker(subject, 5)
    assert len(subject.stroke(0).points) == 4
    assert not np.allclose(subject.stroke(0).points, line.points)
    assert subject.stroke(1).points[0] == subject.stroke(1).points[-1]


def test_more_strokes_than_the_brush_has_may_be_given():
    line = Stroke(((0.2, 0.2), (0.3, 0.2), (0.4, 0.2), (0.5, 0.2)), 0.05, (0.0, 0.0, 1.0, 0.5))
    assert StrokeCanvas(Brush(strokes=2), 1, torch.Generator(), (line,) * 7).strokes == 7


def test_a_gradient_that_is_not_a_number_moves_nothing():
    subject = canvas()
    darker(subject, 2)
    before = subject.points.detach().clone()
    (subject.render(32).sum() * float("nan")).backward()
    with pytest.raises(DivergedError):
        subject.step(1.0)
    assert torch.isfinite(subject.points).all()
    darker(subject)
    assert not torch.equal(subject.points, before)


def test_after_a_divergence_what_was_settled_stays_where_it_was_seen():
    subject = canvas(candidates=1)
    darker(subject, 3)
    before = subject.points[0, 4].detach().clone()
    seen = subject.settle(2)
    (subject.render(32).sum() * float("nan")).backward()
    with pytest.raises(DivergedError):
        subject.step(1.0)
    assert subject.stroke(0) == seen
    assert not torch.equal(subject.points[0, 4], before)


def parts_of(subject, size):
    """The whole picture, and the picture without each stroke."""
    shown = torch.cat([torch.ones(1, subject.strokes, dtype=torch.bool), ~torch.eye(subject.strokes, dtype=torch.bool)])
    return list(subject.render_parts(size, shown))


def test_without_each_stroke_the_picture_lacks_just_its_ink():
    pictures = torch.cat(parts_of(canvas(candidates=1), 32))
    assert pictures.shape == (6, 3, 32, 32)
    assert (pictures[1:] >= pictures[:1] - 1e-5).all()
    assert all(not torch.equal(pictures[0], without) for without in pictures[1:])


def test_not_too_many_parts_are_painted_at_a_time():
    batches = parts_of(canvas(candidates=1, strokes=70), 16)
    assert sum(map(len, batches)) == 71
    assert max(map(len, batches)) < 36


def test_a_stroke_that_is_dropped_is_gone_and_one_that_is_bent_stays_so():
    subject = canvas(candidates=1)
    kept = [subject.stroke(index) for index in (0, 1, 3, 4)]
    subject.drop(2)
    assert [subject.stroke(index) for index in range(4)] == kept
    other = tuple((0.3 + 0.01 * number, 0.4) for number in range(len(kept[1].points)))
    subject.bend(1, other)
    assert list(subject.stroke(1).points) == [pytest.approx(point) for point in other]
    assert subject.stroke(2) == kept[2]


def test_a_drawing_is_shifted_as_a_whole_and_not_off_its_canvas():
    subject = canvas(candidates=1)
    before = subject.points.detach().clone()
    subject.shift(0.01, 0.0)
    assert (subject.points.detach() - before)[..., 0].median().item() == pytest.approx(0.01, abs=1e-5)
    subject.shift(5.0, 0.0)
    assert subject.points.detach().max() <= 1


def test_pictures_are_on_the_device_that_was_asked_for_and_few_numbers_on_the_cpu():
    line = Stroke(((0.2, 0.2), (0.3, 0.2), (0.4, 0.2), (0.5, 0.2)), 0.05, (0.0, 0.0, 1.0, 0.5))
    brush = Brush(strokes=5, palette=((0.0, 0.0, 0.0), (1.0, 0.0, 0.0)))
    # The meta device computes shapes only, and refuses to be mixed with the CPU as CUDA does.
    subject = StrokeCanvas(brush, 2, torch.Generator().manual_seed(0), (line,), torch.device("meta"))
    subject.keep(torch.tensor([1]))
    assert subject.points.device == torch.device("cpu")
    assert subject.render(32).device == next(subject.render_parts(32, torch.ones(1, 5, dtype=torch.bool))).device == torch.device("meta")
