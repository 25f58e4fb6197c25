from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import torch

from ai_artist.budget import Iterations, Seconds
from ai_artist.errors import ArtistError
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.method import Method
from ai_artist.synthesis.pixel import PIXEL, PixelCanvas
from ai_artist.synthesis.run import LARGEST_SEED, Run

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
