"""The verdicts as a table, one row a word."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ai_artist.errors import OutputError
from ai_artist.evaluation.accuracy import NEVER
from ai_artist.evaluation.verdicts import RunFigures

_columns: Final = ("perceptor", "method", "word", "rank", "guess", "probability", "similarity", "seed", "strokes")


def write_results(runs: Sequence[RunFigures], path: Path) -> None:
    """Write CSV with a header. `rank` is the right class's place from 1. What a word has not is empty: all without a drawing, the rank
    where nothing can be seen on it.

    Raises OutputError if it cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_columns)
            for run in runs:
                for verdict in run.verdicts:
                    row: list[object] = [run.perceptor, run.method, verdict.word]
                    if verdict.record:
                        drawing = verdict.record.drawing
                        probability, similarity = round(verdict.probability, 4), round(drawing.similarity, 4)
                        row += [
                            "" if verdict.rank == NEVER else verdict.rank + 1,
                            verdict.guess,
                            probability,
                            similarity,
                            drawing.seed,
                            len(drawing.strokes),
                        ]
                    writer.writerow(row + [""] * (len(_columns) - len(row)))
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error
