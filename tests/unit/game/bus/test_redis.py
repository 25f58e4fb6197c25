"""Two nodes' links over a Redis of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from game.bus.redis import RedisLinks
from tests.redis import OwnRedis, own_redis


@pytest.fixture(scope="module")
def redis() -> Iterator[OwnRedis]:
    with own_redis() as server:
        yield server


class Node:
    """Keeps what comes."""

    def __init__(self, url: str, name: str) -> None:
        self.links = RedisLinks(url, name)
        self.got: list[tuple[str, bytes]] = []
        self.gaps: list[str] = []

    def receive(self, sender: str, frame: bytes) -> None:
        if frame == b"a bug":
            raise ValueError("nobody understands this")
        self.got.append((sender, frame))

    def missed(self, sender: str) -> None:
        self.gaps.append(sender)

    async def until(self, count: int, patience: float = 20) -> list[bytes]:
        async with asyncio.timeout(patience):
            while len(self.got) < count:
                await asyncio.sleep(0.005)
        return [frame for _, frame in self.got]


ONE, TWO = "1" * 16, "2" * 16


@pytest.fixture
async def two(redis: OwnRedis) -> AsyncIterator[tuple[Node, Node]]:
    one, other = Node(redis.url, ONE), Node(redis.url, TWO)
    for node in (one, other):
        await node.links.start(node)
    yield one, other
    for node in (one, other):
        await node.links.stop()


async def test_frames_come_in_order_and_those_of_a_moment_together(two):
    one, other = two
    frames = [b"%d" % number for number in range(1000)]
    for frame in frames:
        one.links.send(TWO, frame)
    assert await other.until(1000) == frames
    assert one.links.messages <= 3
    assert other.gaps == []


async def test_a_broadcast_comes_to_all_others_and_what_goes_to_itself_comes_too(two):
    one, other = two
    one.links.broadcast(b"all")
    one.links.send(ONE, b"self")
    await other.until(1)
    assert await one.until(1) == [b"self"]
    assert other.got == [(ONE, b"all")]


async def test_what_nobody_understands_costs_itself(two):
    one, other = two
    one.links.send(TWO, b"a bug")
    one.links.send(TWO, b"and on")
    assert await other.until(1) == [b"and on"]


async def test_what_is_kept_is_there_before_the_frames_that_follow_it(two):
    one, other = two
    answers: list[object] = []
    one.links.keep("room", lambda pipeline: pipeline.set("guesstroke:test", "old"), answers.append)
    one.links.keep("room", lambda pipeline: pipeline.set("guesstroke:test", "new"), answers.append)
    one.links.send(TWO, b"event")
    await other.until(1)
    assert await other.links.ask("GET", "guesstroke:test") == b"new"
    assert answers == [True], "the newer one has taken the older one's place"


async def test_a_gap_is_noticed_also_at_the_end(redis: OwnRedis, two):
    one, other = two
    one.links.send(TWO, b"first")
    await other.until(1)
    redis.kill()
    one.links.send(TWO, b"lost")
    await asyncio.sleep(0.3)
    redis.start()
    async with asyncio.timeout(20):
        while not other.gaps or other.got[-1][1] != b"on again":  # who is not listening again yet does not hear it
            one.links.beat(TWO)
            one.links.send(TWO, b"on again")
            await asyncio.sleep(0.1)
    assert set(other.gaps) == {ONE}
    assert b"lost" not in {frame for _, frame in other.got}
