"""Drawings side by side, and how close they came when: one picture, one plot, one table, for comparing methods."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from ai_artist.errors import ArtistError, OutputError
from ai_artist.lettering import EMPTY, FAINT, HAIRLINE, INK, fitting, font_of, leading, wrapped, write
from ai_artist.pictures import check_output
from ai_artist.plotting import LINE_COLORS, LINE_STYLES, new_figure, save_figure, style_panel

Cell = Image.Image | str | None
"""A picture, or why there is none."""


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
    header = [wrapped(method, font_of(text, bold=True), cell) for method in methods]
    header_height = max(len(lines) for lines in header) * leading(text)
    caption_height = leading(text * 4 // 5) + gap // 2 if any(captions.values()) else 0
    row_height = cell + caption_height + gap
    width = 2 * margin + label + len(methods) * (cell + gap)
    sheet = Image.new("RGB", (width, 2 * margin + header_height + gap + len(pictures) * row_height - gap), "white")
    draw = ImageDraw.Draw(sheet)
    lefts = [margin + label + gap + column * (cell + gap) for column in range(len(methods))]
    for left, lines in zip(lefts, header, strict=True):
        draw_from = margin + header_height - len(lines) * leading(text)
        write(draw, lines, font_of(text, bold=True), left + cell / 2, draw_from, INK, "ma")
    for row, (prompt, cells) in enumerate(pictures.items()):
        top = margin + header_height + gap + row * row_height
        font, lines = fitting(prompt, text, label, cell)
        write(draw, lines, font, margin, top + (cell - len(lines) * leading(int(font.size))) / 2, INK, "la")
        for left, method in zip(lefts, methods, strict=True):
            _paste(sheet, draw, cells.get(method), left, top, cell, text)
            caption = wrapped(captions.get(prompt, {}).get(method, ""), font_of(text * 4 // 5), cell)[:1]
            write(draw, caption, font_of(text * 4 // 5), left + cell / 2, top + cell + gap // 2, FAINT, "ma")
    return sheet


def _paste(sheet: Image.Image, draw: ImageDraw.ImageDraw, content: Cell, left: int, top: int, cell: int, text: int) -> None:
    frame = (left - 1, top - 1, left + cell, top + cell)
    if isinstance(content, Image.Image):
        scale = cell / max(content.size)
        size = (max(1, round(content.width * scale)), max(1, round(content.height * scale)))
        fitted = content.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        draw.rectangle(frame, fill="white", outline=HAIRLINE)
        sheet.paste(fitted, (left + (cell - size[0]) // 2, top + (cell - size[1]) // 2))
        return
    draw.rectangle(frame, fill=EMPTY, outline=HAIRLINE)
    font, lines = fitting(content or "not drawn", text * 4 // 5, cell * 4 // 5, cell * 4 // 5)
    write(draw, lines, font, left + cell / 2, top + (cell - len(lines) * leading(int(font.size))) / 2, FAINT, "ma")


def similarity_plot(curves: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]], path: Path) -> None:
    """Plot similarity over seconds as .png or .svg: a panel for each prompt, in each a line for each method.

    curves  by prompt, then by method: (seconds, similarity), in the order of time

    Raises OutputError if it cannot be written, ArtistError where there is nothing to plot.
    """
    check_output(path, (".png", ".svg"))
    if not any(curves.values()):
        raise ArtistError("There is nothing to plot: expected at least one prompt with one method.")
    methods = list(dict.fromkeys(method for row in curves.values() for method in row))
    columns = min(3, math.ceil(math.sqrt(len(curves))))
    rows = -(-len(curves) // columns)
    figure = new_figure(3.6 * columns + 0.4, 2.5 * rows + 0.9)
    panels = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).ravel()
    handles: dict[str, Any] = {}
    for panel, (prompt, row) in zip(panels, curves.items(), strict=False):
        style_panel(panel, prompt)
        for method, points in row.items():
            number = methods.index(method)
            seconds, similarities = zip(*points, strict=True) if points else ((), ())
            marker = "o" if len(points) == 1 else None
            look = {"color": LINE_COLORS[number % len(LINE_COLORS)], "linestyle": LINE_STYLES[number // len(LINE_COLORS) % len(LINE_STYLES)]}
            (handles[method],) = panel.plot(seconds, similarities, marker=marker, linewidth=1.6, **look)
    for panel in panels[len(curves) :]:
        panel.remove()
    figure.supxlabel("seconds", fontsize=9, color=INK)
    figure.supylabel("similarity", fontsize=9, color=INK)
    lines = [handles[method] for method in methods]
    legend = figure.legend(lines, methods, loc="outside upper center", ncols=min(2 * columns, len(methods)), frameon=False)
    for label in legend.get_texts():
        label.set(parse_math=False, fontsize=9, color=INK)
    save_figure(figure, path)


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
