"""How long a line of chat takes from one player's socket to another's, with the artist and AI guessers at work and without.

    python -m tests.bench.chat_latency [--seconds 90]

Measured in one room while the artist rests, and while it draws; then in four rooms at once without any AI, and in four in each of which
the artist draws and three sharp AI guessers look. Those never find the word, so that they look all the time.

The last line is one JSON object: milliseconds at the median, the 95th and the 99th percentile, the ratios of the situations, and the
seconds from the start of the turn to the first stroke on a guesser's socket.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from tests.integration.wire import Wire, open_room
from tests.server import Server

_pause = 1.4  # under the server's rate limit for one player
_rooms = 4
_guessers = 3
_words = 700  # as many as a bundled pack has
_settling = 6.0  # seconds in which the guessers learn the words


@dataclass
class Room:
    """Two people in a room of theirs: what Ben says Ada hears. Cleo only watches."""

    ada: Wire
    ben: Wire
    cleo: Wire

    @classmethod
    async def open(cls, server: Server, **settings: object) -> "Room":
        code = open_room(server)
        room = cls(*[await Wire.join(server, code, name) for name in ("Ada", "Ben")], await Wire.join(server, code, "Cleo", role="spectator"))
        if settings:
            await room.ada.send("change_settings", **settings)
        return room

    async def latencies(self, seconds: float, label: str) -> list[float]:
        """Milliseconds of each line until it is heard."""
        measured = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            text = f"{label} {len(measured)}"
            began = time.perf_counter()
            await self.ben.send("say", text=text)
            await self.ada.wait_for("chat", text=text)
            measured.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(_pause)
        return measured

    async def start(self) -> None:
        """Begin the game, and wait until somebody may draw."""
        await self.ada.send("start_game")
        await self.ben.wait_for("turn_started", patience=30)

    async def leave(self) -> float:
        """Go, so that the turn ends and nothing is drawn any more; return how often a second AI guessers looked in it, as is told after it."""
        for wire in (self.ada, self.ben):
            await wire.send("leave_room")
            await wire.close()
        await self.cleo.wait_for("turn_ended")
        await asyncio.sleep(0.2)
        told = [
            line["points"] for message in self.cleo.heard if message["type"] == "thoughts" for line in message["lines"] if line["kind"] == "guesser"
        ]
        await self.cleo.close()
        return sum(1000 * (len(points) - 1) / (points[-1][0] - points[0][0]) for points in told if len(points) > 1)


async def in_rooms(rooms: list[Room], seconds: float, label: str) -> list[float]:
    """All the latencies of rooms in which people chat at the same time."""
    return [each for found in await asyncio.gather(*(room.latencies(seconds, label) for room in rooms)) for each in found]


async def measure(server: Server, seconds: float) -> tuple[dict[str, list[float]], float, float]:
    """Chat in each situation; also the seconds until the artist's first stroke, and how often a second AI guessers looked."""
    measured = {}
    one = await Room.open(server)
    measured["resting"] = await one.latencies(seconds, "resting")

    rooms = [await Room.open(server, human_turns_per_artist_turn=0, choices=1) for _ in range(_rooms)]
    await asyncio.gather(*(room.start() for room in rooms))
    measured["rooms_alone"] = await in_rooms(rooms, seconds, "rooms alone")
    for room in rooms:
        await room.leave()

    await one.ada.send("start_game")
    began = time.perf_counter()
    await one.ben.wait_for_ink(1, patience=60)
    first_stroke = time.perf_counter() - began
    measured["drawing"] = await one.latencies(seconds, "drawing")
    await one.leave()

    rooms = [await Room.open(server, human_turns_per_artist_turn=1, ai_guessers=_guessers, ai_strength="sharp", hints=0) for _ in range(_rooms)]
    await asyncio.gather(*(room.start() for room in rooms))
    await asyncio.gather(*(room.ben.wait_for_ink(1, patience=60) for room in rooms))
    await asyncio.sleep(_settling)
    measured["rooms_with_ai"] = await in_rooms(rooms, seconds, "rooms with ai")
    return measured, first_stroke, sum([await room.leave() for room in rooms])


def nonsense(count: int) -> tuple[str, ...]:
    """Words of one length that no drawing looks like, and that none of them is close to."""
    random = Random(1)
    words: set[str] = set()
    while len(words) < count:
        words.add("".join(random.choice("bdfgklmnprstvz") + random.choice("aeiou") for _ in range(4)))
    return tuple(sorted(words))


def percentile(values: list[float], percent: int) -> float:
    """In milliseconds."""
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 2)


_situations = {
    "resting": "one room, the artist rests",
    "drawing": "one room, the artist draws",
    "rooms_alone": f"{_rooms} rooms without any AI",
    "rooms_with_ai": f"{_rooms} rooms, in each the artist draws and {_guessers} AI guessers look",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=90, help="how long to chat in each situation")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), nonsense(_words), draw_seconds=min(240, max(60, int(seconds * 2.5)))).start()
        try:
            server.wait_for_artist()
            time.sleep(15)  # the spare warms up too
            measured, first_stroke, looks = asyncio.run(measure(server, seconds))
        finally:
            server.stop()
    table = Table("situation", "lines", "median ms", "p95 ms", "p99 ms", "worst ms")
    figures: dict[str, float] = {"first_stroke_s": round(first_stroke, 2), "looks_per_s": round(looks, 1)}
    for label, name in _situations.items():
        values = measured[label]
        p50, p95, p99 = (percentile(values, percent) for percent in (50, 95, 99))
        figures |= {f"{label}_p50_ms": p50, f"{label}_p95_ms": p95, f"{label}_p99_ms": p99}
        table.add_row(name, str(len(values)), f"{p50:.2f}", f"{p95:.2f}", f"{p99:.2f}", f"{max(values):.2f}")
    Console().print(table)
    figures["p99_ratio"] = round(figures["drawing_p99_ms"] / figures["resting_p99_ms"], 2)
    for percent in ("p50", "p95", "p99"):
        figures[f"rooms_{percent}_ratio"] = round(figures[f"rooms_with_ai_{percent}_ms"] / figures[f"rooms_alone_{percent}_ms"], 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
