"""How long a line of chat takes from one player's socket to another's while the artist is at full load, and while it rests.

    python -m tests.bench.chat_latency [--seconds 20]

The last line is one JSON object: milliseconds at the median and the 99th percentile, the ratio of the two
situations, and the seconds from the start of the turn to the first stroke on a guesser's socket.
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

_pause = 0.3  # under the server's rate limit for one player


async def latencies(ada: Wire, ben: Wire, seconds: float, label: str) -> list[float]:
    """Milliseconds of each line that Ada says until Ben hears it."""
    measured = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        text = f"{label} {len(measured)}"
        began = time.perf_counter()
        await ada.send("say", text=text)
        await ben.wait_for("chat", text=text)
        measured.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(_pause)
    return measured


async def measure(server: Server, seconds: float) -> tuple[dict[str, list[float]], float]:
    """Chat in a lobby while nothing is drawn, then while the artist draws; also the seconds until its first stroke."""
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    resting = await latencies(ada, ben, seconds, "resting")
    await ada.send("start_game")
    began = time.perf_counter()
    await ben.wait_for_ink(1, patience=60)
    first_stroke = time.perf_counter() - began
    drawing = await latencies(ada, ben, seconds, "drawing")
    for wire in (ada, ben):
        await wire.close()
    return {"resting": resting, "drawing": drawing}, first_stroke


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="how long to chat in each situation")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), draw_seconds=max(60, int(seconds * 2.5))).start()
        try:
            server.wait_for_artist()
            time.sleep(15)  # the spare warms up too
            measured, first_stroke = asyncio.run(measure(server, seconds))
        finally:
            server.stop()
    table = Table("the artist is", "lines", "median ms", "p99 ms", "worst ms")
    figures: dict[str, float] = {"first_stroke_s": round(first_stroke, 2)}
    for label, values in measured.items():
        p99 = statistics.quantiles(values, n=100, method="inclusive")[98]
        figures |= {f"{label}_p50_ms": round(statistics.median(values), 2), f"{label}_p99_ms": round(p99, 2)}
        table.add_row(label, str(len(values)), f"{statistics.median(values):.2f}", f"{p99:.2f}", f"{max(values):.2f}")
    Console().print(table)
    figures["p99_ratio"] = round(figures["drawing_p99_ms"] / figures["resting_p99_ms"], 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
