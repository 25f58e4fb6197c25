import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.ink import (
    BEGIN,
    CLEAR,
    CURVE,
    POINTS,
    InkError,
    decode_frame,
    encode_clear,
    encode_curve,
    encode_frame,
    merge_points,
)
from game.protocol.limits import MAX_INK_BYTES

HEAD = encode_frame(7, b"")


def begin(x=100, y=100, width=16):
    return struct.pack("<BHBBBBHHH", 1, 3, 10, 20, 30, 255, width, x, y)


def points(*xy, stroke=3):
    return struct.pack(f"<BHB{2 * len(xy)}H", 2, stroke, len(xy), *(value for point in xy for value in point))


def test_a_frame_comes_apart_into_its_records():
    frame = decode_frame(HEAD + begin() + points((1, 2), (3, 4)) + b"\x03\x03\x00" + encode_clear())
    assert frame.turn == 7
    assert [(record.op, record.stroke) for record in frame.records] == [(BEGIN, 3), (2, 3), (3, 3), (CLEAR, 0)]
    assert b"".join(record.data for record in frame.records) == frame.data[4:]


def test_a_curve_is_placed_in_quarter_pixels():
    data = encode_curve(5, (1, 2, 3, 255), 6.5, 900, [(0, 0), (10.25, 0), (800, 600), (-20, 610)])
    assert struct.unpack("<BHBBBBHHB8h", data) == (7, 5, 1, 2, 3, 255, 26, 900, 1, 0, 0, 41, 0, 3200, 2400, -80, 2440)
    assert decode_frame(HEAD + data).records[0].op == CURVE


@pytest.mark.parametrize(
    ("records", "code"),
    [
        (b"", "junk"),
        (b"\x09", "unknown_type"),
        (begin(x=3201), "off_canvas"),
        (begin(y=2401), "off_canvas"),
        (begin(width=3), "bad_field"),
        (begin(width=321), "bad_field"),
        (begin()[:-1], "junk"),
        (begin() + points(*[(1, 1)] * 255) + points(*[(1, 1)] * 255) + points((1, 1), (2, 2)), "too_many_points"),
        (begin() + points((1, 65535)), "off_canvas"),
        (begin() + b"\x02\x03\x00\x00", "bad_field"),
        (b"\x05" * 65, "too_long"),
        (b"\x05" * MAX_INK_BYTES, "too_long"),
        (struct.pack("<BHBBBBHHB", 7, 1, 0, 0, 0, 255, 16, 100, 0), "bad_field"),
        (struct.pack("<BHBBBBHHB8h", 7, 1, 0, 0, 0, 255, 16, 100, 1, 0, 0, 0, 0, 0, 0, 0, 9000), "off_canvas"),
    ],
)
def test_what_is_wrong_is_said(records, code):
    with pytest.raises(InkError) as caught:
        decode_frame(HEAD + records)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"", b"I", b"I\x00\x01\x00", b"X\x00\x01\x00\x05", b"I\x02\x01\x00\x05"])
def test_what_is_no_ink_frame_is_junk(data):
    with pytest.raises(InkError) as caught:
        decode_frame(data)
    assert caught.value.code == "junk"


@given(st.binary(max_size=600))
def test_any_bytes_are_a_frame_or_a_typed_error(noise):
    for data in (noise, HEAD + noise):
        try:
            frame = decode_frame(data)
        except InkError:
            continue
        assert b"".join(record.data for record in frame.records) == data[4:]


@given(st.lists(st.sampled_from([begin(), points((1, 2)), points((3, 4), (5, 6)), points((7, 8), stroke=4), b"\x03\x03\x00", b"\x05"]), min_size=1))
def test_a_frame_says_whether_it_goes_on_with_a_stroke_and_leaves_one_open(records):
    frame = decode_frame(HEAD + b"".join(records[:64]))
    assert frame.points == sum(record.points for record in frame.records)
    strokes = {(record.op, record.stroke) for record in frame.records}
    assert frame.goes_on == (frame.records[0].stroke if strokes in ({(POINTS, 3)}, {(POINTS, 4)}) else None)
    assert frame.opens == (frame.records[-1].stroke if frame.records[-1].op in (BEGIN, POINTS) else None)


pieces = st.lists(st.sampled_from([begin(), points((1, 2)), points((3, 4), (5, 6)), points((7, 8), stroke=4)]), min_size=1, max_size=4)


@given(pieces, pieces, st.booleans())
def test_two_frames_are_one_where_the_second_only_goes_on_with_the_firsts_stroke(first, second, same_turn):
    frame, later = decode_frame(HEAD + b"".join(first)), decode_frame(encode_frame(7 if same_turn else 8, b"".join(second)))
    merged = merge_points(frame, later)
    goes_on = {(record.op, record.stroke) for record in later.records} == {(POINTS, frame.records[-1].stroke)}
    assert (merged is not None) == (goes_on and same_turn)
    if merged is not None:
        assert merged == decode_frame(frame.data + later.data[4:])


def test_a_frame_says_for_which_canvas_it_is():
    assert decode_frame(encode_frame(3, b"\x05")).canvas == 0
    assert decode_frame(encode_frame(3, b"\x05", 1)).canvas == 1


def test_a_whole_canvas_may_be_longer_than_what_a_client_sends():
    whole = encode_frame(3, (begin() + points((1, 1))) * 400)
    assert len(decode_frame(whole, is_whole_canvas=True).records) == 800
    with pytest.raises(InkError):
        decode_frame(whole)
