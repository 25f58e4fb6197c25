"""People play while everything breaks: the server, its clock, its database, its disk, its artists, the network.

    python -m tests.chaos [--faults 105] [--minutes 9] [--seed N] [--rooms 6] [--people 4]

In each room people play one game after another, through a proxy that delays, cuts and drops; so does one between the server and a PostgreSQL of
its own. After every few faults the games stand still for a moment, and each page is compared with what the server tells one who comes in then;
at the end, what people have seen is compared with the database. The last line is JSON; the exit status is 1 if anything went wrong.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path
from random import SystemRandom

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.chaos.faults import SHARES
from tests.chaos.run import Outcome, run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=sum(SHARES.values()), help="how many")
    parser.add_argument("--minutes", type=float, default=9.0, help="how long at most")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10_000), help="what comes when; the machine's own timing stays")
    parser.add_argument("--rooms", type=int, default=6)
    parser.add_argument("--people", type=int, default=4, help="in each room")
    given = parser.parse_args()
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with tempfile.TemporaryDirectory() as folder, Progress(*columns, console=console) as bar:
        task = bar.add_task("people come in", total=given.faults)

        def tell(what: str, done: int) -> None:
            bar.update(task, description=what, completed=done)

        outcome = asyncio.run(run(Path(folder), given.faults, 60 * given.minutes, given.seed, tell, given.rooms, given.people))
    show(outcome, given.seed)
    sys.exit(1 if outcome.wrong else 0)


def show(outcome: Outcome, seed: int) -> None:
    console = Console(soft_wrap=True)
    table = Table("fault", "times", title=f"Seed {seed}")
    for kind, count in outcome.kinds.most_common():
        table.add_row(kind, str(count))
    console.print(table)
    if not outcome.has_clock:
        console.print("SKIPPED: the wall clock does not jump, for libfaketime is not installed: make browser")
    console.print(
        f"{outcome.games} games of {outcome.turns} turns, {outcome.comparisons} comparisons, {outcome.reconnects} reconnections; "
        f"from the server's end to everybody's playing on: {', '.join(f'{each:.1f}' for each in sorted(outcome.recoveries)) or '-'} s"
    )
    for wrong in outcome.wrong:
        console.print(f"WRONG: {wrong}", markup=False, highlight=False)
    print(json.dumps(outcome.summary))


if __name__ == "__main__":
    main()
