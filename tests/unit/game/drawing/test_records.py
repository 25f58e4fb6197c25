import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.drawing.records import records_of
from game.protocol.ink import InkError, decode_frame, encode_frame
from tests.unit.game.drawing.ink import UNDO_RECORD, curve, fill, patiently, scribble, stroke


@patiently
@given(st.integers(0, 10_000))
def test_records_are_those_that_the_decoder_finds(seed):
    operations = scribble(seed)
    decoded = [record.data for operation in operations for record in decode_frame(encode_frame(1, operation)).records]
    assert records_of(b"".join(operations)) == decoded


def test_no_ink_has_no_records():
    assert records_of(b"") == []


@pytest.mark.parametrize("whole", [stroke((1, 1), (2, 2)), fill(1, 1), curve((0, 0), (1, 1), (2, 2), (3, 3))])
def test_ink_that_breaks_off_is_refused(whole):
    assert b"".join(records_of(whole)) == whole
    with pytest.raises(InkError, match="middle of the record that begins at byte"):
        records_of(whole[:-1])


def test_an_unknown_operation_is_refused():
    with pytest.raises(InkError, match="got 9 at byte 1"):
        records_of(UNDO_RECORD + b"\x09")
