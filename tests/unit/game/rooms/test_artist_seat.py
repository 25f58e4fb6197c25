"""The artist's seat, with a studio that draws what a test tells it to."""

import asyncio
import time

import pytest

from game.drawing.operations import read_operations
from game.rooms.artist_seat import ArtistSeat
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistStarted, ArtistThought, Ink
from game.rules.effects import Commission, Manner, StartDrawing
from game.studio.base import DrawingEvolved, DrawingFinished, DrawingStarted, Mark, StrokeDrawn, StudioError


def mark(x: float) -> Mark:
    return Mark(((x, 0.1), (x, 0.2), (x, 0.3), (x, 0.4)), 0.02, (0.0, 0.0, 0.0, 1.0))


DRAWING = (DrawingStarted(0.5), *(StrokeDrawn((mark(number / 10),)) for number in range(1, 5)), DrawingFinished(0.8))


class Studio:
    """Draws the same for everybody; what is drawn ahead stops before `stop` events until it is hurried."""

    def __init__(self, events=DRAWING, stop: int | None = None) -> None:
        self.events, self.stop = events, stop
        self.jobs, self.hurried, self.cancelled = [], asyncio.Event(), []

    async def draw(self, job):
        self.jobs.append(job)
        try:
            for number, event in enumerate(self.events):
                if job.ahead and number == self.stop:
                    await self.hurried.wait()
                await asyncio.sleep(0)
                if isinstance(event, Exception):
                    raise event
                yield event
        except (GeneratorExit, asyncio.CancelledError):
            self.cancelled.append(job.commission)
            raise

    def hurry(self, job):
        self.hurried.set()


class Seat:
    """What it posted, and when."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.posted: list[tuple[float, object]] = []
        self.seat = ArtistSeat(studio, lambda command: self.posted.append((time.monotonic(), command)))

    @property
    def kinds(self) -> list[type]:
        return [type(command) for _, command in self.posted]

    async def until(self, kind: type) -> None:
        async with asyncio.timeout(10):
            while kind not in self.kinds:
                await asyncio.sleep(0.01)


WANTED = Commission("house", 1.0, 7)


async def test_a_cold_drawing_comes_as_it_is_drawn():
    table = Seat(Studio())
    table.seat.draw(StartDrawing(3, WANTED))
    await table.until(ArtistFinished)
    assert table.kinds == [ArtistStarted, Ink, Ink, Ink, Ink, ArtistFinished]
    assert table.posted[0][1] == ArtistStarted(3, 0.5)
    assert [command.frame.records[0].stroke for _, command in table.posted if isinstance(command, Ink)] == [1, 2, 3, 4]


async def test_what_was_drawn_ahead_is_shown_at_the_turns_pace_and_not_drawn_again():
    table = Seat(Studio())
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    began = time.monotonic()
    table.seat.draw(StartDrawing(3, WANTED))
    await table.until(ArtistFinished)
    assert len(table.studio.jobs) == 1
    times = [at - began for at, command in table.posted if isinstance(command, Ink)]
    assert times[0] < 0.25
    assert 0.7 < times[-1] < 3
    assert times[1] - times[0] > 0.2


async def test_what_is_not_ready_when_its_turn_comes_is_hurried():
    table = Seat(Studio(stop=3))
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    assert not table.posted
    table.seat.draw(StartDrawing(3, WANTED))
    await table.until(ArtistFinished)
    assert table.studio.hurried.is_set()
    assert table.kinds.count(Ink) == 4


async def test_another_commission_than_the_one_prepared_is_drawn_cold():
    table = Seat(Studio(stop=3))
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    table.seat.draw(StartDrawing(3, Commission("house", 1.0, 7, Manner(style="neon"))))
    await table.until(ArtistFinished)
    assert [job.ahead for job in table.studio.jobs] == [True, False]
    assert table.studio.cancelled == [WANTED]


async def test_what_will_not_be_wanted_after_all_is_given_up():
    table = Seat(Studio(stop=3))
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    table.seat.prepare(None)
    await asyncio.sleep(0.05)
    assert table.studio.cancelled == [WANTED]
    assert len(table.studio.jobs) == 1


async def test_what_could_not_be_drawn_ahead_is_tried_again():
    studio = Studio((StudioError("nobody"),))
    table = Seat(studio)
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    studio.events = DRAWING
    table.seat.draw(StartDrawing(3, WANTED))
    await table.until(ArtistFinished)
    assert len(studio.jobs) == 2


@pytest.mark.parametrize("error", [StudioError("nobody"), ValueError("a bug")])
async def test_whatever_goes_wrong_the_game_hears_of_it(error):
    table = Seat(Studio((error,)))
    table.seat.draw(StartDrawing(3, WANTED))
    await table.until(ArtistFailed)


async def test_in_a_pause_the_pencil_rests():
    table = Seat(Studio())
    table.seat.draw(StartDrawing(3, WANTED))
    table.seat.hold(held=True)
    await asyncio.sleep(0.1)
    assert table.kinds == []
    table.seat.hold(held=False)
    await table.until(ArtistFinished)


async def test_an_evolving_drawing_has_the_same_strokes_each_time():
    looks = (DrawingEvolved(((mark(0.1),), (mark(0.2),))), DrawingEvolved(((), (mark(0.4),))))
    table = Seat(Studio((DrawingStarted(), *looks, StrokeDrawn((mark(0.3),)), StrokeDrawn((mark(0.4),)), DrawingFinished(1.0))))
    table.seat.draw(StartDrawing(3, Commission("house", 1.0, 7, Manner(show="evolving"))))
    await table.until(ArtistFinished)
    numbers = [[record.stroke for record in command.frame.records] for _, command in table.posted if isinstance(command, Ink)]
    assert numbers == [[1, 2], [1, 2]]
    last = [command.frame for _, command in table.posted if isinstance(command, Ink)][-1]
    assert [read_operations(record.data)[0].rgba[3] for record in last.records] == [0, 255]  # what was taken away is not seen


async def test_a_cancelled_turn_leaves_what_is_drawn_ahead_alone():
    table = Seat(Studio(stop=3))
    table.seat.draw(StartDrawing(2, Commission("cat", 1.0, 1)))
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    table.seat.cancel()
    assert table.studio.cancelled == []
    table.seat.draw(StartDrawing(3, WANTED))
    await table.until(ArtistFinished)
    assert [job.commission.prompt for job in table.studio.jobs] == ["cat", "house"]


async def test_a_room_that_closes_gives_up_what_is_drawn_ahead():
    table = Seat(Studio(stop=3))
    table.seat.prepare(WANTED)
    await asyncio.sleep(0.05)
    table.seat.close()
    await asyncio.sleep(0.05)
    assert table.studio.cancelled == [WANTED]


async def test_a_duels_drawing_goes_to_the_second_canvas():
    table = Seat(Studio())
    table.seat.draw(StartDrawing(3, WANTED, canvas=1))
    await table.until(ArtistFinished)
    assert {(command.frame.turn, command.frame.canvas) for _, command in table.posted if isinstance(command, Ink)} == {(3, 1)}


async def test_how_close_the_drawing_is_is_told_with_each_stroke():
    drawing = (DrawingStarted(), StrokeDrawn((mark(0.1),), 0.2), StrokeDrawn((mark(0.2),), 0.5), StrokeDrawn((mark(0.3),)), DrawingFinished(0.5))
    for show, inks in (("settled", 3), ("evolving", 0)):
        table = Seat(Studio(drawing))
        table.seat.draw(StartDrawing(3, Commission("house", 1.0, 7, Manner(show=show))))
        await table.until(ArtistFinished)
        assert [command for _, command in table.posted if isinstance(command, ArtistThought)] == [ArtistThought(3, 0.2), ArtistThought(3, 0.5)]
        assert table.kinds.count(Ink) == inks
