"""Which colour a line gets: that of the thing, as emoji have it. The sun is yellow, a carrot orange with green on top.

A perceptor for sketches is next to blind to colour, so no gradient could find this; it was counted in coloured icons
(`ai_artist/training/colours.py`) and lies in `colours.tsv`: for each word the colours of its upper, middle and lower third. What the
icons do not have is in `colours_by_hand.tsv`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from ai_artist.strokes import Stroke
from ai_artist.synthesis.brush import Rgb

COLOURS_FILE: Final = Path(__file__).with_name("colours.tsv")
_by_hand: Final = Path(__file__).with_name("colours_by_hand.tsv")
PALETTE: Final[Mapping[str, Rgb]] = {
    "black": (0.0, 0.0, 0.0),
    "red": (0.82, 0.13, 0.15),
    "orange": (0.91, 0.45, 0.04),
    "yellow": (0.90, 0.67, 0.0),
    "green": (0.16, 0.55, 0.20),
    "blue": (0.12, 0.38, 0.80),
    "sky": (0.20, 0.62, 0.88),
    "purple": (0.48, 0.24, 0.65),
    "pink": (0.90, 0.40, 0.58),
    "brown": (0.50, 0.30, 0.15),
}
"""Dark enough to be seen as lines on white."""

Thirds = tuple[str, str, str]


@lru_cache(maxsize=1)
def known_colours() -> Mapping[str, Thirds]:
    """The names of the colours of each word's thirds, from above."""
    colours: dict[str, Thirds] = {}
    for line in (line for file in (COLOURS_FILE, _by_hand) for line in file.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            word, top, middle, bottom = line.split("\t")
            colours[word] = (top, middle, bottom)
    return colours


def coloured(stroke: Stroke, prompt: str, low: float = 0.0, high: float = 1.0) -> Stroke:
    """The stroke in the colour of what the prompt names, at its height; as it is where that is not known.

    low, high  where the drawing begins and ends, from above
    """
    thirds = known_colours().get(prompt.lower().removeprefix("a ").removeprefix("an "))
    if thirds is None:
        return stroke
    middle = sum(y for _, y in stroke.points) / len(stroke.points)
    third = min(2, max(0, int(3 * (middle - low) / max(1e-6, high - low))))
    return replace(stroke, rgba=(*PALETTE[thirds[third]], stroke.rgba[3]))
