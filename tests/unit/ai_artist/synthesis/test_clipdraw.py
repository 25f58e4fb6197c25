import pytest
import torch

from ai_artist.errors import ArtistError
from ai_artist.synthesis.clipdraw import Brush, StrokeCanvas


def canvas(candidates: int = 2, **brush: object) -> StrokeCanvas:
    return StrokeCanvas(Brush(**{"strokes": 5, **brush}), candidates, torch.Generator().manual_seed(0))


def darker(canvas: StrokeCanvas, steps: int = 1) -> None:
    for _ in range(steps):
        canvas.step(canvas.render(32).sum(), 1.0)


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
    subject.keep(1)
    assert torch.equal(subject.points[0], alone.points[1])
    darker(subject, 5)
    darker(alone, 5)
    assert torch.allclose(subject.points[0], alone.points[1], atol=1e-5)


def test_strokes_stay_on_the_canvas_and_within_the_brush():
    subject = canvas(candidates=1, thinnest=0.02, thickest=0.03)
    darker(subject, 60)
    assert subject.points.min() >= 0
    assert subject.points.max() <= 1
    assert subject.widths.min() >= 0.02
    assert subject.widths.max() <= 0.03


def test_ink_stays_black_and_colour_moves():
    black, colour = canvas(ink=True), canvas(ink=False)
    before = colour.colors.detach().clone()
    darker(black)
    darker(colour)
    assert (black.colors[..., :3] == 0).all()
    assert not torch.equal(colour.colors, before)


def test_without_each_stroke_the_picture_lacks_just_its_ink():
    pictures = canvas(candidates=1).render_without_each(32)
    assert pictures.shape == (6, 3, 32, 32)
    assert (pictures[1:] >= pictures[:1] - 1e-5).all()
    assert all(not torch.equal(pictures[0], without) for without in pictures[1:])


@pytest.mark.parametrize("brush", [{"strokes": 0}, {"cubics": 0}])
def test_a_brush_without_strokes_is_refused(brush):
    with pytest.raises(ArtistError):
        Brush(**brush)
