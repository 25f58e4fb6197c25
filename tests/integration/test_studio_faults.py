"""The studio with workers that go wrong in every way: real processes, but with an artist that is there at once; see faulty_worker."""

import asyncio
import errno
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from game.studio.base import DrawingEvolved, DrawingFinished, DrawingStarted, StudioError
from tests.integration.faulty_studio import EVOLVING, SEED, WHOLE, FaultyStudio, heights, opened

pytestmark = [pytest.mark.timeout(60), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def faulty(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FaultyStudio]:
    """One for all tests: what one of them breaks it mends itself."""
    async with opened(tmp_path_factory.mktemp("faults")) as studio:
        yield studio


OF_THE_SEED = ["bug", "point that is no number", "infinite width", "colour that is no number", "similarity that is no number"]
OF_MEMORY = ["memory", "torch's memory"]
ON_THE_WIRE = ["null on the wire", "far away on the wire", "NaN on the wire", "garbage", "other fields", "no end of a line", "nonsense in a flood"]
ENDS = ["half a line", "exit", "silence", "closed pipe"]


@pytest.mark.parametrize("fault", OF_THE_SEED)
async def test_what_fails_by_its_seed_is_tried_by_another_worker_with_another(faulty: FaultyStudio, fault: str):
    events = await faulty.draw(f"{fault} at 2, once")
    assert heights(events) == WHOLE
    assert events[-1] == DrawingFinished(0.5)
    (first, its_seed, shown), (second, other_seed, shown_then) = faulty.attempts
    assert first != second
    assert (its_seed, shown, shown_then) == (SEED, 0, 2)
    assert other_seed != SEED
    assert {first, second} == set(faulty.studio.warm_pids)  # both are well


@pytest.mark.parametrize("fault", OF_MEMORY)
async def test_a_worker_without_memory_is_replaced_and_the_drawing_goes_on(faulty: FaultyStudio, fault: str):
    events = await faulty.draw(f"{fault} at 2, once")
    assert heights(events) == WHOLE
    assert events[-1] == DrawingFinished(0.5)
    (first, *begun), (second, *gone_on) = faulty.attempts
    assert (begun, gone_on) == ([SEED, 0], [SEED, 2])
    await faulty.gone(first)
    await faulty.ready()
    assert second in faulty.studio.warm_pids


@pytest.mark.parametrize("fault", ON_THE_WIRE + ENDS)
async def test_a_worker_that_talks_nonsense_or_ends_is_replaced_and_the_drawing_goes_on(faulty: FaultyStudio, fault: str):
    events = await faulty.draw(f"{fault} at 2, once")
    assert heights(events) == WHOLE
    assert events[-1] == DrawingFinished(0.5)
    (first, *begun), (second, *gone_on) = faulty.attempts
    assert (begun, gone_on) == ([SEED, 0], [SEED, 2])
    assert first != second
    await faulty.gone(first)


async def test_what_a_worker_was_about_to_say_when_it_ended_is_not_taken_for_nonsense(faulty: FaultyStudio):
    with capture_logs() as logs:
        assert heights(await faulty.draw("half a line at 1, once")) == WHOLE
    assert [each["event"] for each in logs if "no report" in each["event"]] == []
    with capture_logs() as logs:
        assert heights(await faulty.draw("garbage at 1, once")) == WHOLE
    assert len([each for each in logs if "no report" in each["event"]]) == 1


async def test_one_that_fails_twice_keeps_what_was_drawn(faulty: FaultyStudio):
    events = await faulty.draw("bug at 3")
    assert heights(events) == WHOLE[:3]
    assert events[-1] == DrawingFinished(0.0, is_whole=False)
    assert len(faulty.attempts) == 2


async def test_of_an_evolving_one_what_people_have_seen_stays(faulty: FaultyStudio):
    events = await faulty.draw("bug at 3", EVOLVING)
    assert [type(event) for event in events] == [DrawingStarted, *[DrawingEvolved] * 6, DrawingFinished]
    assert events[-1] == DrawingFinished(0.0, is_whole=False)


async def test_what_nobody_has_seen_of_one_ahead_is_nothing(faulty: FaultyStudio):
    with pytest.raises(StudioError, match="no such stroke"):
        await faulty.draw("bug at 3", EVOLVING, ahead=True)


@pytest.mark.parametrize("fault", ["bug", "memory"])
async def test_one_that_fails_twice_before_its_first_stroke_is_an_error(faulty: FaultyStudio, fault: str):
    with pytest.raises(StudioError, match=r"IndexError: no such stroke|MemoryError"):
        await faulty.draw(f"{fault} at 0")
    assert len(faulty.attempts) == 2


async def test_what_nobody_can_draw_is_not_tried_again(faulty: FaultyStudio):
    with pytest.raises(StudioError, match="nobody can draw this"):
        await faulty.draw("prompt at 0")
    assert len(faulty.attempts) == 1


@pytest.mark.parametrize(("at", "shown"), [(0, None), (1, WHOLE[:1])])
async def test_a_drawing_that_kills_its_workers_does_not_kill_them_for_ever(faulty: FaultyStudio, at: int, shown: list[float] | None):
    if shown is None:
        with pytest.raises(StudioError, match="3 workers in a row ended"):
            await faulty.draw(f"exit at {at}")
    else:
        events = await faulty.draw(f"exit at {at}")
        assert heights(events) == shown
        assert events[-1] == DrawingFinished(0.0, is_whole=False)
    assert len({pid for pid, *_ in faulty.attempts}) == 3


async def test_others_in_the_hands_of_a_worker_without_memory_go_on(faulty: FaultyStudio):
    failing, other = await asyncio.gather(faulty.draw("memory at 1"), faulty.draw("house"))
    assert heights(failing) == WHOLE[:1]
    assert heights(other) == WHOLE
    assert other[-1] == DrawingFinished(0.5)


@pytest.mark.parametrize("fault", ["bug", "memory", "garbage", "exit"])
async def test_a_look_that_fails_leaves_no_trace(faulty: FaultyStudio, fault: str):
    await faulty.ready()
    with pytest.raises(StudioError):
        await faulty.studio.look(b"", [fault])
    assert not faulty.studio.busy_pids
    assert await faulty.studio.look(b"", ["well"]) == (("well", 1.0),)
    assert heights(await faulty.draw("house")) == WHOLE


async def test_a_worker_that_has_grown_too_large_ends_after_its_drawing(faulty: FaultyStudio):
    events = await faulty.draw("leak at 1")
    assert heights(events) == WHOLE
    assert isinstance(events[0], DrawingStarted)
    await faulty.gone(faulty.attempts[0][0])
    assert heights(await faulty.draw("house")) == WHOLE


@pytest.mark.parametrize("error", [OSError(errno.ENOMEM, "Cannot allocate memory"), BlockingIOError(errno.EAGAIN, "Try again")])
async def test_a_worker_that_cannot_be_spawned_is_tried_again(faulty: FaultyStudio, monkeypatch: pytest.MonkeyPatch, error: OSError):
    await faulty.ready()
    spawn, refused = asyncio.create_subprocess_exec, 0

    async def refuse(*command: str, **options: int) -> asyncio.subprocess.Process:
        nonlocal refused
        if refused < 3:
            refused += 1
            raise error
        return await spawn(*command, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuse)
    events = await faulty.draw(f"exit at 2, {error.errno} once")
    assert heights(events) == WHOLE
    await faulty.ready()
    assert refused == 3
