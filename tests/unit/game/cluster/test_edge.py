"""A node's connections to rooms elsewhere, while the rooms move; who owns them is played by the test."""

import asyncio

import pytest

from game.bus.base import Payload
from game.cluster.edge import Edge
from game.cluster.wire import Enter, Entered, Event, Finished, NodeMessage
from game.protocol.close_codes import NO_ROOM, RESTARTING
from game.rooms.door import Admission
from game.rules.commands import Join
from tests.unit.game.cluster.ear import Ear


class Place:
    """Ada at this node in a room that stands on `far`; `owner` is where it is found."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, NodeMessage]] = []
        self.owner: str | None = "far"
        self.edge = Edge("near", lambda node, message: self.sent.append((node, message)), self.locate, lambda code: None)
        self.ada = Ear()
        self.edge.room("room", "far").admit(Admission(Join("ada", "Ada"), self.ada, "", 0))

    async def locate(self, code: str) -> str | None:
        return self.owner

    def tell(self, sender: str, fence: int, text: str) -> None:
        self.edge.take(sender, Event((1,), fence, 5, 5, text.encode(), True))

    def let_in(self, fence: int) -> None:
        """The node that was asked last does so."""
        node, enter = self.sent[-1]
        assert isinstance(enter, Enter)
        self.edge.take(node, Entered(enter.seat, enter.attempt, node, fence))


@pytest.fixture
async def place() -> Place:
    return Place()


async def test_what_the_owner_says_arrives(place):
    place.let_in(1)
    place.tell("far", 1, "hello")
    assert place.ada.heard == ["hello"]
    place.edge.take("far", Finished(1, 1, RESTARTING))
    assert place.ada.code == RESTARTING


async def test_an_owner_that_wakes_when_the_room_is_elsewhere_closes_nothing(place):
    place.let_in(1)
    place.owner = "farther"
    place.edge.lost({"farther"})
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert place.sent[-1][0] == "farther"
    place.edge.take("far", Finished(1, 1, RESTARTING))  # before anything was heard of the new one
    place.tell("far", 1, "an echo")
    place.let_in(2)
    place.edge.take("far", Finished(1, 1, RESTARTING))
    place.tell("farther", 2, "here we are")
    assert place.ada.code is None
    assert place.ada.heard == ["here we are"]


class Here:
    code = "room"

    def admit(self, admission: Admission) -> None:
        admission.sink.put(Payload.of("welcome", 0))


async def test_a_room_on_its_way_here_is_waited_for_and_not_asked(place):
    place.let_in(1)
    place.owner = "near"
    place.edge.lost({"near"})
    place.edge.room("other", "near").admit(Admission(Join("ben", "Ben"), ben := Ear(), "", 0))
    await asyncio.sleep(0.01)
    assert "near" not in [node for node, _ in place.sent], "whoever asks comes in twice, and the second time closes the first"
    place.edge.come_here(Here())
    assert (place.ada.heard, place.ada.code) == (["welcome"], None)
    place.owner = None  # nothing of the other was left
    async with asyncio.timeout(5):
        while ben.code is None:
            await asyncio.sleep(0.05)
    assert ben.code == NO_ROOM


async def test_an_owner_that_wakes_when_the_room_is_here_closes_nothing(place):
    place.let_in(1)
    place.edge.come_here(Here())
    place.edge.take("far", Finished(1, 1, RESTARTING))
    place.tell("far", 1, "an echo")
    assert place.ada.code is None
    assert place.ada.heard == ["welcome"]


async def test_who_was_let_in_after_leaving_is_taken_back(place):
    place.edge.take("far", Entered(77, 1, "far", 1))
    assert place.sent[-1][0] == "far"
    assert place.sent[-1][1].seat == 77
