from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import torch

from ai_artist.artist import Artist
from ai_artist.budget import Iterations, Seconds
from ai_artist.errors import ArtistError
from ai_artist.strokes import Stroke
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.method import Method
from ai_artist.synthesis.pixel import PIXEL, PixelCanvas
from ai_artist.synthesis.run import LARGEST_SEED, Run, step_together

GOAL = Goal(torch.ones(1, 1), torch.ones(1))


class Eye:
    """A perceptor that likes what is dark."""

    size, device = 32, torch.device("cpu")

    def embed_pictures(self, pictures):
        return -pictures.mean((1, 2, 3)).view(-1, 1)


@dataclass(frozen=True, slots=True)
class SlowToBegin(Method):
    clock: SimpleNamespace | None = None

    def begin(self, materials):
        self.clock.now += 100
        return PixelCanvas(1, materials.random)


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr("ai_artist.budget.time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_loading_is_not_charged_to_the_budget(clock):
    run = Run(SlowToBegin("slow", "", clock=clock), Eye(), GOAL, Seconds(10), 0)
    assert run.spending.seconds == 0


def test_compiling_is_not_charged_to_the_budget(clock, monkeypatch):
    def compile_slowly():
        clock.now += 100

    monkeypatch.setattr("ai_artist.synthesis.run.warm_up", compile_slowly)
    assert Run(INK, Eye(), GOAL, Seconds(10), 0).spending.seconds == 0
    assert clock.now == 1100
    Run(PIXEL, Eye(), GOAL, Seconds(10), 0)
    assert clock.now == 1100  # pixels need no rasteriser


def test_a_budget_that_is_too_small_is_for_one_step(clock):
    run = Run(PIXEL, Eye(), GOAL, Seconds(10), 0)
    clock.now += 50
    assert run.fraction == 0
    run.advance()
    assert run.fraction == 5


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1, 99999999999999999999])
def test_a_seed_that_no_generator_takes_is_refused(seed):
    with pytest.raises(ArtistError, match=f"got {seed}"):
        Run(PIXEL, Eye(), GOAL, Iterations(1), seed)
    Run(PIXEL, Eye(), GOAL, Iterations(1), LARGEST_SEED)


def test_a_picture_that_cannot_even_begin_is_said(monkeypatch):
    monkeypatch.setattr(Eye, "embed_pictures", lambda self, pictures: pictures.mean((1, 2, 3)).view(-1, 1) * float("nan"))
    with pytest.raises(ArtistError, match="pixel cannot begin: the similarity was not a number"):
        Run(PIXEL, Eye(), GOAL, Iterations(5), 0).advance()


@pytest.fixture(scope="module")
def artist():
    threads = torch.get_num_threads()
    yield Artist.load(threads=1, device="cpu")
    torch.set_num_threads(threads)


def drawings(artist):
    """Three that have little in common: candidates, views, strokes, curves a stroke."""
    line = Stroke(tuple((0.2 + 0.06 * number, 0.3) for number in range(10)), 0.022, (0.0, 0.0, 0.0, 1.0))
    many = artist.begin("house", Iterations(9), 1).run
    one = artist.begin("cat", Iterations(9), 2).run
    further = artist.begin("umbrella", Iterations(9), 3, start=[line], shown=1).run
    one.halve(1.0)
    one.canvas.drop(2)
    return many, one, further


def test_a_drawing_is_the_same_whether_it_takes_its_steps_alone_or_with_others(artist):
    alone, together = drawings(artist), drawings(artist)
    before = [run.canvas.points.detach().clone() for run in alone]
    for _ in range(3):
        step_together(together)
        for run in (*alone, *together):
            run.advance()
    assert [run.canvas.points.shape[:3] for run in alone] == [(8, 16, 7), (1, 15, 7), (1, 16, 10)]
    for run, other, begun in zip(alone, together, before, strict=True):
        assert other.spending.iterations == 3
        assert torch.allclose(run.canvas.points, other.canvas.points, atol=1e-4)
        assert run.similarity == pytest.approx(other.similarity, abs=1e-5)
        assert (run.canvas.points - begun).abs().max() > 0.01


@pytest.mark.parametrize(("method", "tensor"), [(PIXEL, "pixels"), (INK, "points")])
def test_one_that_cannot_go_on_holds_up_no_other(method, tensor):
    bad, good = (Run(method, Eye(), GOAL, Iterations(5), seed) for seed in (0, 1))
    getattr(bad.canvas, tensor).data.fill_(float("nan"))
    before = getattr(good.canvas, tensor).detach().clone()
    step_together([bad, good])
    with pytest.raises(ArtistError, match=f"{method.name} cannot begin"):
        bad.advance()
    good.advance()
    assert good.spending.iterations == 1
    assert not torch.equal(getattr(good.canvas, tensor), before)
