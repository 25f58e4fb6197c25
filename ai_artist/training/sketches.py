"""People's sketches as strokes: the corpus that doodle-clip learns to see with.

Read from one archive, or from a folder of the Quick, Draw! dataset's own files.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np

from ai_artist.training.packing import Packed, Strokes

Split = Literal["train", "validation", "test"]
_split_codes: dict[Split, int] = {"train": 0, "validation": 1, "test": 2}
_arrays = frozenset({"points", "stroke_offsets", "sketch_offsets", "label", "categories", "split"})


@dataclass(frozen=True, slots=True)
class Sketch:
    """One person's drawing of a word."""

    strokes: Strokes
    category: int


@dataclass(frozen=True, slots=True)
class SketchCorpus:
    """Sketches of one split and the category names that their `category` indexes."""

    categories: tuple[str, ...]
    sketches: tuple[Sketch, ...]


def load_sketches(path: Path, split: Split, per_category: int = 2000) -> SketchCorpus:
    """Read one split of a sketch archive (.npz), or of a folder of Quick, Draw!'s simplified files (.ndjson).

    The archive has `points` uint8 [P, 2], `stroke_offsets` int32 [S + 1], `sketch_offsets` int32 [N + 1],
    `label` int16 [N], `categories` str [C] and `split` uint8 [N] (0 train, 1 validation, 2 test).

    Of each file in a folder come the first `per_category` of the split that people's game recognised. There, one sketch in fifty is
    for validation and one for the test, by the dataset's own key, so that a sketch is in the same split whenever it is read.

    Raises FileNotFoundError if there is nothing at `path`, ValueError if it holds something else.
    """
    return _read_folder(path, split, per_category) if path.is_dir() else _read_archive(path, split)


def _read_archive(path: Path, split: Split) -> SketchCorpus:
    with np.load(path) as archive:
        missing = _arrays - set(archive.files)
        if missing:
            raise ValueError(f"{path} is no sketch archive: it lacks the arrays {', '.join(sorted(missing))}.")
        drawings = Packed(archive["points"].astype(np.float32) / 255, archive["stroke_offsets"], archive["sketch_offsets"])
        labels, splits = archive["label"], archive["split"]
        categories = tuple(str(name) for name in archive["categories"])
    chosen = np.flatnonzero(splits == _split_codes[split])
    sketches = tuple(Sketch(drawings.drawing(index), int(labels[index])) for index in chosen.tolist())
    return SketchCorpus(categories, sketches)


def _read_folder(folder: Path, split: Split, per_category: int) -> SketchCorpus:
    files = sorted(folder.glob("*.ndjson"))
    if not files:
        raise FileNotFoundError(f"No .ndjson files in {folder}: expected Quick, Draw!'s simplified files, one a category.")
    words: list[str] = []
    sketches: list[Sketch] = []
    for file in files:
        read = list(islice(_of_split(file, split), per_category))
        words.append(read[0][0] if read else file.stem)
        sketches += [Sketch(strokes, len(words) - 1) for _, strokes in read]
    return SketchCorpus(tuple(words), tuple(sketches))


def _of_split(file: Path, split: Split) -> Iterator[tuple[str, Strokes]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                if _split_of(int(entry["key_id"])) != split or not entry.get("recognized", True):
                    continue
                strokes = tuple(np.asarray(stroke[:2], np.float32).T / np.float32(255) for stroke in entry["drawing"])
                word = str(entry["word"])
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{file}, line {number} is no simplified Quick, Draw! drawing: {error!r}.") from error
            if strokes:
                yield word, strokes


def _split_of(key: int) -> Split:
    # The keys are drawn at random, but in steps of 16 or more: their lowest bits say nothing.
    part = (key >> 16) % 50
    return "validation" if part == 0 else "test" if part == 1 else "train"
