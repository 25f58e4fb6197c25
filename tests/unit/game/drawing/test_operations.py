import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.drawing import Clear, Curve, Fill, Stroke, operations_of, read_operations
from game.drawing.operations import visible
from game.protocol.ink import InkError, decode_frame, encode_clear, encode_curve, encode_frame
from game.rules.canvas import Canvas
from tests.unit.game.drawing.ink import CLEAR_RECORD, RED, REDO_RECORD, UNDO_RECORD, curve, fill, patiently, scribble, stroke


def test_records_become_operations_in_quarter_pixels():
    long = [(index, 20) for index in range(600)]
    ink = stroke((10, 20.25), (30, 40), width=9, alpha=7) + fill(800, 600) + encode_clear() + stroke(*long)
    assert read_operations(ink) == [
        Stroke(((40, 81), (120, 160)), 36, (0, 0, 0, 7)),
        Fill(3200, 2400, RED),
        Clear(),
        Stroke(tuple((4 * x, 80) for x, _ in long), 16, (0, 0, 0, 255)),
    ]


def test_an_artists_curve_is_read_as_it_was_encoded():
    ink = encode_curve(5, (1, 2, 3, 200), 6.5, 900, [(0, 0), (10.25, 0), (800, 600), (-20, 610)])
    assert read_operations(ink) == [Curve(((0, 0), (41, 0), (3200, 2400), (-80, 2440)), 26, (1, 2, 3, 200))]


def test_whatever_begins_ends_the_stroke_before_it():
    unended = stroke((1, 1), (2, 2))[:-3]
    assert read_operations(unended + fill(5, 5)) == [Stroke(((4, 4), (8, 8)), 16, (0, 0, 0, 255)), Fill(20, 20, RED)]
    assert read_operations(unended + UNDO_RECORD) == []
    assert len(read_operations(unended)) == 1


@pytest.mark.parametrize("ink", [stroke((1, 1), (2, 2))[:-4], fill(1, 1)[:-1], curve((0, 0), (1, 1), (2, 2), (3, 3))[:-1], b"\x01"])
def test_ink_that_breaks_off_is_refused(ink):
    with pytest.raises(InkError, match="middle of a record"):
        read_operations(ink)


@pytest.mark.parametrize("ink", [b"\x09", b"\x00", stroke((1, 1), (2, 2))[13:], stroke((1, 1), number=1)[:-3] + stroke((1, 1), number=2)[13:]])
def test_junk_and_points_without_a_stroke_are_refused(ink):
    with pytest.raises(InkError):
        read_operations(ink)


@patiently
@given(st.integers(0, 10_000))
def test_undo_in_the_records_is_undo_on_the_canvas(seed):
    records = scribble(seed)
    canvas = Canvas()
    for record in records:
        canvas.apply(decode_frame(encode_frame(1, record)))
    frames = [decode_frame(encode_frame(1, record)) for record in records]
    assert operations_of(record for frame in frames for record in frame.records) == read_operations(canvas.ink)


@patiently
@given(st.integers(0, 10_000))
def test_an_operation_and_its_undo_leave_nothing(seed):
    *before, last = scribble(seed)
    ink = b"".join(before)
    assert read_operations(ink + last + UNDO_RECORD) == read_operations(ink)
    assert read_operations(ink + last + UNDO_RECORD + REDO_RECORD) == read_operations(ink + last)


def test_only_what_comes_after_the_last_clear_is_visible():
    operations = read_operations(fill(1, 1) + CLEAR_RECORD + fill(2, 2) + CLEAR_RECORD + fill(3, 3))
    assert visible(operations) == [Fill(12, 12, RED)]
    assert visible(read_operations(fill(3, 3))) == [Fill(12, 12, RED)]
