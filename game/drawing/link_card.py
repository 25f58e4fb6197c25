"""The picture that a link to a drawing is previewed with, where people chat (Open Graph)."""

import io
from typing import Final

from PIL import Image, ImageDraw

from game.drawing.lettering import fitted
from game.drawing.paper import INK, INK_SOFT, WHITE, graph_paper, mixed, tape
from game.drawing.picture import picture_of
from game.drawing.wordmark import draw_wordmark

_size: Final = (1200, 630)
"""What previews are made for."""
_drawing: Final = 588
_white: Final = 24
"""The white around the drawing."""
_words: Final = (764, 388)
"""The left end and the width of what is written."""


def card_of(ink: bytes, title: str, subtitle: str) -> bytes:
    """A PNG file of 1200 x 630: the drawing taped to graph paper, title and name beside it. Raises InkError for bytes that are no ink."""
    page = graph_paper(*_size, margin=40)
    picture = picture_of(ink, _drawing)
    sheet = Image.new("RGB", (picture.width + 2 * _white, picture.height + 2 * _white), WHITE)
    sheet.paste(picture, (_white, _white))
    ImageDraw.Draw(sheet).rectangle((0, 0, sheet.width - 1, sheet.height - 1), outline=mixed(INK, WHITE, 0.4), width=2)
    tape(page, 72, (page.height - sheet.height) // 2 + 8, sheet, degrees=2)
    left, width = _words
    draw_wordmark(page, left, 84, 300)
    draw = ImageDraw.Draw(page)
    heading = fitted(title, 60, width, bold=True, most_lines=3)
    text = fitted(subtitle, 30, width, most_lines=3)
    top = 350 - (heading.height + 18 + text.height) / 2
    heading.write(draw, left, top, INK)
    text.write(draw, left, top + heading.height + 18, INK_SOFT)
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()
