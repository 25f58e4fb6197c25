"""Whole numbers in as few bytes as they need, for numbers of which each is near the one before it."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

LONGEST_VARINT: Final = 10
"""Bytes: 64 bits, seven in a byte."""


def varint(value: int) -> bytes:
    """A number from 0 to 2^64 - 1, seven bits a byte, the lowest first; all bytes but the last have their highest bit set."""
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def deltas(values: Sequence[int]) -> bytes:
    """Each number as a varint of what it differs by from the one before it, the first from 0.

    Differences 0, -1, 1, -2, 2 are written as 0, 1, 2, 3, 4 ("zigzag"), so that small ones of either sign are short.
    """
    steps = (value - before for before, value in pairwise([0, *values]))
    return b"".join(varint(2 * step if step >= 0 else -2 * step - 1) for step in steps)


class VarintReader:
    """Reads from the beginning of some bytes to their end. Every method raises ValueError where too few are left."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes were not read yet."""
        return len(self._data) - self._at

    def raw(self, count: int) -> bytes:
        """So many bytes as they are."""
        if count > self.left:
            raise ValueError(f"it breaks off: {count} bytes should follow byte {self._at}, {self.left} do")
        self._at += count
        return self._data[self._at - count : self._at]

    def varint(self) -> int:
        """What `varint` wrote. Raises ValueError for one that is too long, too."""
        value = 0
        for place in range(LONGEST_VARINT):
            (byte,) = self.raw(1)
            value |= (byte & 0x7F) << 7 * place
            if byte < 0x80:
                return value
        raise ValueError(f"a number at byte {self._at} has more than {LONGEST_VARINT} bytes")

    def deltas(self, count: int) -> list[int]:
        """So many numbers that `deltas` wrote."""
        if count > self.left:
            raise ValueError(f"it breaks off: {count} numbers should follow byte {self._at}, {self.left} bytes do")
        zigzag = (self.varint() for _ in range(count))
        return list(accumulate(value >> 1 ^ -(value & 1) for value in zigzag))
