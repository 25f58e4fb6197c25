import asyncio
from contextlib import aclosing
from dataclasses import replace
from itertools import pairwise

import pytest

from game.rules.effects import Commission
from game.studio.base import DrawingFinished, DrawingJob, DrawingStarted, Mark, StrokeDrawn, StudioError
from game.studio.keeping import KeepingStudio, KeptDrawing
from tests.skipping import in_no_time, now

DAILY = Commission("house", 20.0, 7, keep_as="2026-11-25/en/1")
PLAIN = Commission("house", 20.0, 7)


def strokes(*places: float) -> tuple[StrokeDrawn, ...]:
    return tuple(StrokeDrawn((Mark(((at, 0.1),) * 4, 0.02, (0.0, 0.0, 0.0, 1.0)),), at) for at in places)


DRAWING = (DrawingStarted(0.5), *strokes(0.1, 0.2, 0.3, 0.4), DrawingFinished(0.8))


class Studio:
    """Draws for eight seconds, something else each time."""

    def __init__(self) -> None:
        self.jobs: list[DrawingJob] = []
        self.hurried: list[DrawingJob] = []
        self.given_up = 0
        self.held: asyncio.Event | None = None
        """Where given, nothing is drawn before it is set, or hurried."""
        self.calls: list[object] = []
        self.error: Exception | None = None
        self.events = DRAWING

    async def start(self):
        self.calls.append("start")

    async def stop(self):
        self.calls.append("stop")

    async def draw(self, job):
        self.jobs.append(job)
        try:
            for event in self.events:
                if self.error is not None:
                    raise self.error
                if self.held is not None:
                    await self.held.wait()
                if isinstance(event, StrokeDrawn):
                    await asyncio.sleep(2)
                    event = replace(event, similarity=float(len(self.jobs)))
                yield event
        except (GeneratorExit, asyncio.CancelledError):
            self.given_up += 1
            raise

    async def look(self, ink, words):
        self.calls.append((ink, words))
        return (("house", 1.0),)

    def hurry(self, job):
        self.hurried.append(job)
        if self.held is not None:
            self.held.set()


class Keeper:
    """A drawer full of drawings."""

    def __init__(self) -> None:
        self.kept: dict[str, KeptDrawing] = {}
        self.error_at_find: Exception | None = None
        self.error_at_keep: Exception | None = None
        self.sooner: KeptDrawing | None = None
        """What somebody else keeps while one is at work."""

    async def find(self, name):
        await asyncio.sleep(0.01)
        if self.error_at_find is not None:
            raise self.error_at_find
        return self.kept.get(name)

    async def keep(self, name, drawing):
        await asyncio.sleep(0.01)
        if self.error_at_keep is not None:
            raise self.error_at_keep
        return self.kept.setdefault(name, self.sooner or drawing)


async def drawn(studio: KeepingStudio, commission: Commission = DAILY, *, ahead: bool = False) -> list[tuple[float, object]]:
    """The events of a job, each with the seconds since it was given."""
    began = now()
    return [(now() - began, event) async for event in studio.draw(DrawingJob(commission, ahead))]


def events(found: list[tuple[float, object]]) -> list[object]:
    return [event for _, event in found]


@in_no_time
async def test_there_is_one_drawing_for_two_who_ask_at_once():
    studio = Studio()
    keeping = KeepingStudio(studio, Keeper())
    first, second = await asyncio.gather(drawn(keeping), drawn(keeping, ahead=True))
    assert events(first) == events(second)
    assert len(studio.jobs) == 1
    assert studio.jobs[0].ahead


@in_no_time
async def test_what_is_kept_is_shown_again_even_by_another_server():
    studio, keeper = Studio(), Keeper()
    keeping = KeepingStudio(studio, keeper)
    first = await drawn(keeping)
    assert events(await drawn(keeping)) == events(first)
    other = Studio()
    assert events(await drawn(KeepingStudio(other, keeper))) == events(first)
    assert (len(studio.jobs), len(other.jobs)) == (1, 0)
    assert [type(event) for event in events(first)] == [type(event) for event in DRAWING]


@in_no_time
async def test_where_another_server_was_sooner_its_drawing_is_shown():
    keeper = Keeper()
    keeper.sooner = theirs = KeptDrawing(DrawingStarted(), strokes(0.7, 0.8), 0.9)
    assert events(await drawn(KeepingStudio(Studio(), keeper))) == [theirs.started, *theirs.strokes, DrawingFinished(0.9)]


@in_no_time
async def test_another_word_or_seed_under_the_same_name_is_another_drawing():
    """As when two servers with their own words use one database, or the words changed during the day."""
    studio, keeper = Studio(), Keeper()
    keeping = KeepingStudio(studio, keeper)
    for commission in (DAILY, replace(DAILY, prompt="cat"), replace(DAILY, seed=8), replace(DAILY, keep_as="2026-11-26/en/1"), DAILY):
        await drawn(keeping, commission)
    assert [job.commission.prompt for job in studio.jobs] == ["house", "cat", "house", "house"]
    assert len(keeper.kept) == 4
    assert all(name.startswith("2026-11-2") and len(name) <= 64 for name in keeper.kept)


@pytest.mark.parametrize("at", ["find", "keep"])
def test_a_store_that_fails_does_not_stop_play(at):
    @in_no_time
    async def run():
        studio, keeper = Studio(), Keeper()
        setattr(keeper, f"error_at_{at}", OSError("no database"))
        keeping = KeepingStudio(studio, keeper)
        shown = events(await drawn(keeping))
        assert shown[0] == DrawingStarted(0.5)
        assert len(shown) == 6
        setattr(keeper, f"error_at_{at}", None)
        await drawn(keeping)
        assert len(keeper.kept) == 1

    run()


@in_no_time
async def test_one_who_leaves_does_not_undo_it_for_the_others():
    studio = Studio()
    keeping = KeepingStudio(studio, Keeper())
    first, second = asyncio.create_task(drawn(keeping)), asyncio.create_task(drawn(keeping))
    await asyncio.sleep(3)
    first.cancel()
    assert len(await second) == 6
    assert (len(studio.jobs), studio.given_up) == (1, 0)


@in_no_time
async def test_what_nobody_waits_for_any_more_is_kept_all_the_same():
    studio, keeper = Studio(), Keeper()
    keeping = KeepingStudio(studio, keeper)
    async with aclosing(keeping.draw(DrawingJob(DAILY))) as shown:
        waiting = asyncio.create_task(anext(shown))
        await asyncio.sleep(3)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(10)
    assert len(keeper.kept) == 1
    await drawn(keeping)
    assert len(studio.jobs) == 1


@in_no_time
async def test_live_it_is_spread_over_its_seconds_and_ahead_it_comes_at_once():
    keeping = KeepingStudio(Studio(), Keeper())
    await drawn(keeping)
    live = [at for at, event in await drawn(keeping) if isinstance(event, StrokeDrawn)]
    assert live[0] < 0.1
    assert live[-1] == pytest.approx(0.85 * 20, abs=0.1)
    gaps = [after - before for before, after in pairwise(live)]
    assert gaps == pytest.approx([0.85 * 20 / 3] * 3, abs=0.1)
    assert (await drawn(keeping, ahead=True))[-1][0] < 0.1


@in_no_time
async def test_who_has_waited_for_it_sees_the_last_stroke_in_time_all_the_same():
    first = [at for at, event in await drawn(KeepingStudio(Studio(), Keeper())) if isinstance(event, StrokeDrawn)]
    assert first[0] == pytest.approx(8, abs=0.1)
    assert first[-1] == pytest.approx(8 + 0.85 * (20 - 8), abs=0.1)
    late = await drawn(KeepingStudio(Studio(), Keeper()), replace(DAILY, seconds=5.0))
    assert late[-1][0] == pytest.approx(8 + 0.85 * 0.3 * 5, abs=0.1)  # not all at once


@in_no_time
async def test_what_others_keep_waiting_is_hurried_once_it_is_wanted_now():
    studio = Studio()
    studio.held = asyncio.Event()  # other rooms' drawings, which go first
    keeping = KeepingStudio(studio, Keeper())
    ahead = asyncio.create_task(drawn(keeping, ahead=True))
    await asyncio.sleep(100)
    assert not studio.hurried
    live = asyncio.create_task(drawn(keeping))
    await asyncio.sleep(19)
    assert not studio.hurried
    await live
    assert set(studio.hurried) == set(studio.jobs)
    assert len(await ahead) == 6


@in_no_time
async def test_a_preparation_whose_turn_has_come_is_hurried_if_it_takes_too_long():
    studio = Studio()
    studio.held = asyncio.Event()
    keeping = KeepingStudio(studio, Keeper())
    ahead = asyncio.create_task(drawn(keeping, ahead=True))
    await asyncio.sleep(1)
    keeping.hurry(DrawingJob(DAILY, ahead=True))
    await ahead
    assert studio.hurried == studio.jobs


@in_no_time
async def test_what_is_there_in_time_is_not_hurried():
    studio = Studio()
    keeping = KeepingStudio(studio, Keeper())
    await drawn(keeping)
    await drawn(keeping)
    keeping.hurry(DrawingJob(DAILY, ahead=True))
    await asyncio.sleep(100)
    assert not studio.hurried


@in_no_time
async def test_a_drawing_of_one_stroke_has_no_pace():
    studio = Studio()
    studio.events = (DrawingStarted(), *strokes(0.1), DrawingFinished(0.5))
    assert len(await drawn(KeepingStudio(studio, Keeper()))) == 3


@in_no_time
async def test_what_cannot_be_drawn_is_an_error_for_all_who_wait_and_tried_again_for_the_next():
    studio, keeper = Studio(), Keeper()
    keeping = KeepingStudio(studio, keeper)
    studio.error = StudioError("nobody")
    failed = await asyncio.gather(drawn(keeping), drawn(keeping), return_exceptions=True)
    assert [type(error) for error in failed] == [StudioError, StudioError]
    studio.error, studio.events = None, (DrawingStarted(), DrawingFinished(0.0))
    with pytest.raises(StudioError, match="Nothing was drawn"):
        await drawn(keeping)
    assert not keeper.kept
    studio.events = DRAWING
    assert len(await drawn(keeping)) == 6


@in_no_time
async def test_other_jobs_pass_through():
    studio, keeper = Studio(), Keeper()
    keeping = KeepingStudio(studio, keeper)
    await keeping.start()
    await drawn(keeping, PLAIN)
    again = await drawn(keeping, PLAIN)
    assert len(studio.jobs) == 2
    assert not any(job.ahead for job in studio.jobs)
    assert [at for at, _ in again] == [0, 2, 4, 6, 8, 8]
    plain, daily = DrawingJob(PLAIN, ahead=True), DrawingJob(DAILY, ahead=True)
    keeping.hurry(plain)
    keeping.hurry(daily)
    assert studio.hurried == [plain]
    assert await keeping.look(b"ink", ["house"]) == (("house", 1.0),)
    await keeping.stop()
    assert studio.calls == ["start", (b"ink", ["house"]), "stop"]
    assert not keeper.kept


@in_no_time
async def test_who_goes_away_from_another_job_gives_it_up():
    studio = Studio()
    async with aclosing(KeepingStudio(studio, Keeper()).draw(DrawingJob(PLAIN))) as shown:
        async for event in shown:
            if isinstance(event, StrokeDrawn):
                break
    assert studio.given_up == 1


@in_no_time
async def test_a_server_that_stops_does_not_wait_for_it():
    studio, keeper = Studio(), Keeper()
    keeping = KeepingStudio(studio, keeper)
    waiting = asyncio.create_task(drawn(keeping))
    await asyncio.sleep(3)
    await keeping.stop()
    await asyncio.gather(waiting, return_exceptions=True)
    assert waiting.cancelled()
    assert studio.given_up == 1
    assert not keeper.kept
