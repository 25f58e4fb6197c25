"""Drawings as they were drawn: animated GIF and WebP."""

import io
from collections.abc import Sequence
from typing import Final, Literal

from PIL import Image

from game.drawing.archive import Archived
from game.drawing.easel import easel_for
from game.drawing.gif_colors import indexed_frames
from game.drawing.moments import moments_of
from game.drawing.replay import Replay
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH

_frames_per_second: Final = 12.5
_most_seconds: Final = 8.0
_hold_ms: Final = 2500
"""How long the finished picture stays."""
# Whole frames on the way would double a WebP's size, and nobody winds forward in it.
_no_key_frames: Final = {"kmin": 1 << 15, "kmax": 1 << 16}


def animation_of(archived: Archived, kind: Literal["gif", "webp"], width: int = 480) -> bytes:
    """The drawing being drawn, on white paper: at most 8 s however long it took, then 2.5 s of the whole picture, over and over.

    width  pixels, 1 to 800; three quarters as high

    Drawings that are much work (hundreds of fills, thousands of lines) are shown in fewer frames, and with coarser edges.
    Raises ValueError for a width beyond its bounds, InkError for bytes that are no ink.
    """
    if not 1 <= width <= CANVAS_WIDTH:
        raise ValueError(f"An animation is 1 to {CANVAS_WIDTH} pixels wide; got {width}.")
    size = (width, max(1, round(width * CANVAS_HEIGHT / CANVAS_WIDTH)))
    replay = Replay(archived)
    wanted = moments_of(replay, _frames_per_second, _most_seconds)
    easel, moments = easel_for(replay, wanted)
    frame_ms = 1000 / _frames_per_second * len(wanted) / len(moments)
    frames = [easel.picture_at(moment).resize(size, Image.Resampling.HAMMING) for moment in moments]
    frames, durations = _merged(frames, frame_ms)
    return _gif(frames, durations) if kind == "gif" else _webp(frames, durations)


def _merged(frames: Sequence[Image.Image], frame_ms: float) -> tuple[list[Image.Image], list[int]]:
    """Frames that differ from the one before, and the milliseconds for which each is shown."""
    last = len(frames) - 1
    starts = [index for index in range(len(frames)) if index == 0 or frames[index].tobytes() != frames[index - 1].tobytes()]
    # In hundredths of a second, a GIF's unit.
    ends = [round(index * frame_ms / 10) * 10 for index in [*starts[1:], last]]
    begins = [round(index * frame_ms / 10) * 10 for index in starts]
    durations = [end - begin for begin, end in zip(begins, ends, strict=True)]
    durations[-1] += _hold_ms
    return [frames[index] for index in starts], durations


def _gif(frames: Sequence[Image.Image], durations: Sequence[int]) -> bytes:
    indexed = indexed_frames(frames)
    file = io.BytesIO()
    # Given the palette, Pillow writes it once; told to optimise, it writes only what changed of a frame, the rest transparent.
    shared = bytes(indexed[0].getpalette() or [])
    indexed[0].save(file, "GIF", save_all=True, append_images=indexed[1:], duration=list(durations), loop=0, palette=shared, optimize=True)
    return file.getvalue()


def _webp(frames: Sequence[Image.Image], durations: Sequence[int]) -> bytes:
    file = io.BytesIO()
    frames[0].save(
        file, "WEBP", save_all=True, append_images=frames[1:], duration=list(durations), loop=0, lossless=True, quality=50, method=1, **_no_key_frames
    )
    return file.getvalue()
