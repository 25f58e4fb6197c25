"""The studio with real worker processes."""

import asyncio
import os
import signal
import time
from contextlib import aclosing

import pytest

from game.studio.base import DrawingFinished, DrawingJob, DrawingRestarted, DrawingStarted, StrokeDrawn, StudioError
from game.studio.local import LocalStudio

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
async def studio():
    studio = LocalStudio("doodle-clip", workers=1)
    await studio.start()
    yield studio
    await studio.stop()


async def draw(studio: LocalStudio, job: DrawingJob) -> list[tuple[float, object]]:
    """All events of a job with the seconds since it was given."""
    began = time.monotonic()
    return [(time.monotonic() - began, event) async for event in studio.draw(job)]


async def warm(studio: LocalStudio) -> None:
    async for _ in studio.draw(DrawingJob("house", 60, 0)):
        return


async def test_a_drawing_comes_stroke_by_stroke_within_its_time(studio):
    await warm(studio)
    events = await draw(studio, DrawingJob("house", 6, 1))
    kinds = [type(event) for _, event in events]
    assert kinds[0] is DrawingStarted
    assert kinds[-1] is DrawingFinished
    assert set(kinds[1:-1]) == {StrokeDrawn}
    assert len(kinds) > 8
    times = [seconds for seconds, event in events if isinstance(event, StrokeDrawn)]
    assert times[0] < 0.6 * 6 < times[-1] < 3 * 6  # spread over the time, not all at its end


async def test_the_event_loop_is_free_while_the_artist_is_at_full_load(studio):
    await warm(studio)
    drawing = asyncio.create_task(draw(studio, DrawingJob("castle", 4, 1)))
    ticks = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 100
    assert isinstance(drawing.result()[-1][1], DrawingFinished)


async def test_a_cancelled_drawing_frees_its_worker(studio):
    await warm(studio)
    async with aclosing(studio.draw(DrawingJob("house", 100, 1))) as events:
        async for event in events:
            if isinstance(event, StrokeDrawn):
                break
    events = await draw(studio, DrawingJob("umbrella", 3, 1))
    assert isinstance(events[-1][1], DrawingFinished)


async def test_a_killed_worker_is_replaced_and_the_drawing_begins_anew(studio):
    await warm(studio)
    async with asyncio.timeout(120):
        while len(studio.warm_pids) < 2:
            await asyncio.sleep(0.1)
    events = []
    async with aclosing(studio.draw(DrawingJob("house", 8, 1))) as drawing:
        async for event in drawing:
            events.append(type(event))
            if events.count(StrokeDrawn) == 2 and DrawingRestarted not in events:
                os.kill(studio.busy_pids[0], signal.SIGKILL)
    assert events.count(DrawingRestarted) == 1
    assert events.index(DrawingRestarted) > events.index(StrokeDrawn)
    assert StrokeDrawn in events[events.index(DrawingRestarted) :]
    assert events[-1] is DrawingFinished


async def test_nobody_free_in_time_is_an_error():
    studio = LocalStudio("doodle-clip", workers=1)  # never started: nobody will ever be free
    with pytest.raises(StudioError, match="free in time"):
        await draw(studio, DrawingJob("house", 0.1, 0))


async def test_a_job_that_cannot_be_done_is_an_error_and_the_worker_lives(studio):
    await warm(studio)
    with pytest.raises(StudioError, match="prompt"):
        await draw(studio, DrawingJob("x" * 300, 3, 0))
    assert isinstance((await draw(studio, DrawingJob("house", 2, 0)))[-1][1], DrawingFinished)
