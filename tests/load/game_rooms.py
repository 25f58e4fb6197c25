"""Rooms of the game: opened over HTTP, joined with a hello, set up by the host, played with guesses and people who come back."""

import select
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from random import Random
from typing import Any, Final

import msgspec

from game.protocol.ink import VERSION_BYTES
from game.protocol.limits import PROTOCOL_VERSION
from tests.load.client import Client, Phase
from tests.load.rooms import PEOPLE, Room, close_rooms, let_in, next_address
from tests.load.servers import ServerUnderTest

_settings: Final = {"draw_seconds": 240, "human_turns_per_artist_turn": 0, "ai_guessers": 0, "choices": 3}
"""Turns as long as can be, and none of the artist's: what is measured is people's ink."""
_of_turns: Final = frozenset({"turn_choosing", "turn_started", "turn_ended", "game_ended", "error"})
_consonants, _vowels = "bdfgklmnprstvz", "aeiou"


class GameRoom(Room):
    """A room of the game. Whoever the game says draws, draws."""

    def __init__(self, members: Sequence[Client]) -> None:
        super().__init__(members)
        self.is_drawing = False
        self.errors: list[str] = []
        for member in self.members:
            member.on_message, member.interesting = self._hear, _of_turns

    def begin(self) -> None:
        """The host sets the room up and starts the game."""
        self.members[0].say("change_settings", **(_settings | {"max_players": max(PEOPLE, len(self.members))}))
        self.members[0].say("start_game")

    def guess(self, member: Client, random: Random) -> None:
        """Say what is not the word: no word is so long and so odd."""
        if self.is_drawing and member is not self.drawer and member.phase is Phase.IN:
            member.say("say", text="".join(random.choice(_consonants) + random.choice(_vowels) for _ in range(9)))

    def _hear(self, member: Client, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "error":
            self.errors.append(f"{message['code']}: {message['message']}")
        if member is not self.prompt and self.is_drawing:
            return  # it reads late, so that for it a turn may be one long gone
        if kind == "turn_choosing":
            self._choose(message["drawer_id"])
        elif kind == "turn_started" and message["turn"] != self.turn_started:
            self.turn_started = message["turn"]
            self.begin_turn(message["turn"])
        elif kind in ("turn_ended", "game_ended"):
            self.is_drawing = False

    turn_started = 0
    """The turn that was begun last."""
    _asked = ""

    def _choose(self, drawer_id: str) -> None:
        if self._asked == drawer_id:
            return
        self._asked = drawer_id
        self.is_drawing = False
        self.drawer = next(member for member in self.members if member.player_id == drawer_id)
        self.drawer.say("choose_word", index=0)


def open_game_rooms(server: ServerUnderTest, rooms: int, people: int = PEOPLE) -> list[GameRoom]:
    """Open rooms and let everybody in; nothing is started."""
    opened = [_seated(server, people) for _ in range(rooms)]
    hosts, others = [room.members[0] for room in opened], [member for room in opened for member in room.members[1:]]
    let_in(hosts)
    if people > PEOPLE:
        for host in hosts:
            host.say("change_settings", max_players=people)
    let_in(others)
    return opened


def start_games(rooms: Sequence[GameRoom]) -> None:
    """Start all games; return when in each somebody draws."""
    for room in rooms:
        room.begin()
    listen(rooms, lambda: all(room.is_drawing for room in rooms))
    for room in rooms:
        assert room.drawer is not room.prompt, "the game gives the first turn to one of those who came first"


def leave_game_rooms(rooms: Sequence[GameRoom]) -> None:
    """All leave for good, so that nothing of theirs is left on the server."""
    for room in rooms:
        for member in room.members:
            if member.phase is Phase.IN:
                member.say("leave_room")
    listen(rooms, lambda: all(member.phase is Phase.GONE for room in rooms for member in room.members), patience=10, must=False)
    close_rooms(rooms)


def listen(rooms: Sequence[GameRoom], until: Callable[[], bool], patience: float = 60, *, must: bool = True) -> None:
    """Have everybody read and understand until something is so. Raises RuntimeError if that does not come about and `must`."""
    present = {member.socket.fileno(): member for room in rooms for member in room.members if member.phase is Phase.IN}
    deadline = time.perf_counter() + patience
    with select.epoll() as poller:
        for descriptor in present:
            poller.register(descriptor, select.EPOLLIN)
        while not until():
            if time.perf_counter() > deadline:
                if not must:
                    return
                errors = [error for room in rooms for error in room.errors]
                raise RuntimeError(f"{sum(not room.is_drawing for room in rooms)} rooms did not begin to draw; errors: {errors[:3]}")
            for descriptor, _ in poller.poll(0.1):
                member = present[descriptor]
                member.kept.append(member.receive())
                member.understand_kept()


def open_room(server: ServerUnderTest, address: str) -> str:
    """Open one over HTTP from this address; return its code."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(address, 0))
    try:
        connection.request("POST", "/api/lobbies")
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 201:
        raise RuntimeError(f"no room was opened: {answer.status} {body.decode(errors='replace')}")
    return str(msgspec.json.decode(body)["code"])


def new_player(server: ServerUnderTest, code: str, address: str, nickname: str) -> Client:
    """Somebody who is about to join."""
    return Client(address, server.port, f"/ws/{code}", lambda client: _hello(client, nickname), VERSION_BYTES)


def _seated(server: ServerUnderTest, people: int) -> GameRoom:
    addresses = [next_address() for _ in range(people)]
    code = open_room(server, addresses[0])
    return GameRoom([new_player(server, code, address, f"Player {number}") for number, address in enumerate(addresses, 1)])


def _hello(client: Client, nickname: str) -> bytes:
    hello: dict[str, Any] = {"type": "hello", "protocol": PROTOCOL_VERSION, "nickname": nickname}
    if client.epoch:
        hello |= {"epoch": client.epoch, "seen": client.seen}
    return msgspec.json.encode(hello)
