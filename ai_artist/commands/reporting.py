"""What the commands that measure show: bars while they work, tables, and the figures as one line of JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ai_artist.commands import options
from ai_artist.commands.options import console

if TYPE_CHECKING:
    from ai_artist.perception import Perceptor


def loaded(names: Sequence[str], device: str, precision: str) -> "Iterator[tuple[str, Perceptor]]":
    """The perceptors by what they were asked for by, one loaded after another."""
    from ai_artist.perception import load_perceptor

    for name in names:
        with console.status(f"loading {name} ..."):
            options.use_threads(None, name)
            perceptor = load_perceptor(name, device, precision)
        yield name, perceptor


def progress_bar() -> Progress:
    """A bar for work that takes many seconds a piece."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(elapsed_when_finished=True))
    # A drawing takes many seconds: the time that remains is reckoned from the last ten minutes.
    return Progress(*columns, console=console, speed_estimate_period=600)


def new_table(title: str, *columns: str) -> Table:
    """A table with its title said above it."""
    console.print(title, highlight=False)
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=bool(number))
    return table


def say_json(runs: "Sequence[Mapping[str, object]]") -> None:
    """The last line: the first run's figures, and where there are several all of them under "runs"."""
    print(json.dumps(dict(runs[0]) | ({"runs": list(runs)} if len(runs) > 1 else {})))
