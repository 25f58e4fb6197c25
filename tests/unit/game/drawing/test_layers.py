import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from game.drawing import LogicalRaster, Stroke, raster_of, read_operations
from game.drawing.layers import FilledRegion, layers_of
from game.drawing.raster import packed
from tests.unit.game.drawing.ink import BLUE, GREEN, RED, WHITE, box, fill, patiently, scribble, stroke


def layers(*records):
    return layers_of(read_operations(b"".join(records)))


@patiently
@given(st.integers(0, 100_000))
def test_layers_show_what_the_raster_shows(seed):
    operations = read_operations(b"".join(scribble(seed)))
    raster = LogicalRaster()
    for layer in layers_of(operations):
        if isinstance(layer, FilledRegion):
            raster.pixels[layer.region.mask] = packed(layer.rgb)
        else:
            raster.stroke(layer)
    assert (raster.pixels == raster_of(operations).pixels).all()


def test_a_fill_lies_beneath_the_line_that_holds_it_and_reaches_under_it():
    filled, line = layers(box(100, 100, 300, 200, width=4), fill(200, 150))
    assert isinstance(line, Stroke)
    assert filled.region.mask.sum() == 198 * 98


def test_a_second_fill_only_changes_the_colour_of_the_first():
    first = layers(box(100, 100, 300, 200), fill(200, 150))[0]
    filled, _ = layers(box(100, 100, 300, 200), fill(200, 150), fill(200, 150, rgb=BLUE))
    assert filled.rgb == BLUE
    assert (filled.region.mask == first.region.mask).all()


def test_a_fill_on_a_stroke_that_is_seen_nowhere_else_changes_the_strokes_colour():
    (line,) = layers(box(100, 100, 300, 200, width=9), fill(100, 150))
    assert line.rgba == (*RED, 255)


def test_a_fill_on_a_part_of_a_stroke_lies_just_above_it():
    line, filled, eraser = layers(stroke((100, 100), (300, 100)), stroke((200, 50), (200, 150), rgb=WHITE, width=9), fill(150, 100))
    assert (line.rgba[:3], eraser.rgba[:3]) == ((0, 0, 0), WHITE)
    assert not filled.region.mask[:, 200:].any()


def test_where_an_eraser_went_the_fill_comes_on_top_too():
    line, eraser = stroke((0, 300), (800, 300)), stroke((100, 250), (100, 350), rgb=WHITE, width=18)
    ground, *strokes, over = layers(line, eraser, line, fill(5, 5))
    assert isinstance(ground, FilledRegion)
    assert all(isinstance(layer, Stroke) for layer in strokes)
    assert over.region.mask[270, 100]
    assert not over.region.mask[270, 200]


def test_a_stroke_under_a_translucent_one_keeps_its_colour():
    line = stroke((100, 100), (300, 100), width=18)
    shade = stroke((200, 50), (200, 150), width=18, rgb=GREEN, alpha=100)
    below, filled, above = layers(line, shade, fill(150, 100))
    assert (below.rgba, above.rgba) == ((0, 0, 0, 255), (*GREEN, 100))
    assert not filled.region.mask[:, 200:].any()


def test_strokes_that_nobody_sees_are_left_out():
    assert layers(stroke((10, 10), (90, 90), alpha=0)) == []
    assert np.all(raster_of([]).pixels == 0xFFFFFF)
