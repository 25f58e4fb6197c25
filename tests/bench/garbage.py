"""How long the garbage collector stops the server, and how often: with Python's own settings and with the server's.

    python -m tests.bench.garbage [--connections 5000] [--messages 200000]

Two processes, one for each: the application is built, rooms are filled with people, then drawing messages and chat go through a hundred of
the rooms. Everything is real but the sockets. The last line is one JSON object: for each the collections that looked at everything, the
longest stop in milliseconds, and the part of the time that went into collecting.
"""

import argparse
import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from game import collector
from game.app import build_app
from game.protocol.client_messages import Say
from game.protocol.ink import decode_frame, encode_frame
from game.rules.commands import Act, Ink
from game.settings import Settings
from tests.bench.hot_path import drawing_room, points

_people = 8
_drawing = 100


async def play(connections: int, messages: int, *, calm: bool) -> dict[str, float]:
    """Fill the rooms, draw, and note each stop."""
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(Settings(data_dir=Path(folder)), "http://localhost")
    if calm:
        collector.calm_down()
    stops: list[float] = []
    whole = 0
    began = 0.0

    def note(phase: str, about: dict[str, int]) -> None:
        nonlocal began, whole
        if phase == "start":
            began = time.perf_counter()
        else:
            stops.append(time.perf_counter() - began)
            whole += about["generation"] == 2

    gc.callbacks.append(note)
    rooms = [drawing_room() for _ in range(connections // _people)]
    frame = decode_frame(encode_frame(1, points))
    start = time.perf_counter()
    for number in range(messages):
        room = rooms[number % _drawing]
        room.post(Act(f"player {number % 7 + 1}", Say("is it a whale?")) if number % 40 == 0 else Ink("player 0", frame))
    took = time.perf_counter() - start
    gc.callbacks.remove(note)
    assert app is not None
    return {"whole": whole, "longest_ms": round(max(stops, default=0) * 1000, 2), "part": round(sum(stops) / took, 4)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=5000)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--only", choices=("usual", "calm"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(asyncio.run(play(given.connections, given.messages, calm=given.only == "calm"))))
        return
    found = {}
    for kind in ("usual", "calm"):
        command = [sys.executable, "-m", "tests.bench.garbage", "--connections", str(given.connections), "--messages", str(given.messages)]
        answer = subprocess.run([*command, "--only", kind], check=True, capture_output=True, text=True)
        found[kind] = json.loads(answer.stdout.splitlines()[-1])
    table = Table("collector", "looked at everything", "longest stop, ms", "part of the time")
    for kind, name in (("usual", "as Python sets it"), ("calm", "as the server sets it")):
        table.add_row(name, str(found[kind]["whole"]), f"{found[kind]['longest_ms']:.1f}", f"{found[kind]['part']:.1%}")
    Console().print(table)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
