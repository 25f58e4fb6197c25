import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.ink import InkError, decode_frame, encode_curve, encode_frame
from game.protocol.limits import MAX_OPERATIONS_PER_TURN
from game.rules.canvas import Canvas

FILL = struct.pack("<BBBBHH", 4, 1, 2, 3, 40, 40)
UNDO, CLEAR, REDO = b"\x05", b"\x06", b"\x08"


def stroke(number: int) -> bytes:
    begin = struct.pack("<BHBBBBHHH", 1, number, 0, 0, 0, 255, 16, 10, 10)
    return begin + struct.pack("<BHBHH", 2, number, 1, 50, 60) + struct.pack("<BH", 3, number)


def canvas_of(*records: bytes) -> Canvas:
    canvas = Canvas()
    for record in records:
        canvas.apply(decode_frame(encode_frame(1, record)))
    return canvas


def test_operations_stand_in_order():
    assert canvas_of(stroke(1), FILL, stroke(2)).ink == stroke(1) + FILL + stroke(2)


def test_undo_takes_back_the_last_operation_a_clear_too():
    assert canvas_of(stroke(1), CLEAR, UNDO).ink == stroke(1)
    assert canvas_of(stroke(1), FILL, UNDO, UNDO, UNDO).ink == b""


def test_points_of_a_stroke_that_was_not_begun_are_refused_and_change_nothing():
    canvas = canvas_of(stroke(1))
    for bad in (stroke(2)[14:], stroke(1)[14:]):
        with pytest.raises(InkError):
            canvas.apply(decode_frame(encode_frame(1, FILL + bad)))
    assert canvas.ink == stroke(1)


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=15))
def test_it_is_the_same_whether_points_come_alone_or_with_what_was_before(cuts):
    begin, point = struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 10, 10), struct.pack("<BHBHH", 2, 1, 1, 50, 60)
    together, alone = canvas_of(begin + point * sum(cuts)), canvas_of(begin, *(point * cut for cut in cuts))
    assert together == alone
    other = struct.pack("<BHBHH", 2, 2, 1, 50, 60)
    with pytest.raises(InkError, match="not begun"):
        alone.apply(decode_frame(encode_frame(1, other)))
    assert together == alone


def test_a_full_canvas_takes_no_more():
    canvas = Canvas()
    begin, points = struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 10, 10), struct.pack("<BHB400H", 2, 1, 200, *[40] * 400)
    canvas.apply(decode_frame(encode_frame(1, begin)))

    def fill_up():
        for _ in range(1000):
            canvas.apply(decode_frame(encode_frame(1, points * 2)))

    with pytest.raises(InkError, match="no more ink"):
        fill_up()


def test_what_was_undone_can_be_redone_until_something_new_is_drawn():
    assert canvas_of(stroke(1), FILL, UNDO, UNDO, REDO).ink == stroke(1)
    assert canvas_of(stroke(1), FILL, UNDO, UNDO, REDO, REDO, REDO).ink == stroke(1) + FILL
    assert canvas_of(stroke(1), UNDO, FILL, REDO).ink == FILL
    assert canvas_of(stroke(1), CLEAR, UNDO, REDO).ink == stroke(1) + CLEAR


def test_operations_and_points_are_bounded():
    canvas = Canvas()
    frame = decode_frame(encode_frame(1, FILL * 64))
    for _ in range(MAX_OPERATIONS_PER_TURN // 64):
        canvas.apply(frame)
    with pytest.raises(InkError, match="no more ink"):
        canvas.apply(frame)
    assert len(canvas.operations) == MAX_OPERATIONS_PER_TURN // 64 * 64


def test_a_full_canvas_can_be_undone_and_drawn_on_again():
    canvas = Canvas()
    frame = decode_frame(encode_frame(1, FILL * 40))
    for _ in range(MAX_OPERATIONS_PER_TURN // 40):
        canvas.apply(frame)
    with pytest.raises(InkError):
        canvas.apply(decode_frame(encode_frame(1, FILL)))
    canvas.apply(decode_frame(encode_frame(1, UNDO * 5)))
    canvas.apply(decode_frame(encode_frame(1, FILL)))
    assert canvas.undone == []


@given(st.lists(st.sampled_from([stroke(1), FILL, UNDO, CLEAR, REDO]), max_size=30))
def test_what_is_sent_to_a_latecomer_makes_the_same_canvas_with_the_same_to_redo(records):
    canvas, again = canvas_of(*records), Canvas()
    if (frame := canvas.so_far(1)) is not None:
        again.apply(frame)
    assert again.operations == canvas.operations
    assert again.undone == canvas.undone
    assert (again.size, again.points) == (canvas.size, canvas.points)


@given(st.lists(st.sampled_from([stroke(1), FILL, UNDO, CLEAR, REDO]), max_size=30))
def test_undo_and_redo_are_each_others_reverse(records):
    operations: list[bytes] = []
    undone: list[bytes] = []
    for record in records:
        if record == UNDO:
            undone += operations[-1:]
            del operations[-1:]
        elif record == REDO:
            operations += undone[-1:]
            del undone[-1:]
        else:
            operations.append(record)
            undone.clear()
    canvas = canvas_of(*records)
    assert canvas.ink == b"".join(operations)
    assert canvas.size == len(b"".join(operations + undone))


def curve(number: int, x: float) -> bytes:
    return encode_curve(number, (0, 0, 0, 255), 8, 0, [(x, 10), (x, 20), (x, 30), (x, 40)])


def test_a_curve_takes_the_place_of_the_one_with_its_number():
    canvas = canvas_of(curve(1, 10), curve(2, 20), FILL, curve(1, 99))
    assert canvas.ink == curve(1, 99) + curve(2, 20) + FILL
    assert canvas.size == len(canvas.ink)
    assert canvas.points == 4 + 4 + 1


def test_what_was_cleared_is_no_curve_to_take_the_place_of():
    assert canvas_of(curve(1, 10), CLEAR, curve(1, 99)).ink == curve(1, 10) + CLEAR + curve(1, 99)


def test_times_follow_their_records_through_undo_and_redo():
    canvas = Canvas()
    for at, records in enumerate((stroke(1), FILL, UNDO, UNDO, REDO, CLEAR), start=1):
        canvas.apply(decode_frame(encode_frame(1, records)), at)
    assert canvas.times == (1, 1, 1, 6)
    assert canvas.ink == stroke(1) + CLEAR


def test_a_curve_that_takes_anothers_place_was_there_since_the_first():
    canvas = Canvas()
    for at in (10, 20):
        canvas.apply(decode_frame(encode_frame(1, encode_curve(1, (0, 0, 0, 255), 8, 0, [(at, 1), (2, 2), (3, 3), (4, 4)]))), at)
    assert canvas.times == (10,)
