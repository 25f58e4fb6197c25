"""Sketches as a browser sends them: a mouse's whole screen pixels 125 times a second, batched, with the times at which they came."""

import os
import struct
from pathlib import Path
from random import Random

import numpy as np

from game.protocol.ink import BEGIN, END, POINTS
from tests.conftest import REPOSITORY

SKETCHES = Path(os.environ.get("GUESSTROKE_SKETCHES", REPOSITORY.parent / "shared" / "data" / "sketches.npz"))
"""People's sketches, where the machine has them."""

_event_ms = 8  # a mouse's 125 Hz, as getCoalescedEvents gives them
_batch_ms = 33
_screen = 1.2  # screen pixels to a logical one
_pace = 0.6  # logical pixels a millisecond, on the average


def people_sketches(count, path=SKETCHES):
    """So many sketches, evenly from all: each a list of strokes, float [points, 2] in 0..1."""
    with np.load(path) as archive:
        points, strokes, sketches = archive["points"] / 255.0, archive["stroke_offsets"], archive["sketch_offsets"]
    chosen = np.linspace(0, len(sketches) - 2, count).astype(int)
    return [[points[strokes[s] : strokes[s + 1]] for s in range(sketches[i], sketches[i + 1])] for i in chosen]


def as_sent(sketch, seed=0, width=4.0, rgb=(0, 0, 0)):
    """The ink of a sketch (strokes in 0..1) drawn 500 logical pixels large, and for each record its milliseconds."""
    random = Random(seed)
    records, times, now = [], [], random.uniform(800, 4000)
    for number, corners in enumerate(sketch, 1):
        (x, y), *rest = [(round(4 * x), round(4 * y)) for x, y in _as_moved(np.asarray(corners, float) * 500 + (150, 50))]
        records.append(struct.pack("<BHBBBBHHH", BEGIN, number, *rgb, 255, round(4 * width), x, y))
        times.append(round(now))
        while rest:
            taken = random.choice([4, 4, 4, 5])
            batch, rest = rest[:taken], rest[taken:]
            now += _batch_ms + random.expovariate(1 / 3)
            records.append(struct.pack("<BHB", POINTS, number, len(batch)) + b"".join(struct.pack("<HH", *point) for point in batch))
            times.append(round(now))
        records.append(struct.pack("<BH", END, number))
        times.append(round(now))
        now += random.uniform(150, 700)
    return b"".join(records), times


def _as_moved(corners):
    """Where the pointer is reported on a stroke, in logical pixels: slower at its ends, on whole screen pixels, no place twice running."""
    if len(corners) == 1:
        return corners.tolist()
    ends = np.concatenate([2 * corners[:1] - corners[1:2], corners, 2 * corners[-1:] - corners[-2:-1]])
    t = np.linspace(0, 1, 24, endpoint=False)[:, None]
    pieces = [
        b + t * (c - a) / 2 + t**2 * (2 * a - 5 * b + 4 * c - d) / 2 + t**3 * (3 * b - a - 3 * c + d) / 2
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    way = np.concatenate([*pieces, corners[-1:]])
    passed = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])
    share = np.linspace(0, 1, max(2, round(passed[-1] / _pace / _event_ms)))
    eased = (share + share**2 * (3 - 2 * share)) / 2 * passed[-1]
    screen = np.rint(np.stack([np.interp(eased, passed, way[:, axis]) for axis in (0, 1)], axis=1) * _screen)
    moved = np.concatenate([[True], (np.diff(screen, axis=0) != 0).any(axis=1)])
    return (screen[moved] / _screen).tolist()
