"""What a worker makes of an order, with an artist of whom only what it draws is known."""

import math
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from ai_artist.artist import Artist
from ai_artist.process import Settled
from ai_artist.strokes import Stroke
from game.studio.draughtsman import Draughtsman
from game.studio.wire import DrawOrder, WorkerDone, WorkerStroke

WELL = Stroke(((0.1, 0.2),) * 4, 0.01, (0.0, 0.0, 0.0, 1.0))
ORDER = DrawOrder(1, "house", 10.0, 1)


class Drawn:
    """A drawing that is already there."""

    def __init__(self, *settled: Settled) -> None:
        self._settled = settled
        self.is_hurried = False
        self.is_over = True

    def shown(self) -> Iterator[Settled]:
        yield from self._settled

    def hurry(self) -> None:
        self.is_hurried = True


class Fake:
    """Draws what it is given; cannot begin without."""

    perceptor, second = SimpleNamespace(device=SimpleNamespace(type="cpu")), None

    def __init__(self) -> None:
        self.drawn: Drawn | None = None

    def warm_up(self) -> float:
        return 0.1

    def sureness(self, prompt: str) -> None: ...

    def begin(self, *order: object, shown: int) -> Drawn:
        if self.drawn is None:
            raise MemoryError
        return self.drawn


@pytest.fixture
def artist(monkeypatch: pytest.MonkeyPatch) -> Fake:
    artist = Fake()
    monkeypatch.setattr(Artist, "load", lambda perceptor, threads, device: artist)
    return artist


@pytest.mark.parametrize(
    "settled",
    [
        Settled(Stroke(((0.1, math.nan),) * 4, 0.01, WELL.rgba), 0.5, 0.5, 1.0),
        Settled(Stroke(WELL.points, math.inf, WELL.rgba), 0.5, 0.5, 1.0),
        Settled(Stroke(WELL.points, 0.01, (0.0, math.nan, 0.0, 1.0)), 0.5, 0.5, 1.0),
        Settled(WELL, 0.5, math.nan, 1.0),
    ],
)
@pytest.mark.parametrize("style", ["ink", "crayon", "neon"])
def test_a_stroke_that_is_no_number_is_not_told(artist: Fake, settled: Settled, style: str):
    artist.drawn = Drawn(Settled(WELL, 0.5, 0.5, 0.5), settled)
    reports = Draughtsman("none").draw(DrawOrder(1, "house", 10.0, 1, style=style, colours=False))
    next(reports)
    assert isinstance(next(reports), WorkerStroke)
    with pytest.raises(ValueError, match=r"nan|inf"):
        next(reports)


def test_nor_is_how_close_it_came(artist: Fake):
    artist.drawn = Drawn(Settled(WELL, math.nan, 0.5, 0.5))
    reports = Draughtsman("none").draw(ORDER)
    with pytest.raises(ValueError, match="similarity"):
        list(reports)


def test_of_one_that_failed_nothing_is_remembered(artist: Fake):
    draughtsman = Draughtsman("none")
    draughtsman.hurry(1)
    with pytest.raises(MemoryError):
        list(draughtsman.draw(ORDER))
    artist.drawn = Drawn()
    assert list(draughtsman.draw(ORDER))[-1] == WorkerDone(1, 0.0)
    assert not artist.drawn.is_hurried


def test_steps_are_taken_together_as_far_as_the_memory_goes(artist: Fake, monkeypatch: pytest.MonkeyPatch):
    room, tried = 3, []

    def take(runs: list[int]) -> None:
        tried.append(runs)
        if len(runs) > room:
            raise RuntimeError("out of memory")

    monkeypatch.setattr("game.studio.draughtsman.step_together", take)
    draughtsman = Draughtsman("none")
    draughtsman._processes = {job: SimpleNamespace(run=job) for job in range(5)}
    for _ in range(2):
        draughtsman.step([0, 1, 2, 3, 4])
    assert tried == [[0, 1, 2, 3, 4], [0, 1], [2, 3]]  # 4 goes alone, as all did the first time
    draughtsman.step([4])
    assert len(tried) == 3
