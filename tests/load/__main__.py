"""How many rooms of eight one core carries, with the whole game, beside bare fan-outs that have none.

    python -m tests.load [--only game,fastapi,broadcast,ws] [--part knee,flat,weight,storm,startup] [--seconds 8] [--repeat 1]

The server under test has one core for itself, this program the other. In each room one person draws 30 messages of four points a second by a
timetable that waits for nobody; in rooms of the game the others say wrong guesses, and now and then a connection fails and comes back. A
number of rooms passes if the 99th percentile of the time from the timetable to another's socket is at most 50 ms and 97 % of the points
arrive. That this program is not what is measured, each trial shows: by how late it was itself, and how much of its core it used.
A trial that fails while other programs take more than a tenth of a core, or while the machine is slower than it was (the generator looks less
often, idle, whether something has come: other machines share the real one), is marked and made again, up to five times, whichever server it is of.
Each begins when the server's core is at rest, and games draw when what their beginning leaves is in the database.

`fastapi`: an empty FastAPI fan-out on uvicorn, compression off; `broadcast`: the websockets library's; `ws`: Node's. The last line is JSON.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from tests.load.cores import GENERATOR_CORE, SERVER_CORE, settle_on, wait_for_rest
from tests.load.knee import find_knees
from tests.load.rooms import close_rooms
from tests.load.servers import GAME, NAMES, ServerUnderTest, missing
from tests.load.trial import Result, try_rooms
from tests.load.weight import CROWD, idle_rooms, storm, weigh

_guesses: Final = {"game": 250, "fastapi": 110, "broadcast": 170, "ws": 180}
_parts: Final = ("knee", "flat", "weight", "storm", "startup")
_counts: Final = (10, 30, 100, 300)
_disturbed_trials: Final = 5
"""A trial that fails while other programs run, or the machine is slow, is no trial; so often it is made again."""
_quick: Final = 0.85
"""Of the quickest trial of all so far: with less the machine is slow."""
_progress: Final = Console(stderr=True, soft_wrap=True)


@contextmanager
def running(names: list[str]) -> Iterator[dict[str, ServerUnderTest]]:
    """The servers, started; those that cannot run here are left out, and it is said."""
    servers: dict[str, ServerUnderTest] = {}
    with tempfile.TemporaryDirectory() as folder:
        try:
            for name in names:
                if reason := missing(name):
                    _progress.print(f"SKIPPED: {name}, for {reason}")
                    continue
                servers[name] = ServerUnderTest(name, Path(folder) / name)
                servers[name].start()
            for server in servers.values():
                server.wait_for_helpers()
            yield servers
        finally:
            for server in servers.values():
                server.stop()


class Trials:
    """Trials of one sitting, of so many seconds each."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._most_looks = 0.0

    def of(self, server: ServerUnderTest, rooms: int) -> Result:
        """One trial; another where it fails while it is disturbed."""
        for _ in range(_disturbed_trials):
            wait_for_rest(SERVER_CORE)
            result = try_rooms(server, rooms, self._seconds)
            self._most_looks = max(self._most_looks, result.looks_per_s)
            pace = result.looks_per_s / self._most_looks
            _tell(result, pace)
            if result.passes or not (result.is_disturbed or pace < _quick):
                break
        return result


def _tell(result: Result, pace: float) -> None:
    disturbed = f"  [disturbed: others took {result.others_share:.0%} of a core]" if result.is_disturbed else ""
    slow = "" if pace >= _quick else f"  [the machine is slow: {pace:.0%} of its pace]"
    bound = "  [generator at its limits]" if result.is_generator_bound else ""
    _progress.print(
        f"{result.server:10} {result.rooms:4} rooms  p50 {result.p50_ms:6.1f}  p99 {result.p99_ms:7.1f} ms  {result.delivered:6.1%} came  "
        f"{result.delivered_per_s:7,.0f}/s  {result.us_per_delivery:5.2f} µs each  server {result.server_share:4.0%}  "
        f"generator {result.generator_share:4.0%}, late {result.lateness_p99_ms:.1f} ms{bound}{disturbed}{slow}",
        markup=False,
    )


def knees(servers: dict[str, ServerUnderTest], trials: Trials, repeat: int) -> dict[str, Any]:
    """The knee of each, and how it fares at half of it."""
    found: dict[str, list[int]] = {name: [] for name in servers}
    at: dict[tuple[str, int], Result] = {}

    def passes(name: str, rooms: int) -> bool:
        result = at[name, rooms] = trials.of(servers[name], rooms)
        return result.passes

    for _ in range(repeat):
        for name, knee in find_knees({name: _guesses[name] for name in servers}, passes).items():
            found[name].append(knee)
    most = {name: round(statistics.median(each)) for name, each in found.items()}
    for name, knee in most.items():
        if (name, knee) not in at:  # a median of two
            at[name, knee] = trials.of(servers[name], knee)
    halves = {name: [trials.of(servers[name], max(1, knee // 2)) for _ in range(3)] for name, knee in most.items()}
    table = Table("server", "rooms of 8", "all", "delivered a second", "µs a delivery at the knee", "at half of it", "p99 ms at half")
    for name, knee in most.items():
        half, there = halves[name], at[name, knee]
        table.add_row(
            name,
            str(knee),
            ", ".join(map(str, found[name])),
            f"{there.delivered_per_s:,.0f}",
            f"{there.us_per_delivery:.2f}",
            f"{statistics.median(each.us_per_delivery for each in half):.2f}",
            f"{statistics.median(each.p99_ms for each in half):.1f}",
        )
    Console().print(table)
    figures: dict[str, Any] = {"rooms_at_knee": {name: most.get(name) for name in NAMES}}
    if GAME in most:
        half, there = halves[GAME], at[GAME, most[GAME]]
        figures["us_per_delivery"] = round(there.us_per_delivery, 2)
        figures["us_per_delivery_half_knee"] = round(statistics.median(each.us_per_delivery for each in half), 2)
        figures["p99_ms_half_knee"] = round(statistics.median(each.p99_ms for each in half), 1)
        figures["delivered_per_s"] = round(there.delivered_per_s)
        for name in most:
            if name != GAME and most[name]:
                figures[f"ratio_{name}"] = round(most[GAME] / most[name], 2)
    return figures


def flat(servers: dict[str, ServerUnderTest], trials: Trials) -> dict[str, Any]:
    """What a room costs, however many there are."""
    results = {rooms: trials.of(servers[GAME], rooms) for rooms in _counts}
    table = Table("rooms", "µs a delivery", "% of a core a room", "p99 ms")
    for rooms, result in results.items():
        table.add_row(str(rooms), f"{result.us_per_delivery:.2f}", f"{100 * result.server_share / rooms:.3f}", f"{result.p99_ms:.1f}")
    Console().print(table)
    return {"us_per_delivery_by_rooms": {rooms: round(result.us_per_delivery, 2) for rooms, result in results.items()}}


def weight(connections: int, busy_rooms: int, seconds: float) -> dict[str, Any]:
    """Memory, each size of room on a server of its own: what one has freed, the next would get for nothing."""
    with running([GAME]) as servers:
        crowd, crowded = idle_rooms(servers[GAME], connections // CROWD, CROWD)
        close_rooms(crowd)
    with running([GAME]) as servers:
        found = weigh(servers[GAME], connections, crowded, busy_rooms, seconds)
    table = Table("memory", "KiB")
    table.add_row(f"an idle connection of {found.connections:,}, all told", f"{found.kib_per_idle_connection:.1f}")
    table.add_row("an idle connection alone", f"{found.kib_per_connection_alone:.1f}")
    table.add_row("an idle room alone", f"{found.kib_per_idle_room:.1f}")
    table.add_row(f"a busy room after {seconds:.0f} s of drawing, alone", f"{found.kib_per_busy_room:.1f}")
    Console().print(table)
    return {
        "kib_per_idle_connection": round(found.kib_per_idle_connection, 1),
        "kib_per_busy_room": round(found.kib_per_busy_room, 1),
        "busy_beside_idle": {"p99_ms": round(found.busy.p99_ms, 1), "delivered": round(found.busy.delivered, 4), "lost": found.busy.lost},
    }


def startup() -> dict[str, Any]:
    """Seconds to the first page, of a new server and of one that was there before; and whether torch is in it."""
    with tempfile.TemporaryDirectory() as folder:
        took = []
        for _ in range(2):
            server = ServerUnderTest(GAME, Path(folder))
            took.append(round(server.start("/"), 2))
            time.sleep(1)
            has_torch = server.has_loaded("libtorch")
            server.stop()
    Console().print(
        f"Start to the first page: {took[0]} s with a new database, {took[1]} s with one that is there. Torch in the server: {has_torch}."
    )
    return {"startup_s": took, "torch_in_server": has_torch}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(NAMES), help="which servers, with commas between")
    parser.add_argument("--part", default=",".join(_parts), help="what to measure, with commas between")
    parser.add_argument("--seconds", type=float, default=8, help="how long a trial is")
    parser.add_argument("--repeat", type=int, default=1, help="how often each knee is looked for; the median counts")
    parser.add_argument("--rooms", type=int, help="one trial of each at so many rooms, and nothing else")
    given = parser.parse_args()
    names, parts = given.only.split(","), given.part.split(",")
    for value, known in ((names, NAMES), (parts, _parts)):
        if odd := [each for each in value if each not in known]:
            sys.exit(f"Known are {', '.join(known)}; got {', '.join(odd)}.")
    settle_on(GENERATOR_CORE)
    figures: dict[str, Any] = {}
    trials = Trials(given.seconds)
    if given.rooms:
        with running(names) as servers:
            figures = {name: asdict(trials.of(server, given.rooms)) for name, server in servers.items()}
        print(json.dumps(figures))
        return
    if "knee" in parts:
        with running(names) as servers:
            figures |= knees(servers, trials, given.repeat)
    for part, measure in (
        ("flat", lambda servers: flat(servers, trials)),
        ("storm", lambda servers: _storm(servers[GAME])),
    ):
        if part in parts and GAME in names:
            with running([GAME]) as servers:
                figures |= measure(servers)
    if "weight" in parts and GAME in names:
        figures |= weight(5000, 100, 45)
    if "startup" in parts and GAME in names:
        figures |= startup()
    print(json.dumps(figures))


def _storm(server: ServerUnderTest) -> dict[str, Any]:
    found = storm(server, 2000, 10)
    Console().print(
        f"{found.joins:,} joins in 10 s: {found.served:,} served, half of them in {found.p50_ms:.1f} ms, "
        f"99 % in {found.p99_ms:.1f} ms, all in {found.worst_ms:.1f} ms."
    )
    return {"storm_served": found.served, "storm_p99_ms": round(found.p99_ms, 1)}


if __name__ == "__main__":
    main()
