"""Inputs that are nearly right, for all that takes bytes from outside: each is taken, or refused with a documented error.

    python -m tests.fuzz [--inputs 1000000] [--seed N]

Messages and ink are decoded, drawn on a canvas and said in rooms where games are on. The last line is JSON; the exit status is 1 if anything else
than a documented error was raised, or the memory grew by a tenth after the first fifth.
"""

import argparse
import json
import sys
from random import SystemRandom

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table

from tests.fuzz.run import run

_largest_growth = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1_000_000), help="the same one gives the same inputs")
    given = parser.parse_args()
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("inputs", total=given.inputs)
        outcome = run(given.inputs, given.seed, lambda done: bar.update(task, completed=done))
    table = Table("input", "taken", "refused", title=f"Seed {given.seed}")
    for name in outcome.refused | outcome.accepted:
        table.add_row(name, f"{outcome.accepted[name]:,}", f"{outcome.refused[name]:,}")
    console = Console(soft_wrap=True)
    console.print(table)
    for failure in outcome.failures:
        console.print(f"WRONG: {failure}", markup=False, highlight=False)
    figures = {"inputs": outcome.inputs, "accepted": outcome.accepted.total(), "refused": outcome.refused.total(), "failures": len(outcome.failures)}
    print(json.dumps(figures | {"memory_growth": round(outcome.growth, 4), "seed": given.seed}))
    sys.exit(1 if outcome.failures or outcome.growth > _largest_growth else 0)


if __name__ == "__main__":
    main()
