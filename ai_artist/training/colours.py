"""Counts which colours things have in coloured icons, for `ai_artist/colours.tsv`.

python -m ai_artist.training.colours node_modules/@iconify-json
"""

import colorsys
import sys
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ai_artist.categories import category_names
from ai_artist.coloring import COLOURS_FILE, PALETTE, Thirds
from ai_artist.training.icons import load_icons

_side: Final = 48
_agreeing: Final = 0.4
"""The share of a third's ink that must have one colour."""
# Hues in 0..1 at which one colour's name ends; what lies between two is the one's that comes after.
_hues: Final = (
    (0.035, "red"),
    (0.105, "orange"),
    (0.18, "yellow"),
    (0.45, "green"),
    (0.56, "sky"),
    (0.70, "blue"),
    (0.82, "purple"),
    (0.95, "pink"),
    (1.0, "red"),
)


def name_of(red: float, green: float, blue: float) -> str | None:
    """The palette's name for a colour, parts in 0..1; black for greys, None for what is nearly white: paper, or a light."""
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness > 0.93:
        return None
    if saturation < 0.25 or lightness < 0.13:
        return "black"
    name = next(name for end, name in _hues if hue <= end)
    if name == "red" and lightness > 0.68:
        return "pink"
    return "brown" if name in ("red", "orange", "yellow") and 0.02 < hue < 0.13 and lightness < 0.42 else name


def thirds_of(pictures: NDArray[np.uint8]) -> Thirds | None:
    """What colours a thing's upper, middle and lower third have in its icons, uint8 [N, side, side, 3] on white; None if mostly none."""
    counts: list[dict[str, float]] = [{}, {}, {}]
    for picture in pictures:
        ink = np.flatnonzero((picture.min(2) < 240).any(1))
        if not len(ink):
            continue
        edges = np.linspace(ink[0], ink[-1] + 1, 4).round().astype(int)
        for third, (start, end) in enumerate(pairwise(edges.tolist())):
            pixels = picture[start:end:2, ::2].reshape(-1, 3) / 255
            named = [name for name in (name_of(*pixel) for pixel in pixels.tolist()) if name]
            for name in set(named):
                counts[third][name] = counts[third].get(name, 0.0) + named.count(name) / len(named)
    names = tuple(_most(count) for count in counts)
    return None if all(name == "black" for name in names) else names  # type: ignore[return-value]


def _most(count: dict[str, float]) -> str:
    total = sum(count.values())
    best = max(count, key=lambda name: count[name] * (0.6 if name == "black" else 1.0), default="black")
    return best if total and count[best] / total >= _agreeing else "black"


def count_colours(packages: Path) -> dict[str, Thirds]:
    """The colours of all words that have coloured icons."""
    icons = load_icons(packages, category_names(), _side)
    found = {}
    for number, name in enumerate(icons.names):
        chosen = np.flatnonzero((icons.name == number) & icons.coloured)
        if len(chosen) and (thirds := thirds_of(icons.pictures[chosen])):
            found[name] = thirds
    return found


def main() -> None:
    """Write the file."""
    colours = count_colours(Path(sys.argv[1]))
    lines = ["# What colours things have, their upper, middle and lower third: counted in coloured icons by ai_artist/training/colours.py."]
    lines += ["\t".join((word, *thirds)) for word, thirds in sorted(colours.items())]
    COLOURS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{COLOURS_FILE}: {len(colours)} words; the colours are {', '.join(PALETTE)}")


if __name__ == "__main__":
    main()
