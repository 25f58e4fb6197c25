"""Words on pictures: a font that is everywhere, and text that fits its place."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageDraw, ImageFont

INK: Final = "#1f2328"
FAINT: Final = "#6b7280"
HAIRLINE: Final = "#d5d9df"
EMPTY: Final = "#f5f6f8"


@lru_cache
def font_of(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which matplotlib brings along: Latin, Greek, Cyrillic, Arabic, Hebrew and more on every machine."""
    from matplotlib import get_data_path

    return ImageFont.truetype(Path(get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' if bold else ''}.ttf"), size)


def leading(size: int) -> int:
    """From one line of this size to the next, in pixels."""
    return round(size * 1.35)


def write(draw: ImageDraw.ImageDraw, lines: Sequence[str], font: ImageFont.FreeTypeFont, x: float, y: float, color: str, anchor: str) -> None:
    """Write lines one below the other, the first at (x, y); `anchor` as Pillow has it."""
    for number, line in enumerate(lines):
        draw.text((x, y + number * leading(int(font.size))), line, fill=color, font=font, anchor=anchor)


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text as lines no wider than `width`, broken at spaces, and in a word only where it fits no line by itself."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for character in word:
            if lines[-1] and font.getlength(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines


def fitting(text: str, size: int, width: float, height: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The text in the largest size, `size` or less, in which it fits; at the smallest that can be read it is cut short."""
    smallest = min(size, 9)
    for smaller in range(size, smallest - 1, -1):
        font = font_of(smaller)
        lines = wrapped(text, font, width)
        if len(lines) * leading(smaller) <= height:
            return font, lines
    most = max(1, int(height // leading(smallest)))
    last = lines[most - 1]
    while last and font.getlength(last + "…") > width:
        last = last[:-1]
    return font, [*lines[: most - 1], last + "…"]
