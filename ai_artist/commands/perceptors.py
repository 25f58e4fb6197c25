"""`guesstroke artist perceptors`: which models there are, and how fast each is here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ai_artist.commands import options
from ai_artist.commands.options import console

if TYPE_CHECKING:
    from ai_artist.perception.base import Perceptor
    from ai_artist.perception.catalogue import CatalogueEntry

_drawing: Final = 250
"""Iterations that count as a drawing."""


def perceptors(
    everything: Annotated[bool, typer.Option("--all", help="Name every model that open_clip can fetch.")] = False,
    measure: Annotated[bool, typer.Option(help="Time three iterations of each, with random weights where the real ones are not here.")] = True,
    device: options.DeviceOption = "auto",
    precision: options.PrecisionOption = "auto",
    threads: options.ThreadsOption = None,
) -> None:
    """List the perceptors: bundled, cached here, and to be asked for, with their size and the seconds that a drawing takes here."""
    from ai_artist.perception.catalogue import RECOMMENDED, catalogue

    with console.status("looking at this machine's caches ..."):
        entries = catalogue()
    here = [entry for entry in entries if entry.state != "can be fetched"]
    recommended = [entry for entry in entries if entry.state == "can be fetched" and entry.name in RECOMMENDED]
    others = [entry for entry in entries if entry not in here and entry not in recommended]
    found = _measured([*here, *recommended], device, precision, threads) if measure else {}
    table = Table(box=None, pad_edge=False)
    for column in ("name", "state", "picture", "weights", "a drawing"):
        table.add_column(column, justify="left" if column in ("name", "state") else "right", no_wrap=True)
    for entry in [*here, *recommended, *(others if everything else [])]:
        timing = found.get(entry.name, _Timing())
        parameters = entry.parameters or timing.parameters
        weights = [f"{parameters:.1f} M" if parameters else "", f"{entry.megabytes:.0f} MB" if entry.megabytes else ""]
        table.add_row(entry.name, entry.state, f"{entry.size} px", ", ".join(filter(None, weights)), timing.drawing)
    Console().print(table)
    if measure:
        print(json.dumps({"seconds_per_drawing": {name: timing.seconds for name, timing in found.items()}}))
        console.print(f"A drawing is {_drawing} iterations of the method ink.", highlight=False)
    if not everything:
        console.print(f"{len(others)} more can be fetched: --all names them. Files and ensembles: docs/artist.md.", highlight=False)


@dataclass(frozen=True, slots=True)
class _Timing:
    """What three iterations told: how long a drawing takes, and how many million parameters there are."""

    seconds: float | None = None
    parameters: float | None = None

    @property
    def drawing(self) -> str:
        """The seconds as people read them."""
        if self.seconds is None:
            return ""
        return f"{self.seconds:.0f} s" if self.seconds < 120 else f"{self.seconds / 60:.0f} min"


def _measured(entries: "Sequence[CatalogueEntry]", device: str, precision: str, threads: int | None) -> dict[str, _Timing]:
    """The timings by name; of models with the same architecture only one is timed."""
    from ai_artist.errors import ArtistError
    from ai_artist.perception import load_perceptor, untrained

    by_architecture: dict[str, _Timing] = {}
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True) as progress:
        bar = progress.add_task("", total=len(entries))
        for entry in entries:
            progress.update(bar, description=f"timing {entry.name}")
            architecture = entry.name.partition(":")[0]
            if architecture not in by_architecture:
                load = untrained if entry.state == "can be fetched" else load_perceptor
                options.use_threads(threads, entry.name)
                try:
                    by_architecture[architecture] = _timing_of(load(entry.name, device, precision))
                except ArtistError as error:
                    console.print(f"{entry.name}: {error}", markup=False, highlight=False)
                    by_architecture[architecture] = _Timing()
            progress.advance(bar)
    return {entry.name: by_architecture[entry.name.partition(":")[0]] for entry in entries}


def _timing_of(perceptor: "Perceptor") -> _Timing:
    from ai_artist.artist import Artist
    from ai_artist.perception import ClipPerceptor

    parameters = perceptor.parameters if isinstance(perceptor, ClipPerceptor) else None
    return _Timing(round(_drawing * Artist(perceptor).seconds_per_iteration(3), 2), parameters)
