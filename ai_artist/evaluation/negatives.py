"""Drawings that the artist took for good and the validator cannot name: the next perceptor is shown them as scribbles."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ai_artist.errors import OutputError
from ai_artist.evaluation.accuracy import ranks
from ai_artist.evaluation.bitmaps import marks_of
from ai_artist.evaluation.judge import Judge
from ai_artist.pictures import picture_of
from ai_artist.strokes import Drawing

SIDE: Final = 64
"""Pixels; what perceptors are trained with."""


def unnamed(drawings: Iterable[Drawing], judge: Judge) -> NDArray[np.uint8]:
    """Return pictures uint8 [N, 64, 64, 3] of those whose word is not among the judge's first five."""
    drawings = list(drawings)
    probabilities = judge.probabilities([judge.bitmap(marks_of(drawing.strokes)) for drawing in drawings])
    places = judge.places_of([drawing.prompt for drawing in drawings])
    found = [drawing for drawing, rank in zip(drawings, ranks(probabilities, places).tolist(), strict=True) if rank >= 5]
    if not found:
        return np.zeros((0, SIDE, SIDE, 3), np.uint8)
    return np.stack([np.asarray(picture_of(drawing.strokes, SIDE)) for drawing in found])


def write_negatives(pictures: NDArray[np.uint8], path: Path) -> None:
    """Write what `[data] negatives` of a training configuration names. Raises OutputError if it cannot be written."""
    try:
        with path.open("wb") as file:
            np.save(file, pictures)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error
