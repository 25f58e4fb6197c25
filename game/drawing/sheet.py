"""All drawings of a game on one page, for its players to keep."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from game.drawing.card import Card
from game.drawing.lettering import fitted, font_of
from game.drawing.paper import HAIR, HIGHLIGHTER, INK, INK_SOFT, graph_paper, lay_sheet
from game.drawing.picture import picture_of
from game.drawing.wordmark import draw_wordmark

_widest_page: Final = 2400
_widest_cards: Final = {1: 860, 2: 680}
"""By columns; where there are more, 560."""
_margin: Final = 84
_many: Final = 20
"""More cards than that go on a page that is higher than wide."""
_paper_shape: Final = math.sqrt(2)
"""The longer side to the shorter."""
_medals: Final = {1: "#f4c430", 2: "#c3c9d4", 3: "#d99a5b"}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where everything goes, in pixels."""

    cards: int
    columns: int

    @property
    def card(self) -> int:
        """A card's width."""
        fits = (_widest_page - 2 * _margin) / (self.columns + (self.columns - 1) / 12)
        return int(min(_widest_cards.get(self.columns, 560), fits))

    @property
    def card_height(self) -> int:
        return round(self.card * 0.945)

    @property
    def gap(self) -> int:
        return self.card // 12

    @property
    def rows(self) -> int:
        return math.ceil(self.cards / self.columns)

    @property
    def width(self) -> int:
        return 2 * _margin + self.columns * (self.card + self.gap) - self.gap

    @property
    def unit(self) -> float:
        """What the header is measured in: a two-thousandth of the page's width, about."""
        return max(0.55, self.width / 2000)

    @property
    def header(self) -> int:
        return round(345 * self.unit)

    @property
    def height(self) -> int:
        return self.header + self.rows * (self.card_height + self.gap) - self.gap + _margin

    @property
    def misfit(self) -> float:
        """How far the page is from a sheet of paper's shape, and how much of its last row is empty."""
        wanted = 1 / _paper_shape if self.cards > _many else _paper_shape
        empty = self.rows * self.columns - self.cards
        return abs(math.log(self.width / self.height / wanted)) + 0.3 * empty / max(1, self.cards)

    def place(self, index: int) -> tuple[int, int]:
        """The left and top of a card; the last row is in the middle."""
        row, column = divmod(index, self.columns)
        missing = self.columns - min(self.columns, self.cards - row * self.columns)
        left = _margin + missing * (self.card + self.gap) // 2 + column * (self.card + self.gap)
        return left, self.header + row * (self.card_height + self.gap)


def poster_of(title: str, subtitle: str, cards: Sequence[Card], podium: Sequence[tuple[int, str]]) -> bytes:
    """One picture of a whole game, a PNG file at most 2400 pixels wide: every drawing with its word, the best players above.

    podium  the best, best first, with their places as they are to be read: (1, "Ada 1240"); equals share a place, and a medal

    Long texts are made smaller or cut short. Raises InkError for bytes that are no ink.
    """
    layout = min((_Layout(len(cards), columns) for columns in range(1, max(1, len(cards)) + 1)), key=lambda layout: layout.misfit)
    page = graph_paper(layout.width, layout.height, _margin // 2)
    _write_header(page, layout, title, subtitle, [line for line in podium if line[0] in _medals][: len(_medals)])
    for index, card in enumerate(cards):
        _lay_card(page, layout, *layout.place(index), card)
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()


def _write_header(page: Image.Image, layout: _Layout, title: str, subtitle: str, podium: Sequence[tuple[int, str]]) -> None:
    unit, draw = layout.unit, ImageDraw.Draw(page)
    name = round(380 * unit)
    draw_wordmark(page, page.width - _margin - name, round(70 * unit), name)
    width = page.width - 2 * _margin - name - 60 * unit
    fitted(title, round(76 * unit), width, bold=True).write(draw, _margin, 48 * unit, INK)
    fitted(subtitle, round(34 * unit), width).write(draw, _margin, 148 * unit, INK_SOFT)
    _write_podium(page, layout, podium)


def _write_podium(page: Image.Image, layout: _Layout, podium: Sequence[tuple[int, str]]) -> None:
    unit, draw = layout.unit, ImageDraw.Draw(page)
    x, radius, middle = float(_margin), 27 * unit, 252 * unit
    size, beside = round(36 * unit), 126 * unit
    # All names in one size: each has its share of what is left beside the medals.
    natural = [font_of(size, bold=True).getlength(player) for _, player in podium]
    share = min(1.0, (page.width - 2 * _margin - len(podium) * beside) / max(1.0, sum(natural)))
    for (place, player), length in zip(podium, natural, strict=True):
        _medal(page, x, middle - radius, radius, _medals[place], str(place))
        x += 2 * radius + 16 * unit
        lettering = fitted(player, size, length * share + 1, bold=place == 1)
        if place == 1:
            draw.rectangle((x - 6 * unit, middle + 4 * unit, x + lettering.width + 6 * unit, middle + 22 * unit), HIGHLIGHTER)
        lettering.write(draw, x, middle - lettering.height / 2, INK)
        x += lettering.width + 56 * unit


def _medal(page: Image.Image, left: float, top: float, radius: float, color: str, place: str) -> None:
    # Pillow's circles have steps: a large one made small has none.
    size, finer = round(2 * radius), 4
    disc = Image.new("L", (size * finer, size * finer))
    ImageDraw.Draw(disc).ellipse((0, 0, size * finer - 1, size * finer - 1), 255)
    page.paste(color, (round(left), round(top)), disc.reduce(finer))
    ImageDraw.Draw(page).text((left + radius, top + radius), place, fill=INK, font=font_of(round(radius * 1.1), bold=True), anchor="mm")


def _lay_card(page: Image.Image, layout: _Layout, left: int, top: int, card: Card) -> None:
    width, padding = layout.card, layout.card // 28
    lay_sheet(page, left, top, width, layout.card_height)
    drawn = width - 2 * padding
    picture = picture_of(card.ink, drawn)
    page.paste(picture, (left + padding, top + padding))
    draw = ImageDraw.Draw(page)
    below = top + padding + picture.height
    draw.line((left + padding, below, left + width - padding, below), HAIR)
    middle = left + width / 2
    for text, size, bold, line, color in ((card.word, 0.075, True, 0.072, INK), (card.caption, 0.045, False, 0.153, INK_SOFT)):
        lettering = fitted(text, round(width * size), drawn, bold)
        lettering.write(draw, middle, below + width * line - lettering.height / 2, color, "m")
