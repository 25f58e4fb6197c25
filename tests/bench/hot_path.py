"""What a drawing message costs on its way through the server, without any network: the codec, the rules, the room.

    python -m tests.bench.hot_path [--messages 20000] [--rounds 5]

A room of eight, one of whom draws; each message goes on with a stroke by four points, as a browser sends 30 times a second. Each figure is
the best of several rounds. Chat is measured beside it, for most of it is a guess.

The last line is one JSON object: microseconds of each step.
"""

import argparse
import asyncio
import itertools
import json
import struct
import time
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from game.bus.base import Payload
from game.bus.local import LocalBus
from game.gateway.connection import Connection
from game.gateway.ink_pace import InkPace
from game.gateway.rate_limits import Allowance, Budgets
from game.protocol.client_messages import ChooseWord, Hello, Say, StartGame
from game.protocol.codec import decode_client, encode_ink, encode_server
from game.protocol.ink import BEGIN, BEGIN_LAYOUT, POINTS, POINTS_LAYOUT, decode_frame, encode_frame
from game.protocol.limits import PROTOCOL_VERSION
from game.protocol.server_messages import Chat
from game.rooms.door import Admission
from game.rooms.event_log import EventLog
from game.rooms.room import Room
from game.rules.canvas import Canvas
from game.rules.commands import Act, Command, Ink, Join
from game.rules.game import Game
from game.rules.lobby_settings import LobbySettings
from game.rules.vocabulary import Vocabulary, Word

_people = 8
_rooms = 300
_words = Vocabulary({"en": [Word(text, text) for text in ("house", "umbrella", "castle", "boat")]})
_begin = BEGIN_LAYOUT.pack(BEGIN, 1, 0, 0, 0, 255, 32, 100, 100)
points = POINTS_LAYOUT.pack(POINTS, 1, 4) + struct.pack("<8H", 400, 400, 410, 405, 420, 410, 430, 420)
_chat = '{"type":"say","text":"is it a whale?"}'


class Nobody:
    """A sink that drops all."""

    def put(self, payload: Payload) -> None: ...

    def finish(self, code: int) -> None: ...


class Nowhere:
    """A line that drops all."""

    waiting = 0

    def write(self, frame: bytes) -> None: ...

    def end(self, code: int) -> None: ...


def drawing_connection() -> Connection:
    """The drawer's, in a room of eight who are all connected, on a server that is calm; it may draw as fast as it likes."""
    bus = LocalBus()
    room, budgets = drawing_room(bus), Budgets()
    connections = [
        Connection(
            room, InkPace(at_once=float("inf")), player, budgets.of_connection(player, player), Nowhere(), lambda connection: None
        )
        for player in (f"player {number}" for number in range(_people))
    ]  # fmt: skip
    for connection in connections:
        connection.enter(Hello(PROTOCOL_VERSION, "Player"), "")
    connections[0]._ink = Allowance(1e9, 1e9)
    return connections[0]


def drawing_room(bus: LocalBus | None = None) -> Room:
    """A room in which the first of eight draws."""
    bus = bus or LocalBus()
    game = Game("room", "http://localhost/r/room", _words, 1, LobbySettings(human_turns_per_artist_turn=0, draw_seconds=240))
    room = Room("room", game, bus, studio=None, keep=lambda kept: None)  # type: ignore[arg-type]
    for number in range(_people):
        room.admit(Admission(Join(f"player {number}", f"Player {number}"), Nobody(), "", 0))
    room.post(Act("player 0", StartGame()))
    room.post(Act("player 0", ChooseWord(0)))
    room.post(Ink("player 0", decode_frame(encode_frame(1, _begin))))
    assert game.phase == "drawing"
    return room


def best(step: Callable[[], object], messages: int, rounds: int) -> float:
    """Microseconds of one step."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(messages):
            step()
        found.append((time.perf_counter() - began) / messages * 1e6)
    return min(found)


async def measure(messages: int, rounds: int) -> dict[str, float]:
    """Each step's microseconds."""
    data = encode_frame(1, points)
    frame, content = decode_frame(data), encode_ink(data, 7)
    audience, line = frozenset(f"player {number}" for number in range(1, _people)), Chat("player 1", "is it a whale?", whisper=False)

    def rules(command: Command) -> Callable[[], object]:
        game = drawing_room().game
        return lambda: game.handle(command, 1.0)

    def room(command: Command) -> Callable[[], object]:
        room = drawing_room()
        return lambda: room.post(command)

    def connection() -> Callable[[], object]:
        connection = drawing_connection()
        return lambda: connection.take_ink([data])

    def canvas() -> Callable[[], object]:
        drawn = Canvas()
        drawn.apply(decode_frame(encode_frame(1, _begin)))
        return lambda: drawn.apply(frame, 1)

    def rooms(command: Command) -> Callable[[], object]:
        """Rooms in turn: what each of them holds has left the processor's cache when its turn comes."""
        turns = itertools.cycle([drawing_room() for _ in range(_rooms)])
        return lambda: next(turns).post(command)

    def connections() -> Callable[[], object]:
        turns = itertools.cycle([drawing_connection() for _ in range(_rooms)])
        return lambda: next(turns).take_ink([data])

    log = EventLog()
    few = min(messages, 20_000)  # a turn takes no more points than a hundred thousand
    steps = {
        "ink: decode and validate": best(lambda: decode_frame(data), messages, rounds),
        "ink: encode and frame": best(lambda: Payload.of(encode_ink(data, 7), 7), messages, rounds),
        "ink: log": best(lambda: log.add(audience, content), messages, rounds),
        "ink: canvas": min(best(canvas(), few, 1) for _ in range(rounds)),
        "ink: Game.handle": min(best(rules(Ink("player 0", frame)), few, 1) for _ in range(rounds)),
        "ink: the room, from post to eight sinks": min(best(room(Ink("player 0", frame)), few, 1) for _ in range(rounds)),
        "ink: the connection, from the socket to seven lines": min(best(connection(), few, 1) for _ in range(rounds)),
        f"ink: {_rooms} rooms in turn": min(best(rooms(Ink("player 0", frame)), few, 1) for _ in range(rounds)),
        f"ink: the connections of {_rooms} rooms in turn": min(best(connections(), few, 1) for _ in range(rounds)),
        "chat: decode and validate": best(lambda: decode_client(_chat), messages, rounds),
        "chat: encode and frame": best(lambda: Payload.of(encode_server(line, 7), 7), messages, rounds),
        "chat: Game.handle": best(rules(Act("player 1", Say("is it a whale?"))), messages, rounds),
        "chat: the room, from post to eight sinks": best(room(Act("player 1", Say("is it a whale?"))), messages, rounds),
    }
    return {name: round(value, 2) for name, value in steps.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    steps = asyncio.run(measure(given.messages, given.rounds))
    table = Table("step", "µs a message", "a second")
    for name, value in steps.items():
        table.add_row(name, f"{value:.2f}", f"{1e6 / value:,.0f}")
    Console().print(table)
    print(json.dumps(steps))


if __name__ == "__main__":
    main()
