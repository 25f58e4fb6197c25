import torch

from ai_artist.strokes import Stroke
from ai_artist.synthesis.brush import Brush
from ai_artist.synthesis.priors import Priors, sampled
from ai_artist.synthesis.stroke_canvas import StrokeCanvas


def canvas(*strokes):
    start = [Stroke(points, 0.022, (0.0, 0.0, 0.0, 1.0)) for points in strokes]
    return StrokeCanvas(Brush(strokes=len(start), cubics=1), 1, torch.Generator(), start)


LINE = ((0.2, 0.2), (0.4, 0.2), (0.6, 0.2), (0.8, 0.2))
BESIDE = ((0.2, 0.21), (0.4, 0.21), (0.6, 0.21), (0.8, 0.21))
ACROSS = ((0.5, 0.1), (0.5, 0.3), (0.5, 0.6), (0.5, 0.9))
HOOK = ((0.2, 0.2), (0.9, 0.2), (0.9, 0.8), (0.2, 0.8))


def test_length_is_that_of_the_curve_in_sides():
    assert Priors(length=2.0).cost(canvas(LINE).tied_points()).item() == torch.tensor(1.2).item()
    assert abs(sampled(torch.tensor(HOOK)).diff(dim=0).norm(dim=-1).sum().item() - 1.32) < 0.03


def test_turning_costs_and_going_straight_does_not():
    assert Priors(bending=1.0).cost(canvas(LINE).tied_points()).item() < 0.15
    assert Priors(bending=1.0).cost(canvas(HOOK).tied_points()).item() > 0.5


def test_a_line_along_another_is_dear_and_one_across_it_is_not():
    along, across = (Priors(doubling=1.0).cost(canvas(LINE, other).tied_points()).item() for other in (BESIDE, ACROSS))
    assert along > 5 * across
    assert along > 0.2


def test_the_price_moves_the_points():
    ink = canvas(HOOK)
    Priors(length=1.0, bending=1.0, doubling=1.0).cost(ink.tied_points()).sum().backward()
    assert torch.isfinite(ink.points.grad).all()
    assert ink.points.grad.abs().sum() > 0
