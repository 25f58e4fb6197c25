"""Marks that show nothing, so that the model can say so: scribbles, the artist's first random curves, strokes of several sketches mixed up."""

import numpy as np
from numpy.typing import NDArray

from ai_artist.training import shaky_hand
from ai_artist.training.sketches import SketchCorpus


def scribble(sketches: SketchCorpus, random: np.random.Generator) -> list[NDArray[np.float32]]:
    """Return strokes float32 [points, 2] on the unit canvas that show no thing: of one of three kinds."""
    match random.integers(3):
        case 0:
            return [shaky_hand.loose_line(random) for _ in range(random.integers(1, 7))]
        case 1:
            return [_curve(random) for _ in range(random.integers(4, 25))]
        case _:
            return _mixed(sketches, random)


def _curve(random: np.random.Generator) -> NDArray[np.float32]:
    """One to three joined cubics around a random place, as CLIPDraw begins with."""
    parts, start = [], random.uniform(0, 1, 2)
    t = np.linspace(0, 1, 12)[:, None]
    for _ in range(random.integers(1, 4)):
        a, b, c, d = start, *(start + np.cumsum(random.uniform(-0.1, 0.1, (3, 2)), axis=0))
        parts.append((1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d)
        start = d
    return np.concatenate(parts).astype(np.float32)


def _mixed(sketches: SketchCorpus, random: np.random.Generator) -> list[NDArray[np.float32]]:
    """Some strokes of three to five different sketches, each put somewhere else."""
    strokes = []
    for index in random.integers(len(sketches.sketches), size=random.integers(3, 6)):
        candidates = sketches.sketches[index].strokes
        stroke = candidates[random.integers(len(candidates))]
        angle, size = random.uniform(0, 2 * np.pi), random.uniform(0.4, 1.2)
        turn = size * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        strokes.append(((stroke - stroke.mean(axis=0)) @ turn + random.uniform(0.2, 0.8, 2)).astype(np.float32))
    return strokes
