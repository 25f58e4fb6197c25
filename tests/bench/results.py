"""What it costs to write down what games leave behind: turns with a drawing and seven guesses, and games with eight people at their ends.

    python -m tests.bench.results [--games 200] [--only sqlite|postgresql]

All goes through the journal into the database, as on a server. The processor's time is this process's, the driver's threads included; the
pace is how many a second come into the database when nothing else is to be done. PostgreSQL is this machine's at 127.0.0.1:5432, in a
database of the benchmark's own, which is dropped afterwards. The last line is JSON.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from game.store.entries import Entry
from game.store.session import Sessions, connect, migrate
from game.store.writer import ResultWriter
from tests.databases import empty_postgres, sqlite_url
from tests.unit.game.store.sample import began, ended, guess, turn

_patience = 600.0
_guessers = 7


def entries(games: int) -> dict[str, list[Entry]]:
    """Of so many games, each played by other people, what begins them, what their turns leave, and what ends them."""
    people = [[f"game{game}-player{number}" for number in range(_guessers + 1)] for game in range(games)]
    return {
        "the beginning of a game": [began(f"g{game}", host_id=who[0]) for game, who in enumerate(people)],
        "a turn": [
            turn(game=f"g{game}", drawer=who[0], guesses=tuple(guess(player, 9.5) for player in who[1:5]), missed=tuple(who[5:]))
            for game, who in enumerate(people)
        ],
        "the end of a game": [ended(f"g{game}", **{player: 100 + place for place, player in enumerate(who)}) for game, who in enumerate(people)],
    }


async def measure(sessions: Sessions, games: int) -> dict[str, tuple[float, float]]:
    """Of each kind of entry, milliseconds of the processor and of the clock for one."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        writer = ResultWriter(sessions, Path(folder))
        writer.start()
        for kind, made in entries(games).items():
            found[kind] = await _written(writer, made)
        await writer.stop()
    return found


async def _written(writer: ResultWriter, entries: Sequence[Entry]) -> tuple[float, float]:
    clock, worked = time.perf_counter(), time.process_time()
    for entry in entries:
        writer.keep(entry)
    assert await writer.settle(_patience), "the database does not take it all"
    return (time.process_time() - worked) / len(entries) * 1e3, (time.perf_counter() - clock) / len(entries) * 1e3


def run(url: str, games: int) -> dict[str, tuple[float, float]]:
    """Measure with this database."""
    migrate(url)

    async def measured() -> dict[str, tuple[float, float]]:
        engine, sessions = connect(url)
        try:
            return await measure(sessions, games)
        finally:
            await engine.dispose()

    return asyncio.run(measured())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.results", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=200)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    arguments = parser.parse_args()
    found = {}
    if arguments.only != "postgresql":
        with tempfile.TemporaryDirectory(dir=".") as folder:
            found["sqlite"] = run(sqlite_url(Path(folder) / "results.db"), arguments.games)
    if arguments.only != "sqlite":
        with empty_postgres("results") as url:
            found["postgresql"] = run(url, arguments.games)
    table = Table("database", "what", "ms of the processor", "a second")
    for database, kinds in found.items():
        for kind, (worked, lasted) in kinds.items():
            table.add_row(database, kind, f"{worked:.2f}", f"{1e3 / lasted:.0f}")
    Console().print(table)
    print(json.dumps({database: {kind: round(worked, 3) for kind, (worked, _) in kinds.items()} for database, kinds in found.items()}))


if __name__ == "__main__":
    main()
