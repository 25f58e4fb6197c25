import pytest

from ai_artist.errors import ArtistError
from ai_artist.synthesis.brush import PAPER_BRUSH, Brush, parse_palette


@pytest.mark.parametrize("brush", [{"strokes": 0}, {"cubics": 0}, {"fewest_cubics": 3}, {"thinnest": 0.0}, {"thinnest": 0.5}, {"palette": ()}])
def test_a_brush_that_cannot_draw_is_refused(brush):
    with pytest.raises(ArtistError):
        Brush(**brush)


def test_palettes_are_written_as_people_write_colours():
    assert parse_palette("black, #d33,gold,") == ((0, 0, 0), (221 / 255, 51 / 255, 51 / 255), (1, 215 / 255, 0))


@pytest.mark.parametrize("text", ["", " , ", "black, blurple"])
def test_a_palette_that_is_none_is_said(text):
    with pytest.raises(ArtistError, match="black, #d33, gold"):
        parse_palette(text)


def test_a_palette_keeps_its_own_opaque_colours_only():
    brush = Brush(palette=((0, 0, 0), (1, 0, 0)))
    assert brush.keeps((1, 0.001, 0, 1))
    assert not brush.keeps((1, 0, 0, 0.5))
    assert not brush.keeps((0, 0, 1, 1))
    assert PAPER_BRUSH.keeps((0, 0, 1, 0.5))
