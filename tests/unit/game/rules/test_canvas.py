import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.ink import InkError, decode_frame, encode_frame
from game.rules.canvas import Canvas

FILL = struct.pack("<BBBBHH", 4, 1, 2, 3, 40, 40)
UNDO, CLEAR = b"\x05", b"\x06"


def stroke(number: int) -> bytes:
    begin = struct.pack("<BHBBBBHHH", 1, number, 0, 0, 0, 255, 16, 10, 10)
    return begin + struct.pack("<BHBHH", 2, number, 1, 50, 60) + struct.pack("<BH", 3, number)


def canvas_of(*records: bytes) -> Canvas:
    canvas = Canvas(1)
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


def test_a_full_canvas_takes_no_more():
    canvas = Canvas(1)
    frame = decode_frame(encode_frame(1, stroke(1) * 21))

    def fill_up():
        for _ in range(2000):
            canvas.apply(frame)

    with pytest.raises(InkError, match="no more ink"):
        fill_up()


@given(st.lists(st.sampled_from([stroke(1), FILL, UNDO, CLEAR]), max_size=30))
def test_what_is_sent_to_a_latecomer_makes_the_same_canvas(records):
    canvas = canvas_of(*records)
    frame = canvas.so_far()
    assert (frame.data[4:] if frame else b"") == canvas.ink
    operations: list[bytes] = []
    for record in records:
        if record != UNDO:
            operations.append(record)
        elif operations:
            operations.pop()
    assert canvas.ink == b"".join(operations)
