"""Every word with its drawing and what the judge says of it, on one picture."""

import math
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from ai_artist.evaluation.verdicts import RunFigures, Verdict
from ai_artist.lettering import EMPTY, FAINT, HAIRLINE, INK, fitting, font_of, leading, write
from ai_artist.pictures import picture_of

_right, _wrong = "#0a7d33", "#c4281b"
_tick, _cross = "\u2713", "\u2717"
_cell: Final = 144
_gap: Final = 14
_margin: Final = 28
_text: Final = 13
_small: Final = 11
_columns_of_a_few: Final = 10
_border: Final = 3


def contact_sheet(runs: Sequence[RunFigures]) -> Image.Image:
    """One labelled picture: a part for each run, in it the words in their order.

    A tick and a green frame say that the judge's first guess is the word; a cross and a red one that it is not, and then at which place
    the word came, if among the first five.
    """
    most = max(len(run.verdicts) for run in runs)
    # Wide enough that 345 words still make a picture of a shape that a screen shows.
    columns = max(1, min(most, max(_columns_of_a_few, math.ceil(math.sqrt(most * 1.2)))))
    title = leading(_text * 3 // 2) + _gap
    row = leading(_text) + _cell + 2 * leading(_small) + _gap
    heights = [title + math.ceil(len(run.verdicts) / columns) * row for run in runs]
    width = max(2 * _margin + columns * (_cell + _gap) - _gap, 560)
    sheet = Image.new("RGB", (width, 2 * _margin + sum(heights) + (len(runs) - 1) * _margin), "white")
    draw = ImageDraw.Draw(sheet)
    top = _margin
    for run, height in zip(runs, heights, strict=True):
        _write_title(draw, run, width - 2 * _margin, top)
        for index, verdict in enumerate(run.verdicts):
            left = _margin + index % columns * (_cell + _gap)
            _paint_cell(sheet, draw, verdict, left, top + title + index // columns * row)
        top += height + _margin
    return sheet


def _write_title(draw: ImageDraw.ImageDraw, run: RunFigures, width: int, top: int) -> None:
    bold = font_of(_text * 3 // 2, bold=True)
    draw.text((_margin, top), run.name, fill=INK, font=bold)
    figures = f"judge's first guess right {run.best.top1:.0%}, among its first five {run.best.top5:.0%}, of {run.best.n} words"
    if bold.getlength(run.name) + 2 * _gap + font_of(_text).getlength(figures) <= width:
        draw.text((_margin + width, top + 4), figures, fill=FAINT, font=font_of(_text), anchor="ra")


def _paint_cell(sheet: Image.Image, draw: ImageDraw.ImageDraw, verdict: Verdict, left: int, top: int) -> None:
    font, lines = fitting(verdict.word, _text, _cell, leading(_text))
    write(draw, lines, font, left + _cell / 2, top, INK, "ma")
    top += leading(_text)
    below = top + _cell + 2
    box = (left, top, left + _cell - 1, top + _cell - 1)
    if verdict.record is None:
        draw.rectangle(box, fill=EMPTY, outline=HAIRLINE)
        draw.text((left + _cell / 2, top + _cell / 2), "not drawn", fill=FAINT, font=font_of(_small), anchor="mm")
        _write_mark(draw, _cross, "", _wrong, left, below)
        return
    color = _right if verdict.right else _wrong
    inner = _cell - 2 * _border
    sheet.paste(picture_of(verdict.record.drawing.strokes, inner), (left + _border, top + _border))
    draw.rectangle(box, outline=color, width=_border - 1)
    guess = f"{verdict.guess} {verdict.probability:.0%}" if verdict.guess else "nothing to be seen"
    _write_mark(draw, _tick if verdict.right else _cross, guess, color, left, below)
    if 0 < verdict.rank < 5:
        note = f"{verdict.word} is no. {verdict.rank + 1}"
        font, lines = fitting(note, _small, _cell, leading(_small))
        write(draw, lines, font, left + _cell / 2, below + leading(_small), FAINT, "ma")


def _write_mark(draw: ImageDraw.ImageDraw, mark: str, guess: str, color: str, left: int, top: int) -> None:
    bold = font_of(_text, bold=True)
    space = bold.getlength(mark + " ")
    font, lines = fitting(guess or " ", _small, _cell - space, leading(_small))
    text = lines[0] if lines else ""
    start = left + (_cell - space - font.getlength(text)) / 2
    draw.text((start, top + leading(_small) / 2), mark, fill=color, font=bold, anchor="lm")
    draw.text((start + space, top + leading(_small) / 2), text, fill=color, font=font, anchor="lm")
