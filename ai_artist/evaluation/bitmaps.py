"""Drawings as a judge of Quick, Draw! knows them: 28 pixels a side, as the dataset's bitmaps are made.

The marks are fitted into a box of 256 and centred in it, drawn as lines 16 wide, with a padding of 16 plus half a line on each
side, antialiased, and scaled to 28 pixels. So every stroke is as wide as any other, whatever the artist gave it, and a drawing
that has only begun is fitted as well: what a judge sees is the geometry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ai_artist.strokes import Stroke, same_cubics

Floats = NDArray[np.float32]

SIDE: Final = 28
_box, _line, _padding = 256.0, 16.0, 16.0
_edge: Final = _padding + _line / 2
# Nineteen times larger than a bitmap of 28 a line is 28 pixels wide, a whole number, as Pillow wants it: 16 of the 304 that the side stands for.
_large: Final = SIDE * 19
_faintest: Final = 0.1
"""What is less dark than this on white, in the colour channel where it is darkest, is not seen."""
_step: Final = 1 / 256
"""How finely a path that leaves the canvas is cut up, as a part of the side."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be seen of a drawing, in one unit of length: polylines float32 [points, 2], x and y, y down."""

    lines: tuple[Floats, ...]
    fills: tuple[Floats, ...] = ()
    """The corners of shapes that are painted inside, by the non-zero rule."""

    def __bool__(self) -> bool:
        return bool(self.lines or self.fills)


def marks_of(strokes: Sequence[Stroke]) -> Marks:
    """What of the strokes can be seen on the canvas, the unit square; strokes too faint to be seen are left out."""
    # Numba comes with it, which takes a second to import.
    from ai_artist.rasterizer.flattening import count_pieces, flatten

    seen = [stroke for stroke in strokes if stroke.rgba[3] * (1 - min(stroke.rgba[:3])) >= _faintest and (stroke.filled or stroke.width > 0)]
    if not seen:
        return Marks(())
    points = np.array([stroke.points for stroke in same_cubics(seen)], np.float32) * np.float32(_large)
    filled = np.array([stroke.filled for stroke in seen])
    corners, starts = flatten(points, count_pieces(points, 1.0), filled, 1.0)
    paths = [corners[start:end] / np.float32(_large) for start, end in pairwise(starts)]
    lines = [part for path, is_fill in zip(paths, filled, strict=True) if not is_fill for part in _inside(path)]
    fills = [_pressed(path) for path, is_fill in zip(paths, filled, strict=True) if is_fill]
    return Marks(tuple(lines), tuple(fill for fill in fills if np.ptp(fill, axis=0).min() > 0))


def bitmap_of(marks: Marks, side: int = SIDE) -> Floats:
    """The bitmap float32 [side, side], ink 1 on 0; all 0 where there are no marks."""
    if not marks:
        return np.zeros((side, side), np.float32)
    supersampling = max(1, round(_large / side))
    large = side * supersampling
    pixels = large / (_box + 2 * _edge)
    points = np.concatenate([*marks.lines, *marks.fills])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = _box / max(float((high - low).max()), 1e-6)
    offset = np.asarray(_edge + (_box - (high - low) * scale) / 2, np.float32)
    picture = Image.new("L", (large, large), 0)
    draw = ImageDraw.Draw(picture)
    width = round(_line * pixels)
    for line in marks.lines:
        placed = ((line - low) * scale + offset) * pixels
        if len(placed) > 1:
            draw.line(placed.ravel().tolist(), fill=255, width=width, joint="curve")
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    ink = np.asarray(picture)
    if marks.fills:
        ink = np.maximum(ink, _painted([np.asarray(((fill - low) * scale + offset) * pixels, np.float32) for fill in marks.fills], large))
    return np.asarray(Image.fromarray(ink).reduce(supersampling), np.float32) / np.float32(255)


def _painted(fills: Sequence[Floats], large: int) -> NDArray[np.uint8]:
    """Shapes painted inside, uint8 [large, large], ink 255 on 0; by our own rasteriser, as Pillow knows the even-odd rule only."""
    import torch

    from ai_artist.rasterizer import NativeRasterizer, Scene
    from ai_artist.rasterizer.base import polyline

    most = max(len(fill) for fill in fills)
    corners = np.stack([np.concatenate([fill, np.repeat(fill[-1:], most - len(fill), axis=0)]) for fill in fills])
    black = torch.tensor([0.0, 0.0, 0.0, 1.0]).expand(1, len(fills), 4)
    filled = torch.ones(1, len(fills), dtype=torch.bool)
    scene = Scene(polyline(torch.from_numpy(corners)[None].float()), torch.ones(1, len(fills)), black, torch.ones(3), filled)
    picture = NativeRasterizer().render(scene, large, large)[0, 0]
    return ((1 - picture.clamp(0, 1)) * 255).round().to(torch.uint8).numpy()


def _inside(path: Floats) -> list[Floats]:
    """The parts of a polyline that lie on the canvas."""
    if ((path >= 0) & (path <= 1)).all():
        return [path]
    fine = _finely(path)
    on_canvas = ((fine >= 0) & (fine <= 1)).all(axis=1)
    changes = np.flatnonzero(np.diff(on_canvas)) + 1
    return [part for part, kept in zip(np.split(fine, changes), np.split(on_canvas, changes), strict=True) if kept[0]]


def _pressed(path: Floats) -> Floats:
    """A shape's outline with what lies outside the canvas pressed onto its edge, which leaves what is painted on the canvas as it is."""
    return path if ((path >= 0) & (path <= 1)).all() else np.clip(_finely(path), 0, 1)


def _finely(path: Floats) -> Floats:
    """The same polyline with a corner every `_step` at least; far outside the canvas it need not be as fine."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    counts = np.clip(np.ceil(lengths / _step), 1, 4096).astype(int)
    at = np.concatenate([index + np.arange(count) / count for index, count in enumerate(counts)] + [[len(path) - 1]])
    corners = np.arange(len(path))
    return np.stack([np.interp(at, corners, path[:, axis]) for axis in (0, 1)], axis=1).astype(np.float32)
