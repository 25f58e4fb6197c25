"""Artists on a fleet: a real Redis, real workers in processes of their own that die, freeze and go, and a server that must lose no drawing."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from game.studio.base import DrawingFinished, DrawingStarted, StudioEvent
from game.studio.cluster import ClusterStudio
from game.studio.fleet import errands
from game.studio.fleet.account import Account, SupersededError
from game.studio.fleet.queue import DrawingQueue, Load
from game.studio.wire import WorkerDone
from tests.integration.faulty_worker import stroke
from tests.integration.fleet import ANOTHER, PERCEPTOR, WHOLE, Fleet, Worker, begun_in, drawn, heights, job, opened, steady
from tests.integration.steady_worker import SECONDS_A_STROKE, STROKES
from tests.redis import own_redis

pytestmark = [pytest.mark.timeout(60), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fleet(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Fleet]:
    """One for all tests, which take the workers that they need, and may break them."""
    with own_redis() as redis:
        async with opened(redis, tmp_path_factory.mktemp("fleet")) as fleet:
            yield fleet


async def until(condition: Callable[[], object], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


def shown(events: list[StudioEvent], strokes: int) -> Callable[[], bool]:
    return lambda: len(heights(events)) >= strokes


async def given_up(drawing: "asyncio.Task[list[StudioEvent]]") -> None:
    drawing.cancel()
    await asyncio.gather(drawing, return_exceptions=True)


@pytest.mark.slow
async def test_strokes_come_one_after_another_and_nothing_is_left(fleet: Fleet):
    (worker,) = await fleet.staffed(1)
    events = await drawn(fleet, job())
    assert isinstance(events[0], DrawingStarted)
    assert heights(events) == WHOLE
    assert events[-1] == DrawingFinished(0.5)
    assert worker.begun == [(0, "house")]
    assert not fleet.begun_here
    (announced,) = fleet.studio.state.workers
    assert (announced.perceptor, announced.device, announced.at_once) == (PERCEPTOR, "cpu", 1)
    assert announced.drawing_seconds == pytest.approx(STROKES * SECONDS_A_STROKE)
    counts = fleet.studio.counts
    assert (counts.by_fleet, counts.by_this_machine, counts.waits) == (1, 0, 1)
    assert counts.waited_seconds > 0
    redis = Redis.from_url(fleet.redis.url)
    queues = [f"guesstroke:fleet:queue:{PERCEPTOR}:{kind}".encode() for kind in ("ahead", "live")]
    async with asyncio.timeout(10):
        while sorted(await redis.keys("guesstroke:fleet:[jqt]*")) != queues or any([await redis.xlen(queue) for queue in queues]):
            await asyncio.sleep(0.05)
    await redis.aclose()


@pytest.mark.slow
async def test_what_is_wanted_now_goes_before_what_is_drawn_ahead(fleet: Fleet, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(errands, "_late", 30.0)
    (worker,) = await fleet.staffed(1)
    first = asyncio.create_task(drawn(fleet, job("long first")))
    await until(lambda: worker.begun)
    await asyncio.sleep(1)  # a read that began while there was a place waits 200 ms for whatever comes
    ahead = asyncio.create_task(drawn(fleet, job("ahead", ahead=True)))
    await until(lambda: fleet.studio.state.waiting["ahead"])
    now = asyncio.create_task(drawn(fleet, job("now")))
    await until(lambda: fleet.studio.state.waiting["now"])
    assert heights(await now) == WHOLE
    assert not ahead.done()
    assert heights(await ahead) == WHOLE
    assert heights(await first) == WHOLE
    assert [prompt for _, prompt in worker.begun] == ["long first", "now", "ahead"]
    assert not fleet.begun_here


@pytest.mark.slow
async def test_what_is_on_its_way_to_a_worker_is_the_worker_s(fleet: Fleet):
    redis = Redis.from_url(fleet.redis.url)
    sender, reader = (DrawingQueue(fleet.redis.url, "nobody's", "now", name) for name in ("server", "reader"))
    await sender.send("one")
    await sender.send("two")
    assert await reader.load() == Load(waiting=2, mine=0)
    await redis.xgroup_create(sender.queue_name, "artists", "0")
    await redis.xreadgroup("artists", "reader", {sender.queue_name: ">"}, count=1)  # as the reader does it, which has not heard of it yet
    assert await reader.load() == Load(waiting=1, mine=1)
    assert await sender.load() == Load(waiting=1, mine=0)
    await redis.delete(sender.queue_name)
    await asyncio.gather(sender.shutdown(), reader.shutdown(), redis.aclose())


@pytest.mark.slow
@pytest.mark.parametrize("is_begun", [True, False])
async def test_what_is_drawn_ahead_is_hurried_wherever_it_is(fleet: Fleet, is_begun: bool):
    (worker,) = await fleet.staffed(1)
    other = asyncio.create_task(drawn(fleet, job("other", ahead=True)))
    await until(lambda: worker.begun)
    if is_begun:
        await given_up(other)
    wanted, events = job("hurried", ahead=True), list[StudioEvent]()
    drawing = asyncio.create_task(drawn(fleet, wanted, events))
    if is_begun:
        await until(lambda: (0, "hurried") in worker.begun)
    fleet.studio.hurry(wanted)
    await until(shown(events, 1))
    assert heights(events) != WHOLE  # they do not come together at the end
    await drawing
    assert heights(events) == WHOLE
    await given_up(other)
    assert not fleet.begun_here


@pytest.mark.slow
async def test_a_drawing_that_nobody_wants_any_more_frees_its_worker(fleet: Fleet):
    (worker,) = await fleet.staffed(1)
    drawing = asyncio.create_task(drawn(fleet, job("unwanted")))
    await until(lambda: worker.begun)
    await given_up(drawing)
    assert heights(await drawn(fleet, job("wanted"))) == WHOLE
    assert [prompt for _, prompt in worker.begun] == ["unwanted", "wanted"]
    assert not fleet.begun_here


@pytest.mark.slow
async def test_a_room_has_the_perceptor_that_it_wishes_where_somebody_has_it(fleet: Fleet):
    (usual,) = await fleet.staffed(1)
    assert heights(await drawn(fleet, job("too early", perceptor=ANOTHER))) == WHOLE
    other = Worker.started(fleet.redis, fleet.folder / "begun-other", ANOTHER)
    try:
        await until(lambda: fleet.studio.state.artists(ANOTHER))
        for each in (job("wished", perceptor=ANOTHER), job("not wished")):
            assert heights(await drawn(fleet, each)) == WHOLE
        assert [prompt for _, prompt in usual.begun] == ["too early", "not wished"]
        assert other.begun == [(0, "wished")]
        assert not fleet.begun_here
    finally:
        other.signal(signal.SIGKILL)


async def test_what_the_fleet_has_no_time_for_is_drawn_here(fleet: Fleet):
    await fleet.staffed(1)
    wanted = [job(f"house {number}") for number in range(5)]
    drawings = [asyncio.create_task(drawn(fleet, each)) for each in wanted]
    await until(lambda: fleet.studio.state.waiting["now"])
    for events in await asyncio.gather(*drawings):
        assert heights(events) == WHOLE
        assert events[-1] == DrawingFinished(0.5)
    assert 1 <= len(fleet.begun_here) <= 3
    assert all(shown == 0 for shown, _ in fleet.begun_here)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_redis_goes_away_and_comes_back(fleet: Fleet, how: str):
    (worker,) = await fleet.staffed(1)
    events: list[StudioEvent] = []
    drawing = asyncio.create_task(drawn(fleet, job(), events))
    await until(shown(events, 2))
    fleet.redis.kill() if how == "killed" else fleet.redis.freeze()
    await drawing
    assert heights(events) == WHOLE
    ((gone_on, _),) = fleet.begun_here
    assert gone_on >= 2
    await until(lambda: not fleet.studio.state.is_there)
    assert heights(await drawn(fleet, job())) == WHOLE
    fleet.redis.start() if how == "killed" else fleet.redis.thaw()
    assert await fleet.staffed(1) == [worker]
    assert heights(await drawn(fleet, job("again"))) == WHOLE
    assert worker.begun[-1] == (0, "again")
    assert not fleet.begun_here


@pytest.mark.parametrize("ahead", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_of_two_workers_one_is_killed_and_no_drawing_is_lost(fleet: Fleet, ahead: bool):
    first, second = await fleet.staffed(2)
    told: list[list[StudioEvent]] = [[], []]
    drawings = [asyncio.create_task(drawn(fleet, job(f"house {number}", ahead=ahead), told[number])) for number in range(2)]
    await until(lambda: first.begun and second.begun)
    if not ahead:
        await until(lambda: all(shown(events, 2)() for events in told))
    first.signal(signal.SIGKILL)
    for drawing in drawings:
        events = await drawing
        assert heights(events) == WHOLE
        assert events[-1] == DrawingFinished(0.5)
    (begun_by_first,) = first.begun
    gone_on, prompt = second.begun[-1]
    assert (len(second.begun), prompt) == (2, begun_by_first[1])
    assert (gone_on == 0) if ahead else (2 <= gone_on < len(WHOLE))
    assert not fleet.begun_here


@pytest.mark.slow
async def test_of_two_attempts_at_a_job_only_the_later_one_is_heard(fleet: Fleet):
    redis = Redis.from_url(fleet.redis.url)
    first = await Account.opened(redis, "twice")
    await first.tell(stroke(0, 0))
    second = await Account.opened(redis, "twice")
    assert (first.attempt, second.attempt, second.is_closed) == (1, 2, False)
    assert second.shown == (stroke(0, 0).bare,)
    with pytest.raises(SupersededError):
        await first.tell(stroke(0, 1))
    await second.tell(WorkerDone(0, 0.5))
    assert (await Account.opened(redis, "twice")).is_closed
    await redis.aclose()


@pytest.mark.slow
async def test_a_worker_that_wakes_up_when_another_has_taken_over_is_not_heard(fleet: Fleet):
    first, second = await fleet.staffed(2)
    events: list[StudioEvent] = []
    drawing = asyncio.create_task(drawn(fleet, job(), events))
    await until(shown(events, 2))
    asleep, awake = (first, second) if first.begun else (second, first)
    asleep.signal(signal.SIGSTOP)
    await until(lambda: awake.begun)
    asleep.signal(signal.SIGCONT)
    await drawing
    assert heights(events) == WHOLE
    assert [prompt for _, prompt in awake.begun] == ["house"]
    await fleet.staffed(2)  # it is of use again
    assert heights(await drawn(fleet, job())) == WHOLE
    assert not fleet.begun_here


@pytest.mark.slow
async def test_a_worker_that_ends_hands_over_what_it_has(fleet: Fleet):
    first, second = await fleet.staffed(2)
    events: list[StudioEvent] = []
    drawing = asyncio.create_task(drawn(fleet, job(), events))
    await until(shown(events, 2))
    going, staying = (first, second) if first.begun else (second, first)
    going.process.terminate()
    await drawing
    assert heights(events) == WHOLE
    assert len(staying.begun) == 1
    assert not fleet.begun_here
    assert await asyncio.to_thread(going.process.wait, 20) == 0


@pytest.mark.slow
async def test_the_last_worker_dies_and_this_machine_goes_on(fleet: Fleet):
    (worker,) = await fleet.staffed(1)
    events: list[StudioEvent] = []
    drawing = asyncio.create_task(drawn(fleet, job(), events))
    await until(shown(events, 2))
    worker.signal(signal.SIGKILL)
    await drawing
    assert heights(events) == WHOLE
    ((gone_on, _),) = fleet.begun_here
    assert gone_on >= 2
    assert heights(await drawn(fleet, job())) == WHOLE  # without waiting for anybody


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_worker_with_the_bundled_perceptor_draws(tmp_path: Path):
    with own_redis() as redis, (tmp_path / "log").open("wb") as log:
        options = ("--redis-url", redis.url, "--perceptor", "doodle-clip", "--device", "cpu", "--processes", "1")
        worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "game", "worker", *options, stdout=log)
        studio = ClusterStudio(redis.url, ("doodle-clip",), steady(tmp_path / "begun-local"))
        await studio.start()
        try:
            await until(lambda: studio.state.artists("doodle-clip") == 2, 200)
            async with aclosing(studio.draw(job("house", 4.0))) as drawing:
                events = [event async for event in drawing]
            (announced,) = studio.state.workers
        finally:
            await studio.stop()
            worker.terminate()
        assert await worker.wait() == 0
    assert len(heights(events)) >= 4
    assert isinstance(events[-1], DrawingFinished)
    assert events[-1].is_whole
    assert announced.drawing_seconds is not None
    assert announced.drawing_seconds > 0
    assert not begun_in(tmp_path / "begun-local")
