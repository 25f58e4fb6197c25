"""`guesstroke artist perceptors`: which models there are, and how fast each is here."""

from collections.abc import Iterable
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
    measure: Annotated[
        bool, typer.Option(help="Time three iterations of each, with random weights where the real ones are not here.")
    ] = True,
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
    seconds = _measured([*here, *recommended], device, precision, threads) if measure else {}
    table = Table(box=None, pad_edge=False)
    for column in ("name", "state", "picture", "parameters", "file", "a drawing here"):
        table.add_column(column, justify="left" if column in ("name", "state") else "right", no_wrap=column == "name")
    for entry in [*here, *recommended, *(others if everything else [])]:
        found = seconds.get(entry.name)
        table.add_row(
            entry.name,
            entry.state,
            f"{entry.size} px",
            f"{entry.parameters:.1f} M" if entry.parameters else "",
            f"{entry.megabytes:.0f} MB" if entry.megabytes else "",
            found or "",
        )
    Console().print(table)
    if measure:
        console.print(f"A drawing: {_drawing} iterations of the method ink.", highlight=False)
    if not everything:
        console.print(f"{len(others)} more can be fetched: --all names them. Files and ensembles: docs/artist.md.", highlight=False)


def _measured(entries: "Iterable[CatalogueEntry]", device: str, precision: str, threads: int | None) -> dict[str, str]:
    """Seconds a drawing by name, as text; of models with the same architecture only one is timed."""
    import torch

    from ai_artist.errors import ArtistError
    from ai_artist.perception import load_perceptor, untrained

    if threads is not None:
        torch.set_num_threads(threads)
    entries = list(entries)
    by_architecture: dict[str, str] = {}
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True) as progress:
        bar = progress.add_task("", total=len(entries))
        for entry in entries:
            architecture = entry.name.partition(":")[0]
            progress.update(bar, description=f"timing {entry.name}")
            if architecture not in by_architecture:
                try:
                    here = entry.state != "can be fetched"
                    perceptor = load_perceptor(entry.name, device, precision) if here else untrained(entry.name, device, precision)
                    by_architecture[architecture] = _drawing_time(perceptor)
                except ArtistError as error:
                    console.print(f"{entry.name}: {error}", markup=False, highlight=False)
                    by_architecture[architecture] = "?"
            progress.advance(bar)
    return {entry.name: by_architecture[entry.name.partition(":")[0]] for entry in entries}


def _drawing_time(perceptor: "Perceptor") -> str:
    from ai_artist.artist import Artist

    seconds = _drawing * Artist(perceptor).seconds_per_iteration(3)
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
