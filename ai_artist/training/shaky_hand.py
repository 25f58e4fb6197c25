"""Redraws a sketch as another person might have: the augmentations that work on strokes, not on pixels."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from torch import Tensor

from ai_artist.training.packing import Strokes

_supersampling = 2


def redraw(strokes: Strokes, random: np.random.Generator) -> list[NDArray[np.float32]]:
    """Return the strokes moved, bent, cut short and placed somewhere else on the unit canvas.

    Strokes are float32 [points, 2] in 0..1; so is the result, except where a stroke leaves the canvas.
    """
    moved = list(strokes)
    if random.random() < 0.3:  # the guesser sees drawings that are not finished
        total = sum(len(stroke) for stroke in moved)
        moved = _first_points(moved, max(2, int(total * random.uniform(0.4, 1.0))))
    if len(moved) > 2 and random.random() < 0.2:
        del moved[random.integers(len(moved))]
    moved = _bend([_shake(stroke, random) for stroke in moved], random)
    if random.random() < 0.1:
        moved.append(loose_line(random))
    return _place(moved, random)


def _first_points(strokes: list[NDArray[np.float32]], budget: int) -> list[NDArray[np.float32]]:
    kept = []
    for stroke in strokes:
        if budget < 2:
            break
        kept.append(stroke[:budget])
        budget -= len(stroke)
    return kept or [strokes[0]]


def _shake(stroke: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    centre = stroke.mean(axis=0)
    angle = random.normal(0, 0.06)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    bent = (stroke - centre) * random.normal(1, 0.05, 2) @ turn + centre + random.normal(0, 0.018, 2)
    wobble = random.normal(0, 0.008, stroke.shape)
    return np.asarray(bent + wobble, dtype=np.float32)


def _bend(strokes: list[NDArray[np.float32]], random: np.random.Generator, waves: int = 3) -> list[NDArray[np.float32]]:
    """The whole drawing pushed about by a few slow waves, as if it were on rubber: the same thing with other proportions."""
    direction, phase = random.normal(0, 3.5, (2, waves)), random.uniform(0, 2 * np.pi, waves)
    push = random.normal(0, 0.03, (waves, 2))
    return [np.asarray(stroke + np.sin(stroke @ direction + phase) @ push, dtype=np.float32) for stroke in strokes]


def loose_line(random: np.random.Generator) -> NDArray[np.float32]:
    """A line that wanders anywhere: float32 [points, 2]."""
    walk = np.cumsum(random.normal(0, 0.08, (random.integers(3, 9), 2)), axis=0)
    return np.asarray(random.uniform(0.1, 0.9, 2) + walk, dtype=np.float32)


def _place(strokes: list[NDArray[np.float32]], random: np.random.Generator) -> list[NDArray[np.float32]]:
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    centre, extent = (low + high) / 2, max(float((high - low).max()), 1e-3)
    angle = random.normal(0, 0.15)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = random.uniform(0.55, 0.95) * np.exp(random.normal(0, 0.1, 2)) / extent
    if random.random() < 0.5:
        stretch = stretch * np.array([-1, 1])
    shear = np.array([[1, random.normal(0, 0.1)], [0, 1]])
    slack = random.uniform(-1, 1, 2) * 0.12
    placed = []
    for stroke in strokes:
        flat = (stroke - centre) * stretch @ turn @ shear
        placed.append(np.asarray(flat + 0.5 + slack, dtype=np.float32))
    return placed


def fit(strokes: Strokes, margin: float = 0.1) -> list[NDArray[np.float32]]:
    """Centre the strokes on the unit canvas, `margin` left free on the longer side: how a sketch is shown to be judged."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (1 - 2 * margin) / max(float((high - low).max()), 1e-3)
    return [np.asarray((stroke - (low + high) / 2) * scale + 0.5, dtype=np.float32) for stroke in strokes]


def shown(drawings: Sequence[Strokes], size: int) -> Tensor:
    """Whole drawings as a perceptor is shown them: float32 [N, 3, size, size], centred, black on white, lines 2 px wide at 64."""
    ink = [torch.from_numpy(render(fit(strokes), size, size / 32)) for strokes in drawings]
    return (1 - torch.stack(ink).float() / 255)[:, None].expand(-1, 3, -1, -1)


def render(strokes: list[NDArray[np.float32]], size: int, width: float) -> NDArray[np.uint8]:
    """Draw strokes as coverage: uint8 [size, size], ink 255 on 0; `width` in pixels of the result."""
    scale = size * _supersampling
    image = Image.new("L", (scale, scale), 0)
    draw = ImageDraw.Draw(image)
    line = max(1, round(width * _supersampling))
    radius = line / 2
    for stroke in strokes:
        xy = stroke * scale
        if len(xy) > 1:
            draw.line(xy.ravel().tolist(), fill=255, width=line, joint="curve")
        if line > 2:
            for x, y in (xy[0], xy[-1]):
                draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.array(image.reduce(_supersampling))
