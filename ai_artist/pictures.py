"""Drawings as pictures: PNG, and GIF or WebP of the drawing being drawn. Cheap to import: torch comes with the first picture."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from ai_artist.errors import ArtistError, OutputError
from ai_artist.strokes import Drawing, Point, Stroke, same_cubics

if TYPE_CHECKING:
    from torch import Tensor

    from ai_artist.rasterizer import Scene

DRAWING_SUFFIXES: Final = (".png", ".svg", ".json", ".gif", ".webp")
"""What `save` writes."""
MOVING_SUFFIXES: Final = (".gif", ".webp")
"""What `animate` writes."""
LARGEST_ANIMATION: Final = 1024
"""Pixels a side; all frames are in memory at a time, and no viewer shows larger ones smoothly."""

_frames_per_stroke: Final = 6
_frame_ms: Final = 60
_last_ms: Final = 2500
_most_ms: Final = 8000
_most_frames: Final = (_most_ms - _last_ms) // _frame_ms


def scene_of(strokes: Sequence[Stroke], size: int) -> "Scene":
    """Place at least one stroke, each of any number of cubics, on one white canvas of `size` pixels a side."""
    import torch

    from ai_artist.rasterizer import Scene

    strokes = same_cubics(strokes)
    # Only fills need the rasteriser to tell them from lines.
    filled = {"filled": torch.tensor([[stroke.filled for stroke in strokes]])} if any(stroke.filled for stroke in strokes) else {}
    return Scene(
        points=torch.tensor([[stroke.points for stroke in strokes]], dtype=torch.float32) * size,
        widths=torch.tensor([[stroke.width for stroke in strokes]], dtype=torch.float32) * size,
        colors=torch.tensor([[stroke.rgba for stroke in strokes]], dtype=torch.float32),
        background=torch.ones(3),
        **filled,
    )


def picture_of(strokes: Sequence[Stroke], size: int) -> Image.Image:
    """Render strokes on white, `size` pixels a side, antialiased."""
    if not strokes:
        return Image.new("RGB", (size, size), "white")
    import torch

    from ai_artist.rasterizer import NativeRasterizer

    pixels = NativeRasterizer(supersampling=2).render(scene_of(strokes, size), size, size)[0]
    return Image.fromarray((pixels.permute(1, 2, 0).clamp(0, 1) * 255).round().to(torch.uint8).numpy())


def picture_of_pixels(pixels: "Tensor", size: int) -> Image.Image:
    """A picture float [3, H, W], RGB in 0..1 (values beyond are clamped), resized to `size` pixels a side."""
    import torch

    values = (pixels.detach().float().cpu().clamp(0, 1) * 255).round().to(torch.uint8)
    picture = Image.fromarray(values.permute(1, 2, 0).contiguous().numpy())
    return picture if picture.size == (size, size) else picture.resize((size, size), Image.Resampling.LANCZOS)


def first_part(stroke: Stroke, part: float) -> Stroke:
    """The stroke as it looks when `part` (0..1) of it has been drawn.

    That is so much of its curves' parameter (by de Casteljau's subdivision); a filled shape fades in instead.
    """
    if stroke.filled:
        red, green, blue, opacity = stroke.rgba
        return replace(stroke, rgba=(red, green, blue, opacity * part))
    whole, rest = divmod(part * stroke.cubics, 1)
    kept = list(stroke.points[: 3 * int(whole) + 1])
    if int(whole) < stroke.cubics:
        kept += _start_of_cubic(stroke.points[3 * int(whole) : 3 * int(whole) + 4], rest)
    kept += [kept[-1]] * (len(stroke.points) - len(kept))
    return replace(stroke, points=tuple(kept))


def _start_of_cubic(cubic: Sequence[Point], t: float) -> list[Point]:
    points, start = list(cubic), []
    while len(points) > 1:
        points = [((1 - t) * ax + t * bx, (1 - t) * ay + t * by) for (ax, ay), (bx, by) in pairwise(points)]
        start.append(points[0])
    return start


def animation_of(strokes: Sequence[Stroke], size: int, frames_per_stroke: int | None = None) -> list[Image.Image]:
    """The frames of the drawing being drawn: each stroke grows from its start, one after another; a fill fades in.

    The first is white and the last is the drawing. By default a stroke has so many frames that the whole is short; of
    very many strokes several come at once.
    """
    wanted = _frames_per_stroke if frames_per_stroke is None else frames_per_stroke
    return [picture_of(state, size) for state in _states(strokes, min(wanted, _room(len(strokes))))]


def _room(strokes: int) -> int:
    """How many frames each stroke may have; 0 where several strokes must share one."""
    return _most_frames // max(1, strokes)


def _states(strokes: Sequence[Stroke], steps: int) -> Iterator[Sequence[Stroke]]:
    yield ()
    if steps == 0:
        for frame in range(1, _most_frames + 1):
            yield strokes[: len(strokes) * frame // _most_frames]
        return
    for index, stroke in enumerate(strokes):
        for step in range(1, steps):
            yield *strokes[:index], first_part(stroke, step / steps)
        yield strokes[: index + 1]


def _moving_picture(drawing: Drawing, size: int) -> tuple[list[Image.Image], list[int]]:
    """The frames of the drawing being drawn, and how long to show each but the last, in milliseconds.

    Where it is known when the strokes were settled, the pauses between them are as the artist's were, but shorter.
    """
    count = len(drawing.strokes)
    # Pauses need time of their own.
    steps = min(_frames_per_stroke, max(1, _room(count) // 2)) if drawing.times else _frames_per_stroke
    frames = animation_of(drawing.strokes, size, steps)
    durations = [_frame_ms] * (len(frames) - 1)
    if drawing.times and len(durations) == count * steps:
        waits = [max(0.0, 1000 * (later - earlier)) for earlier, later in pairwise((0.0, *drawing.times))]
        shortened = min(1.0, (_most_ms - _last_ms - sum(durations)) / max(sum(waits), 1.0))
        for index, wait in enumerate(waits):
            durations[index * steps] += int(wait * shortened)
    return frames, durations


def animate(frames: Sequence[Image.Image], path: Path, frame_ms: int | Sequence[int] = _frame_ms, last_ms: int = _last_ms) -> None:
    """Write frames, all of one size, as a .gif or .webp that runs for ever.

    frame_ms  how long each frame but the last is shown: one number for all, or as many as there are such frames
    last_ms   how long the last is shown

    Raises OutputError where it cannot be written, ArtistError for no frames or ones that do not fit together.
    """
    check_output(path, MOVING_SUFFIXES)
    if not frames or any(frame.size != frames[0].size for frame in frames):
        raise ArtistError(f"A moving picture has frames of one size; got {sorted({frame.size for frame in frames}) or 'none'}.")
    first, *others = (frame.convert("RGB") for frame in frames)
    durations = [frame_ms] * len(others) if isinstance(frame_ms, int) else list(frame_ms)
    if len(durations) != len(others):
        raise ArtistError(f"Expected {len(others)} durations for {len(frames)} frames, one less; got {len(durations)}.")
    # Each frame by WebP's lossless or its other kind, whichever is smaller: strokes by the one, pixels and photos by the other.
    options: dict[str, Any] = {"allow_mixed": True, "quality": 85, "method": 2} if path.suffix.lower() == ".webp" else {}
    try:
        first.save(path, save_all=True, append_images=others, duration=[*durations, last_ms], loop=0, **options)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error


def check_output(path: Path, suffixes: Sequence[str] = DRAWING_SUFFIXES) -> None:
    """Raise OutputError if nothing with one of these suffixes can be saved there: said before the work, not after."""
    if path.suffix.lower() not in suffixes:
        allowed = " or ".join(filter(None, (", ".join(suffixes[:-1]), suffixes[-1])))
        raise OutputError(f"The file's name must end with {allowed}; got {path.name!r}.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file.")
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist; make it first or choose another.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"{path} cannot be written; choose another place.")


def check_folder(path: Path) -> None:
    """Raise OutputError if files cannot be put into this folder, which need not exist yet: said before the work, not after."""
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path} is a file; name a folder.")
    existing = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise OutputError(f"The folder {path} cannot be written to; choose another place.")


def save_picture(picture: Image.Image, path: Path) -> None:
    """Write a picture in the format of its suffix. Raises OutputError if it cannot be written."""
    try:
        picture.save(path)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error


def save(drawing: Drawing, path: Path, size: int) -> None:
    """Write the drawing as its suffix says: .png or .svg of `size` pixels, .json, or .gif or .webp of it being drawn.

    A moving picture lasts about 8 seconds at most, and has LARGEST_ANIMATION pixels a side where `size` is more. Raises
    OutputError if it cannot be written.
    """
    check_output(path)
    suffix = path.suffix.lower()
    if suffix in MOVING_SUFFIXES:
        frames, durations = _moving_picture(drawing, min(size, LARGEST_ANIMATION))
        animate(frames, path, durations)
        return
    if suffix == ".png":
        save_picture(picture_of(drawing.strokes, size), path)
        return
    try:
        path.write_text(drawing.to_svg(size) if suffix == ".svg" else drawing.to_json(), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error
