"""Rooms of people of whom one draws; here as a bare fan-out has them, without any rules."""

from collections.abc import Sequence
from itertools import count
from typing import Final

from tests.load.client import Client, loopback_address
from tests.load.entrance import enter
from tests.load.frames import BINARY, client_frame
from tests.load.marks import MESSAGES_A_SECOND, drawing_message
from tests.load.servers import ServerUnderTest

PEOPLE: Final = 8
_stroke_messages: Final = MESSAGES_A_SECOND
"""A person begins a new stroke about every second."""
_addresses = count(1)


def next_address() -> str:
    """One from which nobody has come for long."""
    return loopback_address(next(_addresses))


class Room:
    """The first member draws. The last is *prompt*: reads at once; all others now and then."""

    def __init__(self, members: Sequence[Client]) -> None:
        self.members = list(members)
        self.drawer, self.prompt = self.members[0], self.members[-1]
        self.turn, self.is_drawing = 1, True
        self._stroke = self._of_stroke = 0
        self.sent: dict[Client, set[int]] = {member: set() for member in self.members}
        """The numbers of the messages that each member sent as the drawer."""

    @property
    def lazy(self) -> list[Client]:
        """All but the prompt one, the drawer included."""
        return [member for member in self.members if member is not self.prompt]

    def draw(self, number: int) -> None:
        """The drawer's next message, if anybody draws now."""
        if not self.is_drawing:
            return
        if begins := self._of_stroke == 0:
            self._stroke += 1
        self._of_stroke = (self._of_stroke + 1) % _stroke_messages
        self.sent[self.drawer].add(number)
        self.drawer.send(client_frame(BINARY, drawing_message(self.turn, self._stroke, number, begins=begins)))

    def begin_turn(self, turn: int) -> None:
        """An empty canvas."""
        self.turn, self.is_drawing = turn, True
        self._stroke = self._of_stroke = 0

    def expected(self, numbers: range) -> int:
        """How many messages of these the members should have got, all together."""
        return sum(sum(number in numbers for number in sent) for sent in self.sent.values()) * (len(self.members) - 1)

    def delivered(self, numbers: range) -> int:
        """How many they got. What came twice, because somebody was away in between, counts once; so does what its own drawer got back."""
        everything = {number for sent in self.sent.values() for number in sent if number in numbers}
        return sum(len(member.numbers & (everything - self.sent[member])) for member in self.members)


def open_rooms(server: ServerUnderTest, rooms: int, people: int = PEOPLE) -> list[Room]:
    """Open rooms of a bare fan-out."""
    opened = [Room([Client(next_address(), server.port, f"/ws/{number}") for _ in range(people)]) for number in range(rooms)]
    let_in([member for room in opened for member in room.members])
    return opened


def close_rooms(rooms: Sequence[Room]) -> None:
    """All go."""
    for room in rooms:
        for member in room.members:
            member.close()


def let_in(clients: Sequence[Client]) -> None:
    """Bring all in, or say why not."""
    enter(clients)
    refused = [client.refused for client in clients if client.refused]
    if refused:
        raise RuntimeError(f"{len(refused)} of {len(clients)} clients were not let in, the first because: {refused[0]}")
