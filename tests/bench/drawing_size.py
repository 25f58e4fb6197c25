"""How many bytes a drawing takes where it is kept: `python -m tests.bench.drawing_size [--sketches 400] [--archive PATH]`.

People's sketches become ink as a browser would send them (tests/unit/game/drawing/hand.py), each one as it is, and eight after one
another as a drawing of a whole minute. The last line is one JSON object: bytes.
"""

import argparse
import json
import statistics
from pathlib import Path

from rich.console import Console
from rich.table import Table

from game.drawing.archive import FORMAT, pack, unpack
from tests.unit.game.drawing.hand import SKETCHES, as_sent, people_sketches

_sketches_a_minute = 8


def sizes(sketches: list[list[object]]) -> dict[str, list[int]]:
    """Of each sketch the bytes of its ink, its ink with 4 bytes a time, and what is kept; and its milliseconds."""
    found: dict[str, list[int]] = {"ink": [], "ink and times": [], "kept": [], "ms": []}
    for number, sketch in enumerate(sketches):
        ink, times = as_sent(sketch, seed=number)
        kept = pack(ink, times)
        assert unpack(FORMAT, kept).ink == ink
        for name, value in (("ink", len(ink)), ("ink and times", len(ink) + 4 * len(times)), ("kept", len(kept)), ("ms", times[-1])):
            found[name].append(value)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sketches", type=int, default=400, help="how many sketches to keep")
    parser.add_argument("--archive", type=Path, default=SKETCHES, help="where they are")
    asked = parser.parse_args()
    sketches = people_sketches(asked.sketches, asked.archive)
    long = [[stroke for sketch in sketches[at : at + _sketches_a_minute] for stroke in sketch] for at in range(0, len(sketches), _sketches_a_minute)]
    table = Table("drawings", "bytes of", "median", "95 %", "largest")
    figures: dict[str, dict[str, int]] = {}
    for label, drawings in (("sketches", sketches), (f"{_sketches_a_minute} in one", long)):
        found = sizes(drawings)
        milliseconds = found.pop("ms")
        table.add_row(f"{len(drawings)} {label}", f"(median {statistics.median(milliseconds) / 1000:.0f} s)")
        for name, values in found.items():
            ordered = sorted(values)
            median, p95 = round(statistics.median(ordered)), ordered[int(0.95 * len(ordered))]
            table.add_row("", name, str(median), str(p95), str(ordered[-1]))
            figures[f"{label}: {name}"] = {"median": median, "p95": p95}
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
