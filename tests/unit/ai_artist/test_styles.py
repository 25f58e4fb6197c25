import pytest

from ai_artist.strokes import Stroke
from ai_artist.styles import STYLES, dressed, style_named

STROKE = Stroke(((0.2, 0.2), (0.3, 0.2), (0.4, 0.25), (0.5, 0.3)), 0.022, (0.0, 0.0, 0.0, 1.0))


@pytest.mark.parametrize("name", STYLES)
def test_a_style_dresses_a_stroke_the_same_each_time_and_near_where_it_was(name):
    marks = dressed(STROKE, style_named(name), 3)
    assert marks == dressed(STROKE, style_named(name), 3)
    for mark in marks:
        assert len(mark.points) == len(STROKE.points)
        assert all(0 <= part <= 1 for part in mark.rgba)
        assert max(abs(a - b) for old, new in zip(STROKE.points, mark.points, strict=True) for a, b in zip(old, new, strict=True)) < 0.06


def test_ink_is_the_stroke_itself_and_neon_glows():
    assert dressed(STROKE, style_named("ink"), 0) == (STROKE,)
    widths = [mark.width for mark in dressed(STROKE, style_named("NEON "), 0)]
    assert widths == sorted(widths, reverse=True)


def test_other_words_are_for_the_prompt():
    style = style_named("watercolour")
    assert style.words == "watercolour"
    assert dressed(STROKE, style, 0) == (STROKE,)
