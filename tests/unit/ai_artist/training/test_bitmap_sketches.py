"""Sketches that come as bitmaps: who learns from which, and that nobody learns from what is held out."""

import gzip
import json

import numpy as np
import pytest

from ai_artist.training import shaky_hand
from ai_artist.training.bitmap_sketches import load_bitmap_sketches, training_sketches
from ai_artist.training.sketches import Sketch, SketchCorpus, load_sketches
from tests.unit.ai_artist.training.corpora import WORDS, write_bitmaps, write_sketches

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]  # only who trains perceptors needs them


def looks(corpus):
    return {shaky_hand.render(list(sketch.strokes), 28, 1.0).tobytes() for sketch in corpus.sketches}


def test_perceptor_and_validator_have_no_sketch_in_common(tmp_path):
    folder, cache = write_bitmaps(tmp_path / "bitmaps"), tmp_path / "traced.npz"
    perceptors = load_bitmap_sketches(folder, WORDS, [], "perceptor", cache)
    validators = load_bitmap_sketches(folder, WORDS, [], "validator", cache)
    assert len(perceptors.sketches) == 30 * len(WORDS)
    assert len(validators.sketches) == 70 * len(WORDS)
    assert {sketch.category for sketch in perceptors.sketches} == set(range(len(WORDS)))
    assert not looks(perceptors) & looks(validators)


def test_a_drawing_that_is_held_out_is_learned_by_nobody(tmp_path):
    folder, cache = write_bitmaps(tmp_path / "bitmaps"), tmp_path / "traced.npz"
    seen = load_bitmap_sketches(folder, WORDS, [], "perceptor", cache)
    points = np.concatenate(seen.sketches[0].strokes)
    low, extent = points.min(0), (points.max(0) - points.min(0)).max()
    held = SketchCorpus(WORDS, (Sketch(tuple((stroke - low) / extent for stroke in seen.sketches[0].strokes), seen.sketches[0].category),))
    # The package's drawings fill the bitmap from its corner; so does this one, or it would not be found.
    line = (shaky_hand.render([(stroke - low) / extent * 0.99 for stroke in seen.sketches[0].strokes], 28, 1.0) / 255).ravel().tolist()
    path = folder / f"{WORDS[held.sketches[0].category]}.ndjson.gz"
    with gzip.open(path, "rt") as file:
        lines = file.read().splitlines()
    lines[60] = json.dumps(line)
    with gzip.open(path, "wt") as file:
        file.write("\n".join(lines))
    cache.unlink()
    rest = load_bitmap_sketches(folder, WORDS, [held], "perceptor", cache)
    assert len(rest.sketches) < len(seen.sketches)


def test_without_bitmaps_the_archive_is_all_there_is(tmp_path):
    sketches = write_sketches(tmp_path / "sketches.npz")
    own = training_sketches({"sketches": str(sketches)}, "perceptor", tmp_path)
    assert len(own.sketches) == len(load_sketches(sketches, "train").sketches)
    more = training_sketches({"sketches": str(sketches), "bitmaps": str(write_bitmaps(tmp_path / "bitmaps"))}, "perceptor", tmp_path)
    assert len(more.sketches) > len(own.sketches)


def test_a_missing_category_is_named(tmp_path):
    folder = write_bitmaps(tmp_path / "bitmaps", count=1)
    (folder / f"{WORDS[0]}.ndjson.gz").unlink()
    with pytest.raises(FileNotFoundError, match=WORDS[0]):
        load_bitmap_sketches(folder, WORDS, [], "perceptor", tmp_path / "traced.npz")
