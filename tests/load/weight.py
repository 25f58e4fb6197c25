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

_settle: Final = 2.0


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


def weigh(server: ServerUnderTest, connections: int, busy_rooms: int, seconds: float) -> Weight:
    """Fill the server with people who do nothing, then let some rooms draw beside them."""
    leave_game_rooms(open_game_rooms(server, 4))  # what is made once is there now
    empty = _weight(server)
    crowded = open_game_rooms(server, connections // (5 * 24), 24)
    with_crowded = _weight(server)
    idle = open_game_rooms(server, (connections - sum(len(room.members) for room in crowded)) // PEOPLE)
    with_idle = _weight(server)
    per_eight = (with_idle - with_crowded) / len(idle)
    per_many = (with_crowded - empty) / len(crowded)
    alone = (per_many - per_eight) / (24 - PEOPLE)
    _check_present([member for room in (*crowded, *idle) for member in room.members])
    busy = open_game_rooms(server, busy_rooms)
    start_games(busy)
    resting = [member for room in (*crowded, *idle) for member in room.members]
    result = play(server, busy, seconds, idle=resting)
    _check_present(resting)
    with_busy = _weight(server)
    per_busy = (with_busy - with_idle) / busy_rooms - PEOPLE * alone
    _end([*crowded, *idle, *busy])
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


def _end(rooms: list[GameRoom]) -> None:
    close_rooms(rooms)


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
