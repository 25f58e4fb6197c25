"""What a comparison of methods has found so far, and the three files that show it."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ai_artist.errors import OutputError

if TYPE_CHECKING:
    from ai_artist.artist import Synthesis

TABLE: Final = "similarity.csv"
SHEET: Final = "comparison.png"
PLOT: Final = "similarity.png"


def check_files(folder: Path) -> None:
    """Raise OutputError if the files cannot be put there: said before the work, not after."""
    from ai_artist.pictures import check_folder, check_output

    check_folder(folder)
    if folder.is_dir():
        for name in (TABLE, SHEET, PLOT):
            check_output(folder / name, (Path(name).suffix,))


@dataclass(slots=True)
class Comparison:
    """Prompts make the rows, methods the columns; it may end before every place is filled."""

    prompts: list[str]
    methods: list[str]
    results: "dict[tuple[str, str], Synthesis]" = field(default_factory=dict)
    """By prompt and method."""
    missing: dict[str, str] = field(default_factory=dict)
    """Why a method draws nothing."""

    @property
    def similarities(self) -> dict[str, float]:
        """The mean similarity of the pictures of each method that has some."""
        found = {name: [self.results[row, name].similarity for row in self.prompts if (row, name) in self.results] for name in self.methods}
        return {name: round(statistics.mean(values), 4) for name, values in found.items() if values}

    def write(self, folder: Path) -> None:
        """Write the files, the table first. One that cannot be written keeps none of the others back: OutputError comes at the end."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"The folder {folder} could not be made: {error}.") from error
        failures = []
        writers: tuple[tuple[Callable[[Path], None], str], ...] = ((self._write_table, TABLE), (self._write_sheet, SHEET), (self._write_plot, PLOT))
        for write, name in writers:
            try:
                write(folder / name)
            except OutputError as error:
                failures.append(str(error))
        if failures:
            raise OutputError(" ".join(failures))

    def _write_table(self, path: Path) -> None:
        from ai_artist.sheets import write_csv

        found = self.results.items()
        write_csv(((row, name, now.iteration, now.seconds, now.similarity) for (row, name), result in found for now in result.curve), path)

    def _write_sheet(self, path: Path) -> None:
        """In place of a picture that is not there stands the first sentence of why."""
        from ai_artist.pictures import save_picture
        from ai_artist.sheets import Cell, comparison_sheet

        def cell(row: str, name: str) -> "Cell":
            result = self.results.get((row, name))
            return result.picture(320) if result else self.missing.get(name, "not drawn").split(". ")[0]

        save_picture(comparison_sheet({row: {name: cell(row, name) for name in self.methods} for row in self.prompts}), path)

    def _write_plot(self, path: Path) -> None:
        from ai_artist.sheets import similarity_plot

        curves = {
            row: {
                name: [(now.seconds, now.similarity) for now in self.results[row, name].curve] for name in self.methods if (row, name) in self.results
            }
            for row in self.prompts
        }
        similarity_plot(curves, path)
