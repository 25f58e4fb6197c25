"""Pictures with one palette between them, as a GIF wants them.

Pillow maps a picture to a given palette by a coarse table, in which white becomes nearly white here and there. So each colour that
occurs is looked up once, exactly: drawings have some thousands.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_entries: Final = 256
_colors: Final = _entries - 1  # one entry is left to mean "as in the frame before"
_exact_colors: Final = 160
"""So many of the most frequent colours are shown as they are; the rest of the palette is for what lies between."""
_asked: Final = 6
_batch: Final = 4096

Colors = NDArray[np.int64]
"""[colours], each 0xRRGGBB."""


def indexed_frames(frames: Sequence[Image.Image]) -> list[Image.Image]:
    """RGB pictures of one size as pictures of mode P that share a palette. Colours that differ little may become one."""
    seen = np.zeros(1 << 24, np.bool_)
    for frame in frames:
        seen[_packed(frame)] = True
    colors = np.flatnonzero(seen)
    palette = colors if len(colors) <= _colors else _palette_of(frames)
    padded = np.concatenate([palette, np.zeros(_entries - len(palette), np.int64)])
    index_of = np.zeros(1 << 24, np.uint8)
    for start in range(0, len(colors), _batch):
        batch = colors[start : start + _batch]
        index_of[batch] = _nearest(batch, palette)
    return [_indexed(index_of[_packed(frame)], padded) for frame in frames]


def _packed(frame: Image.Image) -> NDArray[np.int32]:
    """A picture's pixels as 0xRRGGBB."""
    red, green, blue = (np.asarray(channel, np.int32) for channel in frame.split())
    return red << 16 | green << 8 | blue


def _palette_of(frames: Sequence[Image.Image]) -> Colors:
    # Some colours are painted over before the end: some frames on the way are asked, too.
    counts: Counter[int] = Counter()
    for frame in [*frames[:: max(1, len(frames) // _asked)], frames[-1]]:
        values, numbers = np.unique(_packed(frame), return_counts=True)
        counts.update(dict(zip(values.tolist(), numbers.tolist(), strict=True)))
    exact = np.array([color for color, _ in counts.most_common(_exact_colors)])
    rest = np.setdiff1d(np.array(list(counts)), exact)
    return np.concatenate([exact, _representatives(rest)])


def _representatives(colors: Colors) -> Colors:
    """As many colours as the palette has left, in the midst of these."""
    if len(colors) <= _colors - _exact_colors:
        return colors
    strip = Image.fromarray(_channels(colors).astype(np.uint8)[None])
    values = strip.quantize(_colors - _exact_colors, Image.Quantize.MEDIANCUT).getpalette() or []
    red, green, blue = np.array(values, np.int64).reshape(-1, 3).T
    found: Colors = red << 16 | green << 8 | blue
    return found


def _channels(colors: Colors) -> Colors:
    """Red, green and blue of each colour, [colours, 3]."""
    return np.stack([colors >> shift & 255 for shift in (16, 8, 0)], axis=1)


def _nearest(colors: Colors, palette: Colors) -> NDArray[np.int64]:
    """For each colour the number of the palette's nearest."""
    distances = ((_channels(colors)[:, None] - _channels(palette)[None]) ** 2).sum(axis=2)
    nearest: NDArray[np.int64] = np.argmin(distances, axis=1)
    return nearest


def _indexed(indices: NDArray[np.uint8], palette: Colors) -> Image.Image:
    picture = Image.fromarray(indices, "P")
    picture.putpalette(_channels(palette).ravel().tolist())
    return picture
