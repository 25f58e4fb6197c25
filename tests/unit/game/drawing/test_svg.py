import io
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from game.drawing import picture_of, svg_of
from game.drawing.outlines import outlines_of
from game.drawing.regions import Region
from game.protocol.ink import InkError
from tests.unit.game.drawing.ink import box, curve, fill, patiently, scribble, stroke

NAMESPACE = "{http://www.w3.org/2000/svg}"


def group_of(ink):
    return list(ElementTree.fromstring(svg_of(ink)).find(f"{NAMESPACE}g"))


def rendered(ink, width=800):
    resvg_py = pytest.importorskip("resvg_py")
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg_of(ink), width=width))
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def test_lines_are_true_curves():
    dot, line, smooth, cubic = group_of(
        stroke((10, 20.25), width=9, alpha=51)
        + stroke((1, 2), (3, 4))
        + stroke((10, 10), (20, 10), (20.25, 20), (30, 40))
        + curve((0, 0), (10, -5), (20, 5), (30.5, 0), alpha=128)
    )
    assert dot.attrib == {"cx": "10", "cy": "20.25", "r": "4.5", "fill": "#000000", "fill-opacity": "0.2"}
    assert (line.get("d"), line.get("stroke-width")) == ("M1 2L3 4", "4")
    assert smooth.get("d") == "M10 10Q20 10 20.125 15Q20.25 20 25.125 30L30 40"
    assert (cubic.get("d"), cubic.get("stroke-opacity")) == ("M0 0C10 -5 20 5 30.5 0", "0.502")


def test_a_fill_is_the_outline_of_its_region():
    filled, _ = group_of(box(100, 100, 300, 200, width=4) + fill(200, 150))
    assert filled.get("fill") == "#dc2828"
    assert "M101 101h198v98h-198z" in filled.get("d")


def test_ink_that_is_none_is_refused():
    with pytest.raises(InkError):
        svg_of(b"\x63")


@patiently
@given(st.integers(0, 100_000))
def test_outlines_hold_exactly_their_region(seed):
    random = np.random.default_rng(seed)
    mask = np.zeros((600, 800), bool)
    height, width = random.integers(1, 12, 2)
    place = (random.choice([0, 300, 600 - height]), random.choice([0, 400, 800 - width]))
    part = random.random((height, width)) < random.choice([0.1, 0.5, 0.9])
    mask[place[0] : place[0] + height, place[1] : place[1] + width] = part
    region = Region.of(mask)
    assert (region.mask == mask).all()
    # The even-odd rule, along rows: each vertical edge turns inside to outside on the rows that it passes.
    turns = np.zeros((600, 801), int)
    for outline in outlines_of(region):
        closed = [*outline, outline[0]]
        for (x0, y0), (x1, y1) in zip(closed[1::2], closed[2::2], strict=True):
            assert x0 == x1
            turns[min(y0, y1) : max(y0, y1), x0] += 1
    assert (np.cumsum(turns, axis=1)[:, :-1] % 2 == mask).all()


@pytest.mark.parametrize("width", [800, 1600])
def test_a_renderer_of_svg_shows_the_same_picture(width):
    ink = box(100, 100, 300, 200, width=4) + fill(200, 150) + curve((50, 500), (300, 200), (500, 700), (750, 450), width=18, alpha=128) + fill(5, 5)
    difference = np.abs(rendered(ink, width) - np.asarray(picture_of(ink, width)).astype(int)).max(axis=2)
    assert difference.mean() < 0.3
    assert (difference > 40).mean() < 1e-4


@pytest.mark.slow
@patiently
@given(st.integers(0, 100_000))
def test_a_renderer_of_svg_nearly_agrees_whatever_was_drawn(seed):
    ink = b"".join(scribble(seed))
    difference = np.abs(rendered(ink) - np.asarray(picture_of(ink)).astype(int)).max(axis=2)
    assert (difference > 60).mean() < 0.005
