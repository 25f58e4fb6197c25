import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_artist.errors import DrawingError
from ai_artist.strokes import FARTHEST, Drawing, Stroke, same_cubics

BLACK = (0.0, 0.0, 0.0, 1.0)
LINE = Stroke(((0.1, 0.1), (0.2, 0.1), (0.3, 0.2), (0.5, 0.5)), 0.02, BLACK)
DRAWING = Drawing("a line", "ink", 7, "doodle-clip", 0.5, (LINE, LINE), (1.0, 2.5))

finite = st.floats(allow_nan=False, allow_infinity=False)
near = st.floats(-FARTHEST, FARTHEST)
points = st.integers(1, 3).flatmap(lambda cubics: st.lists(st.tuples(near, near), min_size=3 * cubics + 1, max_size=3 * cubics + 1)).map(tuple)
strokes = st.builds(Stroke, points, st.floats(0, 10), st.tuples(*[st.floats(0, 1)] * 4), st.booleans())


@st.composite
def drawings(draw):
    some = draw(st.lists(strokes, max_size=4))
    times = draw(st.lists(finite, min_size=len(some), max_size=len(some)) | st.just([]))
    text = st.text(st.characters(exclude_categories=["Cs"]))
    return Drawing(draw(text), draw(text), draw(st.integers(0, 2**63 - 1)), draw(text), draw(st.floats(-1, 1)), tuple(some), tuple(times))


@given(drawings())
def test_json_gives_the_very_same_drawing_back(drawing):
    assert Drawing.from_json(drawing.to_json()) == drawing


def test_json_says_which_format_it_is():
    assert json.loads(DRAWING.to_json())["format"] == 1


@pytest.mark.parametrize("times", [(1.0,), (1.0, 2.0, 3.0)])
def test_a_drawing_has_as_many_times_as_strokes(times):
    with pytest.raises(DrawingError, match=f"got {len(times)} times for 2 strokes"):
        Drawing("a line", "ink", 7, "doodle-clip", 0.5, (LINE, LINE), times)


def broken(path, value):
    content = json.loads(DRAWING.to_json())
    *folders, last = path
    at = content
    for key in folders:
        at = at[key]
    at[last] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no drawing"),
        ("{", "no drawing"),
        ("[1]", "format"),
        ("[" * 100_000, "no drawing"),
        ('{"prompt": "x"}', "format"),
        (broken(["format"], 2), "got format 2"),
        (broken(["prompt"], 3), "prompt"),
        (broken(["strokes", 1, "width"], "wide"), r"strokes\[1\].*width|strokes\[...\].width"),
        (broken(["strokes", 1, "width"], -1), r"strokes\[1\].width"),
        (broken(["strokes", 1, "width"], float("nan")), "no drawing"),
        (broken(["similarity"], float("inf")), "no drawing"),
        (broken(["strokes", 0, "points"], [[0, 0]] * 5), r"strokes\[0\].points .* got 5"),
        (broken(["strokes", 0, "points"], []), r"strokes\[0\].points .* got 0"),
        (broken(["strokes", 0, "points", 0], [1, 2, 3]), "points"),
        (broken(["strokes", 1, "points", 2, 0], -1e5), r"strokes\[1\].points must be within 240 sides of the picture; got 100000"),
        (broken(["strokes", 1, "width"], 1e5), r"strokes\[1\].width"),
        (broken(["strokes", 0, "rgba"], [0, 0, 0, 1.5]), r"strokes\[0\].rgba .* got"),
        (broken(["strokes", 0, "rgba"], [0, 0, 0]), "rgba"),
        (broken(["times"], [1.0]), "got 1 times"),
    ],
)
def test_what_is_no_drawing_is_refused_and_the_field_named(text, said):
    with pytest.raises(DrawingError, match=said):
        Drawing.from_json(text)


@pytest.mark.parametrize(
    ("stroke", "said"),
    [
        (Stroke(LINE.points[:3], 0.1, BLACK), "points"),
        (Stroke(((float("inf"), 0.0), *LINE.points[1:]), 0.1, BLACK), "points must be finite"),
        (Stroke(((0.0, 900.0), *LINE.points[1:]), 0.1, BLACK), "points must be within 240 sides"),
        (Stroke(LINE.points, float("nan"), BLACK), "width"),
        (Stroke(LINE.points, 0.1, (0, 0, float("nan"), 1)), "rgba"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(stroke, said):
    with pytest.raises(DrawingError, match=said):
        Drawing("x", "ink", 0, "p", 0.0, (stroke,)).to_json()


@given(st.lists(strokes, max_size=5))
def test_strokes_of_as_many_cubics_only_repeat_their_last_points(some):
    padded = same_cubics(some)
    assert len({len(stroke.points) for stroke in padded}) <= 1
    for before, after in zip(some, padded, strict=True):
        assert after.points[: len(before.points)] == before.points
        assert set(after.points[len(before.points) :]) <= {before.points[-1]}
        assert (after.width, after.rgba, after.filled) == (before.width, before.rgba, before.filled)
