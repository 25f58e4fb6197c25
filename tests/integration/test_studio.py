"""The studio with real worker processes."""

import asyncio
import os
import signal
import time
from contextlib import aclosing

import pytest
import pytest_asyncio

from game.rules.effects import Commission, Manner
from game.studio.base import DrawingEvolved, DrawingFinished, DrawingJob, DrawingStarted, StrokeDrawn, StudioError
from game.studio.local import LocalStudio
from game.studio.placing import marks_of
from tests.hand_sketches import HAND_SKETCHES
from tests.unit.game.drawing.ink import stroke

pytestmark = [pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def studio():
    """One for all tests, for it takes a while to warm up; what one of them breaks it mends itself."""
    studio = LocalStudio("doodle-clip", workers=1)
    await studio.start()
    yield studio
    await studio.stop()


def job(word: str, seconds: float, seed: int = 1, manner: Manner | None = None, *, ahead: bool = False) -> DrawingJob:
    return DrawingJob(Commission(word, seconds, seed, manner or Manner()), ahead)


async def draw(studio: LocalStudio, wanted: DrawingJob) -> list[tuple[float, object]]:
    """All events of a job with the seconds since it was given."""
    began = time.monotonic()
    return [(time.monotonic() - began, event) async for event in studio.draw(wanted)]


async def warm(studio: LocalStudio, workers: int = 1) -> None:
    async with asyncio.timeout(120):
        while len(studio.warm_pids) < workers:
            await asyncio.sleep(0.1)


def share_in_sight(times: list[float]) -> float:
    """The part of a drawing's time that passes while its strokes come: near 0 if all come together at its end, however fast the machine is."""
    return (times[-1] - times[0]) / times[-1]


def kinds(events: list[tuple[float, object]]) -> list[type]:
    return [type(event) for _, event in events]


async def test_a_drawing_comes_stroke_by_stroke_within_its_time(studio):
    await warm(studio)
    events = await draw(studio, job("house", 6))
    assert kinds(events)[0] is DrawingStarted
    assert kinds(events)[-1] is DrawingFinished
    assert set(kinds(events)[1:-1]) == {StrokeDrawn}
    assert len(events) >= 7
    times = [seconds for seconds, event in events if isinstance(event, StrokeDrawn)]
    assert share_in_sight(times) > 0.4
    assert 0.6 * 6 < times[-1] < 3 * 6


@pytest.mark.slow
async def test_an_evolving_drawing_shows_all_strokes_again_and_again_and_settles_at_the_end(studio):
    await warm(studio)
    events = await draw(studio, job("house", 8, manner=Manner(show="evolving")))
    looks = [event.strokes for _, event in events if isinstance(event, DrawingEvolved)]
    assert len(looks) > 3
    assert len(looks[0]) > 4
    assert looks[0] != looks[-1]
    assert StrokeDrawn in kinds(events)[-8:]


@pytest.mark.slow
async def test_a_style_is_several_marks_a_stroke(studio):
    await warm(studio)
    events = await draw(studio, job("house", 2, manner=Manner(style="neon", colours=False)))
    assert {len(event.marks) for _, event in events if isinstance(event, StrokeDrawn)} == {4}


async def test_the_event_loop_is_free_while_the_artist_is_at_full_load(studio):
    await warm(studio)
    drawing = asyncio.create_task(draw(studio, job("castle", 4)))
    ticks = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 100
    assert isinstance(drawing.result()[-1][1], DrawingFinished)


async def test_a_cancelled_drawing_frees_its_worker(studio):
    await warm(studio)
    async with aclosing(studio.draw(job("house", 100))) as events:
        async for event in events:
            if isinstance(event, StrokeDrawn):
                break
    assert not studio.busy_pids
    assert isinstance((await draw(studio, job("umbrella", 3)))[-1][1], DrawingFinished)


@pytest.mark.slow
@pytest.mark.undisturbed
async def test_drawings_wanted_at_once_take_turns(studio):
    await warm(studio)
    first, second = await asyncio.gather(draw(studio, job("house", 5)), draw(studio, job("umbrella", 5)))
    for events, others in ((first, second), (second, first)):
        assert isinstance(events[-1][1], DrawingFinished)
        assert events[1][0] < others[-1][0]  # neither waits for the other's end


@pytest.mark.slow
@pytest.mark.undisturbed
async def test_what_is_drawn_ahead_lets_the_others_go_first_and_comes_whole(studio):
    await warm(studio)
    ahead = asyncio.create_task(draw(studio, job("umbrella", 4, ahead=True)))
    await asyncio.sleep(0.3)
    now = await draw(studio, job("house", 3))
    assert isinstance(now[-1][1], DrawingFinished)
    assert not ahead.done()
    times = [seconds for seconds, event in await ahead if isinstance(event, StrokeDrawn)]
    assert len(times) >= 5
    assert share_in_sight(times) < 0.2


@pytest.mark.slow
@pytest.mark.undisturbed
async def test_what_is_drawn_ahead_can_be_hurried(studio):
    await warm(studio)
    wanted, times = job("umbrella", 15, ahead=True), []
    began = time.monotonic()
    async for event in studio.draw(wanted):
        if isinstance(event, DrawingStarted):
            await asyncio.sleep(1)
            studio.hurry(wanted)
        if isinstance(event, StrokeDrawn):
            times.append(time.monotonic() - began)
    assert share_in_sight(times) > 0.4


@pytest.mark.slow
@pytest.mark.undisturbed
async def test_what_is_hurried_before_it_was_begun_comes_stroke_by_stroke_too(studio):
    await warm(studio)
    live = asyncio.create_task(draw(studio, job("house", 4)))
    await asyncio.sleep(0.5)
    wanted = job("umbrella", 15, ahead=True)
    ahead = asyncio.create_task(draw(studio, wanted))
    await asyncio.sleep(0.5)
    studio.hurry(wanted)
    times = [seconds for seconds, event in await ahead if isinstance(event, StrokeDrawn)]
    assert share_in_sight(times) > 0.4
    assert isinstance((await live)[-1][1], DrawingFinished)
    assert not studio._hurried


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_worker_that_is_killed_or_stuck_is_replaced_and_the_drawing_goes_on(studio, how):
    await warm(studio, workers=2)
    strokes, broken = [], 0
    async with aclosing(studio.draw(job("house", 40))) as drawing:  # the silence of one that is stuck takes a good part of it
        async for event in drawing:
            if isinstance(event, StrokeDrawn):
                strokes.append(event.marks)
                if len(strokes) == 2 and not broken:
                    broken = studio.busy_pids[0]
                    os.kill(broken, how)
    assert broken not in studio.warm_pids
    assert isinstance(event, DrawingFinished)
    assert len(strokes) >= 5
    assert len({marks[0].points for marks in strokes}) == len(strokes)  # nothing is shown twice


@pytest.mark.slow
async def test_with_every_worker_gone_what_was_drawn_stays():
    studio = LocalStudio("doodle-clip", workers=1)
    await studio.start()
    await warm(studio)
    strokes = 0
    async with aclosing(studio.draw(job("house", 3))) as drawing:
        async for event in drawing:
            if isinstance(event, StrokeDrawn):
                strokes += 1
                for keeper in studio._keepers:  # nobody starts another
                    keeper.cancel()
    assert strokes >= 1
    assert isinstance(event, DrawingFinished)


async def test_nobody_free_in_time_is_an_error():
    studio = LocalStudio("doodle-clip", workers=1)  # never started: nobody will ever be free
    with pytest.raises(StudioError, match="free in time"):
        await draw(studio, job("house", 0.1))


async def test_a_job_that_cannot_be_done_is_an_error_and_the_worker_lives(studio):
    await warm(studio)
    with pytest.raises(StudioError, match="prompt"):
        await draw(studio, job("x" * 300, 3))
    assert isinstance((await draw(studio, job("house", 2)))[-1][1], DrawingFinished)


def sketched(word: str, strokes: int | None = None) -> bytes:
    """A person's sketch as ink, or its first strokes."""
    place = [[(150 + 500 * float(x), 50 + 500 * float(y)) for x, y in points] for points in HAND_SKETCHES[word][:strokes]]
    return b"".join(stroke(*points, number=number) for number, points in enumerate(place, 1))


async def test_a_sketch_is_looked_at_and_named(studio):
    await warm(studio)
    words = list(HAND_SKETCHES)
    for word in ("umbrella", "snowman", "ladder"):
        ranking = await studio.look(sketched(word), words)
        assert ranking[0][0] == word
        assert ranking[0][1] > 0.5
        assert len(ranking) == 16  # the likeliest few
        assert [sureness for _, sureness in ranking] == sorted((sureness for _, sureness in ranking), reverse=True)
    assert await studio.look(b"", words) == ()
    assert await studio.look(sketched("umbrella"), ["house"]) == (("house", 1.0),)
    with pytest.raises(StudioError):
        await studio.look(b"no ink at all", words)
    assert (await studio.look(sketched("umbrella"), words))[0][0] == "umbrella"


async def test_looks_do_not_wait_for_drawings(studio):
    await warm(studio)
    drawing = asyncio.create_task(draw(studio, job("castle", 60)))
    await asyncio.sleep(0.5)
    looks = await asyncio.gather(*(studio.look(sketched("umbrella"), list(HAND_SKETCHES)) for _ in range(6)))
    assert not drawing.done()
    assert len(set(looks)) == 1
    drawing.cancel()
    await asyncio.gather(drawing, return_exceptions=True)


async def test_a_look_that_nobody_waits_for_is_no_burden(studio):
    await warm(studio)
    looks = [asyncio.create_task(studio.look(sketched("umbrella"), list(HAND_SKETCHES))) for _ in range(5)]
    await asyncio.sleep(0)
    for look in looks:
        look.cancel()
    await asyncio.gather(*looks, return_exceptions=True)
    assert not studio.busy_pids
    assert await studio.look(sketched("umbrella"), ["house"])


async def test_a_drawing_goes_on_from_a_persons_strokes(studio):
    await warm(studio)
    begun = sketched("house", 2)
    events = await draw(studio, DrawingJob(Commission("house", 4, 1, begun=begun)))
    assert kinds(events)[0] is DrawingStarted
    assert kinds(events)[-1] is DrawingFinished
    assert set(kinds(events)[1:-1]) == {StrokeDrawn}
    drawn = [event.marks for _, event in events if isinstance(event, StrokeDrawn)]
    assert len(drawn) >= 3
    # What comes is new: no stroke of the person's, however much of it the artist sees.
    theirs = {rounded(mark) for mark in marks_of(begun)}
    assert len(theirs) == 2
    assert not theirs & {rounded(mark) for marks in drawn for mark in marks}
    assert all(event.similarity is not None for _, event in events if isinstance(event, StrokeDrawn))


def rounded(mark) -> tuple[tuple[float, float], ...]:
    return tuple((round(x, 2), round(y, 2)) for x, y in mark.points)


async def test_with_no_time_to_draw_and_nobody_there_what_is_begun_is_not_taken_for_a_drawing():
    studio = LocalStudio("doodle-clip", workers=1)  # never started
    with pytest.raises(StudioError, match="free in time"):
        await draw(studio, DrawingJob(Commission("house", 0.1, 1, begun=sketched("house", 2))))
    with pytest.raises(StudioError, match="there to look"):
        await studio.look(sketched("house"), ["house"])


async def test_a_worker_that_dies_while_it_looks_is_an_error_and_the_next_look_works(studio):
    """The last of all, for a new worker takes a while to warm up."""
    await warm(studio, workers=2)
    looker = studio.warm_pids[-1]  # the spare looks
    os.kill(looker, signal.SIGSTOP)
    look = asyncio.create_task(studio.look(sketched("umbrella"), list(HAND_SKETCHES)))
    await asyncio.sleep(0.2)
    assert studio.busy_pids == [looker]
    os.kill(looker, signal.SIGKILL)
    with pytest.raises(StudioError, match="ended"):
        await look
    assert (await studio.look(sketched("umbrella"), list(HAND_SKETCHES)))[0][0] == "umbrella"
