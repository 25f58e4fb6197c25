import json
import math
from dataclasses import astuple
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_artist.errors import DrawingError
from ai_artist.pictures import picture_of
from ai_artist.strokes import Drawing, Stroke
from ai_artist.svg import read_svg, write_svg
from ai_artist.svg_source import MOST_BYTES, MOST_ELEMENTS

BLACK = (0.0, 0.0, 0.0, 1.0)
LINE = Stroke(((0.1, 0.1), (0.2, 0.1), (0.3, 0.2), (0.5, 0.5)), 0.02, (1.0, 0.5, 0.0, 0.25))
SVG = "{http://www.w3.org/2000/svg}"


def drawing_of(*strokes, prompt="a line", times=()):
    return Drawing(prompt, "ink", 7, "doodle-clip", 0.5, strokes, times)


def svg(inside, attributes='viewBox="0 0 100 100"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'


def flat(value):
    return [number for part in value for number in flat(part)] if isinstance(value, tuple) else [value]


def straight(*ends):
    """The control points of straight lines between points."""
    points = [ends[0]]
    for (ax, ay), (bx, by) in pairwise(ends):
        points += [(ax + (bx - ax) / 3, ay + (by - ay) / 3), (ax + (bx - ax) * 2 / 3, ay + (by - ay) * 2 / 3), (bx, by)]
    return flat(tuple(points))


# Writing


def test_svg_has_one_round_path_for_each_stroke_and_the_prompt_as_title():
    root = ElementTree.fromstring(drawing_of(LINE, LINE, prompt="a <house> & \x01garden").to_svg(200))
    assert root.findtext(f"{SVG}title") == "a <house> & garden"
    paths = root.findall(f"{SVG}path")
    assert len(paths) == 2
    assert paths[0].attrib == {
        "d": "M 20 20 C 40 20, 60 40, 100 100",
        "fill": "none",
        "stroke": "rgb(100%, 50%, 0%)",
        "stroke-opacity": "0.25",
        "stroke-width": "4",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }


def test_a_filled_stroke_is_a_closed_path_without_a_line():
    shape = Stroke(LINE.points, 0.0, (1.0, 0.2, 0.0, 0.5), filled=True)
    (path,) = ElementTree.fromstring(write_svg(drawing_of(shape), 100)).findall(f"{SVG}path")
    assert path.attrib["d"].endswith("Z")
    assert path.attrib["fill"] == "#ff3300"
    assert path.attrib["fill-opacity"] == "0.5"
    assert "stroke" not in path.attrib


def test_the_rest_of_the_drawing_is_json_in_the_metadata():
    root = ElementTree.fromstring(drawing_of(LINE, times=(2.5,)).to_svg())
    rest = json.loads(root.findtext(f"{SVG}metadata"))
    assert (rest["format"], rest["method"], rest["seed"], rest["perceptor"], rest["similarity"]) == (1, "ink", 7, "doodle-clip", 0.5)
    assert rest["times"] == [2.5]


coordinates = st.floats(-3, 3)
points = st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(coordinates, coordinates), min_size=3 * n + 1, max_size=3 * n + 1)).map(tuple)
strokes = st.builds(Stroke, points, st.floats(0, 1), st.tuples(*[st.floats(0, 1)] * 4), st.booleans())


@st.composite
def drawings(draw):
    some = draw(st.lists(strokes, max_size=4))
    times = draw(st.lists(st.floats(0, 1e4), min_size=len(some), max_size=len(some)) | st.just([]))
    text = st.text(st.characters(exclude_categories=["Cs"]))
    return Drawing(draw(text), draw(text), draw(st.integers(0, 2**63 - 1)), draw(text), draw(st.floats(-1, 1)), tuple(some), tuple(times))


@given(drawings(), st.integers(16, 4096))
def test_what_was_written_is_read_back_whole(drawing, size):
    reading = read_svg(write_svg(drawing, size))
    assert reading.skipped == ()
    assert reading.drawing is not None
    assert reading.drawing.strokes == reading.strokes
    told = [(each.prompt, each.method, each.seed, each.perceptor) for each in (drawing, reading.drawing)]
    assert told[0] == told[1]
    assert [stroke.filled for stroke in reading.strokes] == [stroke.filled for stroke in drawing.strokes]
    numbers = [flat((each.similarity, each.times, tuple(astuple(stroke) for stroke in each.strokes))) for each in (drawing, reading.drawing)]
    assert numbers[1] == pytest.approx(numbers[0], abs=1e-4, rel=1e-12)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("</svg>", '<path d="M0 0h9" stroke="red"/></svg>'),
        lambda text: text.replace('"format": 1', '"format": 2'),
        lambda text: text.replace('"seed": 7', '"seed": "seven"'),
        lambda text: text.replace("metadata", "desc"),
    ],
)
def test_of_a_changed_document_only_the_strokes_are_read(change):
    text = drawing_of(LINE).to_svg()
    assert change(text) != text
    reading = read_svg(change(text))
    assert reading.drawing is None
    assert flat(reading.strokes[0].points) == pytest.approx(flat(LINE.points), abs=1e-4)


# Reading what others wrote


@pytest.mark.parametrize(
    ("d", "expected"),
    [
        ("M10 20L30 40", straight((0.1, 0.2), (0.3, 0.4))),
        ("m10 20 20 20", straight((0.1, 0.2), (0.3, 0.4))),
        ("M10 20H30V40h-10v-5", straight((0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (0.2, 0.4), (0.2, 0.35))),
        ("M0 0L10 0L10 10Z", straight((0, 0), (0.1, 0), (0.1, 0.1), (0, 0))),
        ("M10 10C20 0 30 0 40 10", [0.1, 0.1, 0.2, 0, 0.3, 0, 0.4, 0.1]),
        ("M10 10c10-10 20-10 30 0s20 10 30 0", [0.1, 0.1, 0.2, 0, 0.3, 0, 0.4, 0.1, 0.5, 0.2, 0.6, 0.2, 0.7, 0.1]),
        ("M0 0Q30 30 60 0", [0, 0, 0.2, 0.2, 0.4, 0.2, 0.6, 0]),
        ("M0 0q15 15 30 0t30 0", [0, 0, 0.1, 0.1, 0.2, 0.1, 0.3, 0, 0.4, -0.1, 0.5, -0.1, 0.6, 0]),
        # S reflects nothing after Q, nor T after C (SVG 2, 9.3.6).
        ("M0 0Q15 15 30 0S50 30 60 0", [0, 0, 0.1, 0.1, 0.2, 0.1, 0.3, 0, 0.3, 0, 0.5, 0.3, 0.6, 0]),
        ("M0 0C10 10 20 10 30 0T60 0", [0, 0, 0.1, 0.1, 0.2, 0.1, 0.3, 0, 0.3, 0, 0.4, 0, 0.6, 0]),
        ("M10 10A0 5 0 0 1 20 30", straight((0.1, 0.1), (0.2, 0.3))),
        ("M10 10A1e999 5 0 0 1 20 30", straight((0.1, 0.1), (0.2, 0.3))),
        ("M10 10Z", [0.1, 0.1] * 4),
    ],
)
def test_every_command_of_a_path_becomes_cubics(d, expected):
    (stroke,) = read_svg(svg(f'<path d="{d}" fill="none" stroke="black" stroke-width="2"/>')).strokes
    assert flat(stroke.points) == pytest.approx(expected, abs=1e-9)
    assert (stroke.width, stroke.rgba, stroke.filled) == (pytest.approx(0.02), BLACK, False)


def test_an_arc_stays_on_its_circle():
    (stroke,) = read_svg(svg('<path d="M80 50A30 30 0 1 1 50 20" fill="none" stroke="black"/>')).strokes
    assert stroke.cubics == 3
    for i in range(0, len(stroke.points) - 1, 3):
        cubic = np.array(stroke.points[i : i + 4])
        for t in np.linspace(0, 1, 9):
            weights = np.array([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3])
            assert math.dist(weights @ cubic, (0.5, 0.5)) == pytest.approx(0.3, abs=1e-4)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ('<line x1="10" y1="20" x2="30" y2="40"/>', straight((0.1, 0.2), (0.3, 0.4))),
        ('<polyline points="10,20 30,40 50,20"/>', straight((0.1, 0.2), (0.3, 0.4), (0.5, 0.2))),
        ('<polygon points="10 20 30 40 50 20"/>', straight((0.1, 0.2), (0.3, 0.4), (0.5, 0.2), (0.1, 0.2))),
        ('<rect x="10" y="20" width="20" height="10"/>', straight((0.1, 0.2), (0.3, 0.2), (0.3, 0.3), (0.1, 0.3), (0.1, 0.2))),
    ],
)
def test_basic_shapes_become_strokes(shape, expected):
    (stroke,) = read_svg(svg(f'<g fill="none" stroke="black">{shape}</g>')).strokes
    assert flat(stroke.points) == pytest.approx(expected, abs=1e-9)


def test_the_longer_side_of_the_view_box_is_one_and_the_shorter_centred():
    (stroke,) = read_svg(svg('<path d="M-10 -5L10 5" stroke="black" stroke-width="1"/>', 'viewBox="-10 -5 20 10" width="7cm"')).strokes
    assert flat(stroke.points) == pytest.approx(straight((0, 0.25), (1, 0.75)))
    assert stroke.width == pytest.approx(1 / 20)


def test_without_a_view_box_the_size_counts_and_without_that_what_is_drawn():
    path = '<path d="M0 0L96 0" stroke="black" stroke-width="4"/>'
    (sized,) = read_svg(svg(path, 'width="1in" height="96"')).strokes
    assert flat(sized.points) == pytest.approx(straight((0, 0), (1, 0)))
    (free,) = read_svg(svg(path, 'width="100%"')).strokes
    assert flat(free.points) == pytest.approx(straight((0.02, 0.5), (0.98, 0.5)))
    assert free.width == pytest.approx(0.04)


def test_transforms_move_turn_and_scale_lines_and_widths():
    inside = '<g transform="translate(50 50)"><path transform="rotate(90) scale(2)" d="M0 0L10 0" stroke="black" stroke-width="3"/></g>'
    (stroke,) = read_svg(svg(inside)).strokes
    assert flat(stroke.points) == pytest.approx(straight((0.5, 0.5), (0.5, 0.7)))
    assert stroke.width == pytest.approx(0.06)


@pytest.mark.parametrize(
    ("paint", "rgba"),
    [
        ('stroke="#f00"', (1, 0, 0, 1)),
        ('stroke="green" stroke-opacity="0.5"', (0, 128 / 255, 0, 0.5)),
        ('stroke="green" style="stroke: rgb(10%, 20%, 30.5%); stroke-opacity: 50%"', (0.1, 0.2, 0.305, 0.5)),
        ('class="blue"', (0, 0, 1, 0.25)),
        ('stroke="currentColor" color="#00ff00"', (0, 1, 0, 1)),
        ('stroke="red" opacity="0.5" stroke-opacity="0.5"', (1, 0, 0, 0.25)),
    ],
)
def test_paint_comes_from_attributes_styles_and_style_sheets(paint, rgba):
    style = "<style>/* { */ @media print { path { stroke: red } } .blue { stroke: #00f; opacity: .25 }</style>"
    (stroke,) = read_svg(svg(f'{style}<path d="M0 0L10 10" {paint}/>')).strokes
    assert stroke.rgba == pytest.approx(rgba, abs=1e-6)


def test_the_opacity_of_groups_multiplies():
    (stroke,) = read_svg(svg('<g opacity=".5"><a opacity=".5"><path d="M0 0L10 10" stroke="red"/></a></g>')).strokes
    assert stroke.rgba == (1, 0, 0, 0.25)


def test_subpaths_become_strokes_and_a_fill_lies_below_its_line():
    reading = read_svg(svg('<path d="M10 10h10v10zM50 50h10v10z" fill="red" stroke="blue"/>'))
    assert [(stroke.filled, stroke.rgba[:3]) for stroke in reading.strokes] == [(True, (1, 0, 0))] * 2 + [(False, (0, 0, 1))] * 2
    # A fill is closed by itself; a line is closed by its last curve.
    assert [stroke.cubics for stroke in reading.strokes] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("d", "rule", "painted", "parts"),
    [
        ("M10 10h80v80h-80z M30 30v40h40v-40z", "nonzero", {20: True, 50: False}, 1),
        ("M10 10h80v80h-80z M30 30h40v40h-40z", "nonzero", {20: True, 50: True}, 1),
        ("M10 10h80v80h-80z M30 30h40v40h-40z", "evenodd", {20: True, 50: False}, 1),
        ("M10 10h80v80h-80z M30 30h40v40h-40z M45 45h10v10h-10z", "evenodd", {20: True, 35: False, 50: True}, 2),
        ("M30 30h40v40h-40z M10 10h80v80h-80z", "evenodd", {20: True, 50: False}, 1),
        ("M10 10h50v50h-50z M40 40h50v50h-50z", "nonzero", {20: True, 50: True, 80: True}, 1),
    ],
)
def test_holes_stay_holes(d, rule, painted, parts):
    strokes = read_svg(svg(f'<path d="{d}" fill-rule="{rule}"/>')).strokes
    assert len(strokes) == parts
    pixels = np.asarray(picture_of(strokes, 100).convert("L"))
    assert {at: bool(pixels[at, at] < 128) for at in painted} == painted
    # Nothing shows of the lines that join a hole to what is around it.
    assert set(np.unique(pixels)) <= {0, 255}


def test_use_copies_what_it_names_and_symbols_show_only_there():
    inside = (
        '<symbol id="s"><path d="M0 0L10 0" stroke="black"/></symbol>'
        '<defs><path id="p" d="M0 0L0 10" stroke="red"/></defs><use href="#s" x="50"/><use xlink:href="#p" transform="translate(0 20)"/>'
    )
    first, second = read_svg(svg(inside)).strokes
    assert flat(first.points) == pytest.approx(straight((0.5, 0), (0.6, 0)))
    assert flat(second.points) == pytest.approx(straight((0, 0.2), (0, 0.3)))


def test_what_cannot_be_taken_over_is_named():
    inside = (
        '<linearGradient id="g"><stop/></linearGradient><pattern id="p"/><clipPath id="c"><rect width="9" height="9"/></clipPath>'
        '<text>one<tspan>two</tspan></text><text>three</text><image href="file:///etc/passwd"/><text display="none">hidden</text>'
        '<path d="M0 0h50v50z" fill="url(#g)"/><path d="M0 0h50v50z" fill="url(#p) red" clip-path="url(#c)"/>'
        '<path d="M0 0h50" stroke="red" stroke-dasharray="1 2"><animate/></path><use href="other.svg#x"/>'
    )
    reading = read_svg(svg(inside))
    assert set(reading.skipped) == {"text (2)", "image (1)", "gradient (1)", "pattern (1)", "clip-path (1)", "dashes (1)", "animation (1)", "use (1)"}
    assert [stroke.rgba for stroke in reading.strokes] == [BLACK, BLACK, (1, 0, 0, 1)]


@pytest.mark.parametrize(
    "hidden",
    [
        '<path d="M0 0h50" stroke="none"/>',
        '<path d="M0 0h50" stroke="red" visibility="hidden"/>',
        '<path d="M0 0h50" stroke="red" stroke-width="0"/>',
        '<path d="M0 0h50" stroke="red" opacity="0"/>',
        '<g display="none"><path d="M0 0h50" stroke="red"/></g>',
        '<mask id="m"><path d="M0 0h50" stroke="red"/></mask>',
        "<path/>",
        '<path d=""/>',
    ],
)
def test_what_does_not_show_is_no_stroke(hidden):
    reading = read_svg(svg(hidden + '<path d="M0 0h10" stroke="blue"/>'))
    assert [stroke.rgba for stroke in reading.strokes] == [(0, 0, 1, 1)]
    assert reading.skipped == ()


def test_a_background_rectangle_is_dropped_but_its_colour_not_silently():
    line = '<path d="M0 0h10" stroke="blue"/>'
    for rect, skipped in (("#fff", ()), ("white", ()), ("navy", ("background colour (1)",))):
        reading = read_svg(svg(f'<rect width="100%" height="100%" fill="{rect}"/>{line}'))
        assert (len(reading.strokes), reading.skipped) == (1, skipped)
    # One that lies above something is part of the picture.
    assert len(read_svg(svg(f'{line}<rect width="100" height="100" fill="white"/>')).strokes) == 2


# What is no SVG, or means harm


def ten_copies(number):
    return f'<g id="u{number}">' + f'<use href="#u{number - 1}"/>' * 10 + "</g>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "well-formed"),
        ("hello", "well-formed"),
        ("<svg><path></svg>", "well-formed"),
        (b"\x89PNG\r\n\x1a\n", "well-formed"),
        ("<html><body/></html>", "<html>"),
        (svg(""), "no paths"),
        (svg("<text>hi</text><image/>"), r"text \(1\), image \(1\)"),
        (svg('<path d="M0 0L1e999 5" stroke="red" fill="none"/>'), r"out of reach \(1\)"),
        (svg('<path d="M0 0L90000 5" stroke="red" fill="none"/>'), r"out of reach \(1\)"),
        (svg('<path d="M0 0h1" stroke="red" transform="matrix(1, 2)"/>'), "cannot be understood"),
        (svg('<path d="M0 0h1" stroke="red"/>' + " " * MOST_BYTES), "bytes"),
        (svg("<g>" * 300 + "</g>" * 300), "deep"),
        (svg("<g/>" * MOST_ELEMENTS), "elements"),
        (svg(f'<path d="M0 0{"h1v1" * 2 * MOST_ELEMENTS}"/>'), "curves"),
        (svg('<use id="a" href="#b"/><use id="b" href="#a"/>'), r"use \(1\)"),
        (svg('<g id="a"><use href="#a"/></g>'), r"use \(1\)"),
        (svg('<defs><path id="u0" d="M0 0h1"/>' + "".join(map(ten_copies, range(1, 9))) + '</defs><use href="#u8"/>'), "copies"),
        ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg><text>&x;</text></svg>', "well-formed"),
        (
            "<!DOCTYPE svg ["
            + '<!ENTITY e0 "laughter">'
            + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
            + "]><svg><desc>&e9;</desc></svg>",
            "well-formed",
        ),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(text, said):
    with pytest.raises(DrawingError, match=said):
        read_svg(text)


def test_entities_of_the_document_itself_are_fine_and_bytes_have_their_encoding():
    doctype = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
    text = f'<?xml version="1.0" encoding="UTF-16"?>{doctype}<svg xmlns="&ns;"><path d="M0 0h9" stroke="red"/></svg>'
    assert len(read_svg(text.encode("utf-16")).strokes) == 1


@pytest.mark.parametrize("rules", ["a" * 200_000, "/*" * 100_000, "a" * 100_000 + "{}", "{" * 100_000, "}" * 100_000])
@pytest.mark.timeout(20)
def test_no_style_sheet_takes_long(rules):
    assert len(read_svg(svg(f'<style>{rules}</style><path d="M0 0h9" stroke="red"/>')).strokes) == 1
