"""What connections and rooms weigh in the server's memory, and how many can come at once."""

import contextlib
import time
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.load.client import Client, Phase
from tests.load.entrance import enter
from tests.load.game_rooms import GameRoom, leave_game_rooms, new_player, open_game_rooms, open_room, start_games
from tests.load.rooms import PEOPLE, close_rooms, next_address
from tests.load.servers import ServerUnderTest
from tests.load.trial import Result, percentiles, play

CROWD: Final = 24
"""As many people as a room has seats."""
_settle: Final = 2.0
_rest: Final = 25.0
"""Seconds in which the server has asked each whether they are there: those who were never asked weigh less."""


@dataclass(frozen=True)
class Weight:
    """KiB of private memory; `busy` is how the busy rooms fared while the others were idle."""

    connections: int
    kib_per_idle_connection: float
    """All told: its share of a lobby of eight included."""
    kib_per_connection_alone: float
    kib_per_idle_room: float
    """Without its connections; both from two sizes of rooms."""
    kib_per_busy_room: float
    """After the time of drawing, beyond its connections."""
    busy: Result


def idle_rooms(server: ServerUnderTest, rooms: int, people: int) -> tuple[list[GameRoom], float]:
    """Fill a fresh server with lobbies; return them, and the KiB that each has added with all its people."""
    leave_game_rooms(open_game_rooms(server, 4))  # what is made once is there now
    before = _weight(server)
    opened = open_game_rooms(server, rooms, people)
    until = time.monotonic() + _rest
    while time.monotonic() < until:
        _check_present([member for room in opened for member in room.members])
        time.sleep(1)
    return opened, (_weight(server) - before) / rooms


def weigh(server: ServerUnderTest, connections: int, crowded: float, busy_rooms: int, seconds: float) -> Weight:
    """Fill a fresh server with people who do nothing, then let some rooms draw beside them.

    `crowded`: what a lobby of `CROWD` weighs, on another fresh server; with a lobby of eight it tells people and rooms apart.
    """
    idle, per_eight = idle_rooms(server, connections // PEOPLE, PEOPLE)
    alone = (crowded - per_eight) / (CROWD - PEOPLE)
    resting = [member for room in idle for member in room.members]
    before = _weight(server)
    busy = open_game_rooms(server, busy_rooms)
    start_games(busy)
    result = play(server, busy, seconds, idle=resting)
    _check_present(resting)
    per_busy = (_weight(server) - before) / busy_rooms - PEOPLE * alone
    close_rooms([*idle, *busy])
    return Weight(connections, per_eight / PEOPLE, alone, per_eight - PEOPLE * alone, per_busy, result)


def _weight(server: ServerUnderTest) -> int:
    time.sleep(_settle)
    return server.private_kib()


def _check_present(people: list[Client]) -> None:
    """They rest, but are there: each reads, and answers what the server asked meanwhile. Those who were closed would weigh nothing."""
    for person in people:
        with contextlib.suppress(BlockingIOError):
            while person.phase is Phase.IN:
                person.kept.append(person.receive())
                person.understand_kept()
    gone = [person.refused for person in people if person.phase is Phase.GONE]
    if gone:
        raise RuntimeError(f"{len(gone)} of {len(people)} idle connections were closed, the first because: {gone[0]}")


@dataclass(frozen=True)
class Storm:
    """Many who join in a short time; milliseconds from when each was to come until the welcome."""

    joins: int
    served: int
    p50_ms: float
    p99_ms: float
    worst_ms: float


def storm(server: ServerUnderTest, joins: int, seconds: float) -> Storm:
    """Let so many join in so many seconds, waiting for none of them."""
    rooms = joins // PEOPLE
    codes = [open_room(server, next_address()) for _ in range(rooms)]
    people = [new_player(server, codes[number % rooms], next_address(), f"Player {number}") for number in range(joins)]
    Random(1).shuffle(people)
    begin = time.perf_counter() + 0.1
    took = enter(people, [begin + number * seconds / joins for number in range(joins)])
    served = [each for person, each in zip(people, took, strict=True) if each is not None and person.phase is Phase.IN]
    for person in people:
        person.close()
    p50, _, p99 = percentiles(served)
    return Storm(joins, len(served), p50, p99, max(served, default=0.0) * 1e3)
