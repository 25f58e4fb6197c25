from ai_artist.coloring import PALETTE, coloured, known_colours
from ai_artist.strokes import Stroke


def at(height):
    return Stroke(((0.2, height), (0.3, height), (0.4, height), (0.5, height)), 0.022, (0.0, 0.0, 0.0, 1.0))


def test_every_known_colour_is_of_the_palette():
    assert len(known_colours()) > 500
    assert {name for thirds in known_colours().values() for name in thirds} <= set(PALETTE)


def test_a_carrot_is_orange_and_green_on_top():
    assert coloured(at(0.9), "carrot").rgba[:3] == PALETTE["orange"]
    assert coloured(at(0.1), "a carrot").rgba[:3] == PALETTE["green"]


def test_what_has_no_colour_of_its_own_stays_ink():
    assert coloured(at(0.5), "triangle") == at(0.5)
    assert coloured(at(0.5), "the sound of silence") == at(0.5)
