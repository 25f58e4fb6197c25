"""What keeping rooms for the next server costs: freezing a game of eight and writing it over its last but one state.

    python -m tests.bench.snapshots [--times 500]

A room that is drawn in is saved every 1.5 s. Each figure is the median of single savings, on the disk of the working folder. The last line is JSON.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table as Shown

from game.rooms.snapshots import RoomSnapshot, Snapshots
from tests.unit.game.rules.table import Table, begin, end, points

_strokes = (0, 40, 400)
_messages = 60
"""Of each stroke, as in two seconds."""
_rooms = 300


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.snapshots", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=500)
    times = parser.parse_args().times
    table = Table(*(f"player {number}" for number in range(8))).play()
    shown = Shown("strokes", "KiB", "freeze, µs", "write, µs", f"of a core, {_rooms} rooms")
    figures = []
    with tempfile.TemporaryDirectory(dir=".") as folder:
        snapshots = Snapshots(Path(folder))
        for strokes in _strokes:
            for number in range(len(table.turn.canvas.operations), strokes):
                for records in (begin(number), *[points(number)] * _messages, end(number)):
                    table.draw(table.drawer, records)
            freeze, write = [], []
            for _ in range(times):
                began = time.perf_counter()
                frozen = table.game.freeze()
                between = time.perf_counter()
                snapshots.save(RoomSnapshot("attic", 1.0, frozen))
                freeze.append(between - began)
                write.append(time.perf_counter() - between)
            both = statistics.median(freeze) + statistics.median(write)
            figures.append({"strokes": strokes, "kib": round(len(frozen) / 1024, 1), "us": round(1e6 * both)})
            medians = (f"{1e6 * statistics.median(each):.0f}" for each in (freeze, write))
            shown.add_row(str(strokes), f"{len(frozen) / 1024:.1f}", *medians, f"{_rooms / 1.5 * both:.1%}")
    Console().print(shown)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
