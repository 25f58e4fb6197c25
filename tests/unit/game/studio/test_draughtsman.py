"""What a worker makes of an order, with an artist of whom only what it draws is known."""

import math
from collections.abc import Iterator

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

    def events(self) -> Iterator[Settled]:
        yield from self._settled

    def hurry(self) -> None:
        self.is_hurried = True


class Fake:
    """Draws what it is given; cannot begin without."""

    perceptor, second = "none", None

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
    monkeypatch.setattr(Artist, "load", lambda perceptor, threads: artist)
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
