"""People's sketches as strokes: the corpus that doodle-clip learns to see with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Split = Literal["train", "validation", "test"]
_split_codes: dict[Split, int] = {"train": 0, "validation": 1, "test": 2}


@dataclass(frozen=True, slots=True)
class Sketch:
    """One sketch: strokes in the order drawn, each float32 [points, 2] of x, y in 0..1, y down."""

    strokes: tuple[NDArray[np.float32], ...]
    category: int


@dataclass(frozen=True, slots=True)
class SketchCorpus:
    """Sketches of one split and the category names that their `category` indexes."""

    categories: tuple[str, ...]
    sketches: tuple[Sketch, ...]


def load_sketches(path: Path, split: Split) -> SketchCorpus:
    """Read one split of a sketch archive.

    The archive is an .npz with `points` uint8 [P, 2], `stroke_offsets` int32 [S + 1], `sketch_offsets` int32 [N + 1],
    `label` int16 [N], `categories` str [C] and `split` uint8 [N] (0 train, 1 validation, 2 test).

    Raises FileNotFoundError if there is no such file, ValueError if an array is missing.
    """
    with np.load(path) as archive:
        missing = {"points", "stroke_offsets", "sketch_offsets", "label", "categories", "split"} - set(archive.files)
        if missing:
            raise ValueError(f"{path} is no sketch archive: it lacks the arrays {', '.join(sorted(missing))}.")
        points = archive["points"].astype(np.float32) / 255
        stroke_offsets, sketch_offsets = archive["stroke_offsets"], archive["sketch_offsets"]
        labels, splits = archive["label"], archive["split"]
        categories = tuple(str(name) for name in archive["categories"])
    chosen = np.flatnonzero(splits == _split_codes[split])
    sketches = tuple(
        Sketch(
            tuple(points[stroke_offsets[stroke] : stroke_offsets[stroke + 1]] for stroke in range(sketch_offsets[index], sketch_offsets[index + 1])),
            int(labels[index]),
        )
        for index in chosen
    )
    return SketchCorpus(categories, sketches)
