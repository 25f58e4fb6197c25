"""How soon an artist's first stroke is on a guesser's socket after its turn began: cold, drawn ahead, and with several rooms at once.

    python -m tests.bench.first_stroke [--games 5] [--rooms 4]

Each game is one person alone against the artist: the first turn is cold, the second was drawn ahead during the first.
The last line is one JSON object: seconds.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.integration.wire import Wire, open_room
from tests.server import Server

_draw_seconds = 40


async def play(server: Server, name: str, turns: int) -> list[float]:
    """The seconds from each turn's start to its first ink, in a game of one person."""
    code = open_room(server)
    ada = await Wire.join(server, code, name)
    await ada.send("start_game")
    waits = []
    for number in range(1, turns + 1):
        await ada.wait_for("turn_started", patience=120, turn=number)
        began = time.perf_counter()
        # The first ink may have come with the news that the turn began.
        await ada.wait_for_ink_of(number, patience=60)
        waits.append(time.perf_counter() - began)
    await ada.send("leave_room")
    await ada.close()
    return waits


async def measure(server: Server, games: int, rooms: int) -> tuple[list[float], list[float], list[float]]:
    """The waits of cold turns, of turns that were drawn ahead, and of the first turns of rooms that start at once."""
    cold, ahead = [], []
    for number in range(games):
        first, second = await play(server, f"Ada {number}", 2)
        cold.append(first)
        ahead.append(second)
    together = [waits[0] for waits in await asyncio.gather(*(play(server, f"Ben {number}", 1) for number in range(rooms)))]
    return cold, ahead, together


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--games", type=int, default=5, help="how many games to play one after another")
    parser.add_argument("--rooms", type=int, default=4, help="how many rooms to start at once")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), draw_seconds=_draw_seconds).start()
        try:
            server.wait_for_artist()
            time.sleep(15)  # the spare warms up too
            cold, ahead, together = asyncio.run(measure(server, asked.games, asked.rooms))
        finally:
            server.stop()
    table = Table("first stroke after", "turns", "fastest", "median", "slowest")
    figures: dict[str, float | list[float]] = {}
    for label, waits in (("cold", cold), ("drawn ahead", ahead), (f"{asked.rooms} rooms at once, cold", together)):
        table.add_row(label, str(len(waits)), *(f"{value:.2f} s" for value in (min(waits), statistics.median(waits), max(waits))))
        figures[label.replace(" ", "_").replace(",", "")] = [round(wait, 3) for wait in sorted(waits)]
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
