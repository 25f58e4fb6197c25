"""Drawings side by side, and how close they came when: one picture, one plot, one table, for comparing methods."""

import csv
import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from ai_artist.errors import ArtistError, OutputError
from ai_artist.pictures import check_output

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Cell = Image.Image | str | None
"""A picture, or why there is none."""

_ink: Final = "#1f2328"
_faint: Final = "#6b7280"
_hairline: Final = "#d5d9df"
_empty: Final = "#f5f6f8"
# Okabe and Ito's colours, which people who see fewer colours tell apart too; without their yellow, too pale for a line.
_line_colors: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
_line_styles: Final = ("-", "--", ":", "-.")


class Measurement(NamedTuple):
    """One row of the table: how close (cosine, -1..1) a method was to a prompt after so many iterations and seconds."""

    prompt: str
    method: str
    iteration: int
    seconds: float
    similarity: float


def comparison_sheet(
    pictures: Mapping[str, Mapping[str, Cell]], captions: Mapping[str, Mapping[str, str]] | None = None, cell: int = 224
) -> Image.Image:
    """One labelled picture of many, as CLIPDraw's figures have it: a row for each prompt, a column for each method.

    pictures  by prompt, then by method; a string or None stands for a picture that is not there, and is shown as the
              reason. Methods come in the order in which they are first named.
    captions  by prompt and method, a line below a picture, for example its similarity
    cell      pixels a side of each picture; others are scaled to fit

    Raises ArtistError where there is nothing to show.
    """
    methods = list(dict.fromkeys(method for row in pictures.values() for method in row))
    if not methods or cell < 32:
        raise ArtistError(f"A sheet has a prompt with a method, in cells of 32 pixels or more; got {len(methods)} methods, {cell} pixels.")
    captions = captions or {}
    text, gap, margin = max(11, cell // 14), max(6, cell // 16), max(12, cell // 8)
    label = cell * 4 // 5
    header = _wrapped_all(methods, _font(text, bold=True), cell)
    header_height = max(len(lines) for lines in header) * _leading(text)
    caption_height = _leading(text * 4 // 5) + gap // 2 if any(captions.values()) else 0
    row_height = cell + caption_height + gap
    width = 2 * margin + label + len(methods) * (cell + gap)
    sheet = Image.new("RGB", (width, 2 * margin + header_height + gap + len(pictures) * row_height - gap), "white")
    draw = ImageDraw.Draw(sheet)
    lefts = [margin + label + gap + column * (cell + gap) for column in range(len(methods))]
    for left, lines in zip(lefts, header, strict=True):
        draw_from = margin + header_height - len(lines) * _leading(text)
        _write(draw, lines, _font(text, bold=True), left + cell / 2, draw_from, _ink, "ma")
    for row, (prompt, cells) in enumerate(pictures.items()):
        top = margin + header_height + gap + row * row_height
        font, lines = _fitting(prompt, text, label, cell)
        _write(draw, lines, font, margin, top + (cell - len(lines) * _leading(int(font.size))) / 2, _ink, "la")
        for left, method in zip(lefts, methods, strict=True):
            _paste(sheet, draw, cells.get(method), left, top, cell, text)
            caption = _wrapped(captions.get(prompt, {}).get(method, ""), _font(text * 4 // 5), cell)[:1]
            _write(draw, caption, _font(text * 4 // 5), left + cell / 2, top + cell + gap // 2, _faint, "ma")
    return sheet


def _paste(sheet: Image.Image, draw: ImageDraw.ImageDraw, content: Cell, left: int, top: int, cell: int, text: int) -> None:
    frame = (left - 1, top - 1, left + cell, top + cell)
    if isinstance(content, Image.Image):
        scale = cell / max(content.size)
        size = (max(1, round(content.width * scale)), max(1, round(content.height * scale)))
        fitted = content.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        draw.rectangle(frame, fill="white", outline=_hairline)
        sheet.paste(fitted, (left + (cell - size[0]) // 2, top + (cell - size[1]) // 2))
        return
    draw.rectangle(frame, fill=_empty, outline=_hairline)
    font, lines = _fitting(content or "not drawn", text * 4 // 5, cell * 4 // 5, cell * 4 // 5)
    _write(draw, lines, font, left + cell / 2, top + (cell - len(lines) * _leading(int(font.size))) / 2, _faint, "ma")


@lru_cache
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    # DejaVu, which matplotlib brings along: Latin, Greek, Cyrillic, Arabic, Hebrew and more on every machine.
    from matplotlib import get_data_path

    return ImageFont.truetype(Path(get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' if bold else ''}.ttf"), size)


def _leading(size: int) -> int:
    return round(size * 1.35)


def _write(draw: ImageDraw.ImageDraw, lines: Sequence[str], font: ImageFont.FreeTypeFont, x: float, y: float, color: str, anchor: str) -> None:
    for number, line in enumerate(lines):
        draw.text((x, y + number * _leading(int(font.size))), line, fill=color, font=font, anchor=anchor)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
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


def _wrapped_all(texts: Iterable[str], font: ImageFont.FreeTypeFont, width: float) -> list[list[str]]:
    return [_wrapped(text, font, width) for text in texts]


def _fitting(text: str, size: int, width: float, height: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The text in the largest size, `size` or less, in which it fits; at the smallest that can be read it is cut short."""
    smallest = min(size, 9)
    for smaller in range(size, smallest - 1, -1):
        font = _font(smaller)
        lines = _wrapped(text, font, width)
        if len(lines) * _leading(smaller) <= height:
            return font, lines
    most = max(1, int(height // _leading(smallest)))
    last = lines[most - 1]
    while last and font.getlength(last + "…") > width:
        last = last[:-1]
    return font, [*lines[: most - 1], last + "…"]


def similarity_plot(curves: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]], path: Path) -> None:
    """Plot similarity over seconds as .png or .svg: a panel for each prompt, in each a line for each method.

    curves  by prompt, then by method: (seconds, similarity), in the order of time

    Raises OutputError if it cannot be written, ArtistError where there is nothing to plot.
    """
    check_output(path, (".png", ".svg"))
    if not any(curves.values()):
        raise ArtistError("There is nothing to plot: expected at least one prompt with one method.")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    methods = list(dict.fromkeys(method for row in curves.values() for method in row))
    columns = min(3, math.ceil(math.sqrt(len(curves))))
    rows = -(-len(curves) // columns)
    # A figure of its own: pyplot would keep it, and with it the settings, for the whole process.
    figure = Figure(figsize=(3.6 * columns + 0.4, 2.5 * rows + 0.9), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).ravel()
    handles: dict[str, Any] = {}
    for panel, (prompt, row) in zip(panels, curves.items(), strict=False):
        _style(panel, prompt)
        for method, points in row.items():
            number = methods.index(method)
            seconds, similarities = zip(*points, strict=True) if points else ((), ())
            marker = "o" if len(points) == 1 else None
            look = {"color": _line_colors[number % len(_line_colors)], "linestyle": _line_styles[number // len(_line_colors) % len(_line_styles)]}
            (handles[method],) = panel.plot(seconds, similarities, marker=marker, linewidth=1.6, **look)
    for panel in panels[len(curves) :]:
        panel.remove()
    figure.supxlabel("seconds", fontsize=9, color=_ink)
    figure.supylabel("similarity", fontsize=9, color=_ink)
    lines = [handles[method] for method in methods]
    legend = figure.legend(lines, methods, loc="outside upper center", ncols=min(2 * columns, len(methods)), frameon=False)
    for label in legend.get_texts():
        label.set(parse_math=False, fontsize=9, color=_ink)
    try:
        with warnings.catch_warnings():
            # A script that the font lacks shows as boxes; that is no reason to talk.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            figure.savefig(path, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error


def _style(panel: "Axes", prompt: str) -> None:
    font = _font(12)
    lines = _wrapped(prompt, font, 300)
    title = "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")
    panel.set_title(title, fontsize=9, color=_ink, loc="left", parse_math=False)
    panel.grid(color=_hairline, linewidth=0.5)
    panel.set_axisbelow(True)
    panel.tick_params(labelsize=8, colors=_faint, length=0, labelbottom=True)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        panel.spines[side].set_color(_hairline)
    panel.margins(x=0.02)


def write_csv(rows: Iterable[Measurement | tuple[str, str, int, float, float]], path: Path) -> None:
    """Write measurements as CSV with a header, one line each. Raises OutputError if it cannot be written."""
    check_output(path, (".csv",))
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(Measurement._fields)
            writer.writerows(rows)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error
