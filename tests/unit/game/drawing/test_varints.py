import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.drawing.varints import VarintReader, deltas, varint


@given(st.integers(0, 2**64 - 1))
def test_a_number_is_read_as_it_was_written(value):
    reader = VarintReader(varint(value) + b"!")
    assert reader.varint() == value
    assert reader.raw(1) == b"!"
    assert reader.left == 0


@given(st.lists(st.integers(0, 2**63 - 1)))
def test_numbers_are_read_as_they_were_written(values):
    assert VarintReader(deltas(values)).deltas(len(values)) == values


def test_small_steps_take_a_byte_each():
    assert deltas([0, -1, 0, 63, -1]) == bytes([0, 1, 2, 126, 127])
    assert varint(300) == bytes([0xAC, 0x02])


def test_too_few_bytes_are_refused():
    with pytest.raises(ValueError, match="breaks off"):
        VarintReader(b"\x80").varint()
    with pytest.raises(ValueError, match="breaks off"):
        VarintReader(b"abc").raw(4)
    with pytest.raises(ValueError, match="9 numbers should follow byte 0, 3 bytes do"):
        VarintReader(b"abc").deltas(9)


def test_a_number_without_end_is_refused():
    with pytest.raises(ValueError, match="more than 10 bytes"):
        VarintReader(b"\xff" * 1000).varint()
