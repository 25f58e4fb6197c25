"""Words on pictures: a font that is on every machine, and text that fits its place."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from PIL import ImageDraw, ImageFont

_leading: Final = 1.25
"""From one line to the next, in the size of the letters."""
_least_share: Final = 0.6
"""Of the size that was asked for; what does not fit even so is cut short."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lines of text in one font."""

    font: ImageFont.FreeTypeFont
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Pixels from the top of the first line to the bottom of the last."""
        return round(self.font.size * _leading * len(self.lines))

    @property
    def width(self) -> int:
        """Pixels of the longest line."""
        return round(max(map(self.font.getlength, self.lines)))

    def write(self, draw: ImageDraw.ImageDraw, x: float, y: float, color: str, align: Literal["l", "m", "r"] = "l") -> None:
        """Write the lines from `y` down, to the right of x (`align` "l"), around it ("m") or to its left ("r")."""
        for number, line in enumerate(self.lines):
            middle = y + self.font.size * _leading * (number + 0.5)
            draw.text((x, middle), line, fill=color, font=self.font, anchor=f"{align}m")


@lru_cache(maxsize=64)
def font_of(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which matplotlib brings along: Latin, Greek, Cyrillic, Arabic, Hebrew and more. Size in pixels.

    matplotlib itself is not imported: that would take a server half a second and 50 MB. Raises ModuleNotFoundError where it is not
    installed.
    """
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("Text on pictures is set in DejaVu Sans, which comes with matplotlib; install matplotlib.", name="matplotlib")
    fonts = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    return ImageFont.truetype(fonts / f"DejaVuSans{'-Bold' if bold else ''}.ttf", size)


def fitted(text: str, size: int, width: float, bold: bool = False, most_lines: int = 1) -> Lettering:
    """The text in `size` pixels, or somewhat smaller, so that it fits; what is too long even then ends in an ellipsis.

    Lines are broken at spaces, and within a word where it is wider than a line. An empty text is one empty line.
    """
    smallest = max(1, round(size * _least_share))
    for smaller in range(size, smallest - 1, -1):
        font = font_of(smaller, bold)
        lines = _wrapped(text, font, width)
        # Rather smaller than with a word cut in two.
        if len(lines) <= most_lines and (len(lines) == 1 or smaller == smallest or max(map(font.getlength, text.split())) <= width):
            return Lettering(font, tuple(lines))
    last = " ".join(lines[most_lines - 1 :])
    while last and font.getlength(f"{last}…") > width:
        last = last[:-1]
    return Lettering(font, (*lines[: most_lines - 1], f"{last.rstrip()}…"))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and font.getlength(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines
