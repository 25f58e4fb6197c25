"""Drawings as pictures: PNG, and GIF of the drawing being drawn."""

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import torch
from PIL import Image

from ai_artist.errors import OutputError
from ai_artist.rasterizer import NativeRasterizer, Scene
from ai_artist.strokes import Drawing, Stroke

_frames_per_stroke: Final = 6
_frame_ms: Final = 60
_pause_ms: Final = 2500


def scene_of(strokes: Sequence[Stroke], size: int) -> Scene:
    """Place strokes, all of as many cubics, on one white canvas of `size` pixels a side."""
    return Scene(
        points=torch.tensor([[stroke.points for stroke in strokes]], dtype=torch.float32) * size,
        widths=torch.tensor([[stroke.width for stroke in strokes]], dtype=torch.float32) * size,
        colors=torch.tensor([[stroke.rgba for stroke in strokes]], dtype=torch.float32),
        background=torch.ones(3),
    )


def picture_of(strokes: Sequence[Stroke], size: int) -> Image.Image:
    """Render strokes on white, `size` pixels a side, antialiased."""
    if not strokes:
        return Image.new("RGB", (size, size), "white")
    pixels = NativeRasterizer(supersampling=2).render(scene_of(strokes, size), size, size)[0]
    return Image.fromarray((pixels.permute(1, 2, 0).clamp(0, 1) * 255).round().to(torch.uint8).numpy())


def first_part(stroke: Stroke, part: float) -> Stroke:
    """The stroke as it looks when `part` (0..1) of its curves' parameter has been drawn (de Casteljau's subdivision)."""
    cubics = (len(stroke.points) - 1) // 3
    whole, rest = divmod(part * cubics, 1)
    kept = list(stroke.points[: 3 * int(whole) + 1])
    if int(whole) < cubics:
        kept += _start_of_cubic(stroke.points[3 * int(whole) : 3 * int(whole) + 4], rest)
    kept += [kept[-1]] * (len(stroke.points) - len(kept))
    return Stroke(tuple(kept), stroke.width, stroke.rgba)


def _start_of_cubic(cubic: Sequence[tuple[float, float]], t: float) -> list[tuple[float, float]]:
    points, start = list(cubic), []
    while len(points) > 1:
        points = [((1 - t) * ax + t * bx, (1 - t) * ay + t * by) for (ax, ay), (bx, by) in pairwise(points)]
        start.append(points[0])
    return start


def animation_of(strokes: Sequence[Stroke], size: int) -> list[Image.Image]:
    """The frames of the drawing being drawn: each stroke grows from its start, one after another."""
    frames = [Image.new("RGB", (size, size), "white")]
    for index, stroke in enumerate(strokes):
        for step in range(1, _frames_per_stroke + 1):
            frames.append(picture_of([*strokes[:index], first_part(stroke, step / _frames_per_stroke)], size))
    return frames


def check_output(path: Path) -> None:
    """Raise OutputError if a drawing cannot be saved there: said before the work, not after."""
    if path.suffix.lower() not in (".png", ".svg", ".gif"):
        raise OutputError(f"A drawing is saved as .png, .svg or .gif; got {path.name!r}.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file.")
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist; make it first or choose another.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"{path} cannot be written; choose another place.")


def save(drawing: Drawing, path: Path, size: int) -> None:
    """Write the drawing as its suffix says: .svg, .png, or .gif of it being drawn. Raises OutputError if it cannot."""
    check_output(path)
    match path.suffix.lower():
        case ".svg":
            path.write_text(drawing.to_svg(size), encoding="utf-8")
        case ".png":
            picture_of(drawing.strokes, size).save(path)
        case _:
            first, *others = animation_of(drawing.strokes, size)
            durations = [_frame_ms] * len(others) + [_pause_ms]
            first.save(path, save_all=True, append_images=others, duration=durations, loop=0)
