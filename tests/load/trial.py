"""One trial: so many rooms on one server, drawing for some seconds; what came, how fast, and what it cost the server."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from game.rules.turns import RESULT_SECONDS
from tests.load.client import Client
from tests.load.cores import GENERATOR_CORE, SERVER_CORE, busy_seconds, wait_for_rest
from tests.load.game_rooms import leave_game_rooms, open_game_rooms, start_games
from tests.load.marks import MESSAGES_A_SECOND
from tests.load.playing import Playing
from tests.load.rooms import Room, close_rooms, open_rooms
from tests.load.servers import GAME, ServerUnderTest

_settling: Final = MESSAGES_A_SECOND * 3 // 2
"""Messages of each room that are sent before it counts."""
_grace: Final = 1.0
MOST_MS: Final = 50.0
"""The 99th percentile of the time from the timetable to another's socket."""
LEAST_DELIVERED: Final = 0.97
_most_lateness_ms: Final = 10.0
_most_share: Final = 0.85
_most_of_others: Final = 0.1


@dataclass(frozen=True)
class Result:
    """What one trial found; `us_per_delivery` is the server's processor time for one message to one person."""

    server: str
    rooms: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    delivered: float
    """The share of the messages that came."""
    delivered_per_s: float
    us_per_delivery: float
    server_share: float
    """Of its core."""
    generator_share: float
    """Of its core, in which it had something to do; the rest of the time it looks whether something has come."""
    lateness_p99_ms: float
    """By how much the generator itself missed its timetable."""
    others_share: float
    """Of the core, the server's or the generator's, of which other programs took more."""
    looks_per_s: float
    """How quick the generator was, idle: where others have the same core of a real machine, that changes by half from second to second."""
    lost: int
    """Connections that ended without anybody meaning it."""

    @property
    def passes(self) -> bool:
        """Whether the server carries so many rooms."""
        return self.p99_ms <= MOST_MS and self.delivered >= LEAST_DELIVERED

    @property
    def is_disturbed(self) -> bool:
        """Other programs ran beside, so that a trial that fails says nothing."""
        return self.others_share > _most_of_others

    @property
    def is_generator_bound(self) -> bool:
        """The generator was at its own limits, so that the trial says nothing about the server."""
        if self.is_disturbed:
            return self.generator_share > _most_share
        return self.lateness_p99_ms > _most_lateness_ms or self.generator_share > _most_share or SERVER_CORE == GENERATOR_CORE


class _Gauge:
    """The processor time of both sides over the window."""

    def __init__(self, server: ServerUnderTest, playing: Playing) -> None:
        self._server, self._playing = server, playing

    def start(self) -> None:
        self._at = time.perf_counter(), self._server.cpu_seconds(), time.process_time(), self._playing.idle_seconds, self._playing.looks
        self._busy = busy_seconds(SERVER_CORE), busy_seconds(GENERATOR_CORE)

    def stop(self) -> None:
        began, server, generator, idle, looks = self._at
        self.seconds = time.perf_counter() - began
        self.server, self.generator = self._server.cpu_seconds() - server, time.process_time() - generator
        was_idle = self._playing.idle_seconds - idle
        self.at_work = self.generator - was_idle
        self.looks_per_s = (self._playing.looks - looks) / max(was_idle, 1e-3)
        on_servers, on_generators = self._busy
        others = busy_seconds(SERVER_CORE) - on_servers - self.server, busy_seconds(GENERATOR_CORE) - on_generators - self.generator
        self.others = max(0.0, *others)


def try_rooms(server: ServerUnderTest, rooms: int, seconds: float, seed: int = 1) -> Result:
    """Open so many rooms, play them, close them."""
    if server.name != GAME:
        opened = open_rooms(server, rooms)
        try:
            return play(server, opened, seconds, seed)
        finally:
            close_rooms(opened)
    games = open_game_rooms(server, rooms)
    try:
        start_games(games)
        wait_for_rest(SERVER_CORE)  # hundreds of games that begin in one second go into the database first, which no evening brings about
        return play(server, games, seconds, seed)
    finally:
        leave_game_rooms(games)
        time.sleep(RESULT_SECONDS)  # so long a turn's result is shown, to nobody too; then hundreds of games end, and go into the database
        wait_for_rest(SERVER_CORE)


def play(server: ServerUnderTest, rooms: Sequence[Room], seconds: float, seed: int = 1, idle: Sequence[Client] = ()) -> Result:
    """Have rooms that are open draw for so many seconds, after they have settled; `idle` people of other rooms stay meanwhile."""
    playing = Playing(rooms, Random(seed), idle)
    gauge = _Gauge(server, playing)
    window = range(_settling, _settling + round(seconds * MESSAGES_A_SECOND))
    playing.run(window, _grace, gauge.start, gauge.stop)
    for room in rooms:
        for member in room.members:
            member.understand_kept()
    expected, delivered = (sum(count(room, window) for room in rooms) for count in (Room.expected, Room.delivered))
    p50, p95, p99 = percentiles(playing.latencies, missing=_missed_by_prompt(rooms, window))
    return Result(
        server=server.name,
        rooms=len(rooms),
        p50_ms=p50,
        p95_ms=p95,
        p99_ms=p99,
        delivered=delivered / expected if expected else 0.0,
        delivered_per_s=delivered / seconds,
        us_per_delivery=gauge.server / max(1, delivered) * 1e6,
        server_share=gauge.server / gauge.seconds,
        generator_share=gauge.at_work / gauge.seconds,
        lateness_p99_ms=percentiles(playing.lateness)[2],
        others_share=gauge.others / gauge.seconds,
        looks_per_s=gauge.looks_per_s,
        lost=len(playing.lost),
    )


def percentiles(seconds: list[float], missing: int = 0) -> tuple[float, float, float]:
    """Milliseconds at the median, the 95th and the 99th percentile; what never came took for ever, here the grace and more."""
    values = np.array(seconds + [10 * _grace] * missing) * 1e3
    if not len(values):
        return 0.0, 0.0, 0.0
    p50, p95, p99 = (float(value) for value in np.percentile(values, (50, 95, 99)))
    return p50, p95, p99


def _missed_by_prompt(rooms: Sequence[Room], window: range) -> int:
    """Messages that those who read at once never got: without them, a server that drops most would look fast."""
    return sum(
        number in window and number not in room.prompt.numbers
        for room in rooms
        for drawer, sent in room.sent.items()
        if drawer is not room.prompt
        for number in sent
    )
