"""Inputs that are nearly right: what is right, bent in the ways in which programs get things wrong, or people who look for holes."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

_odd_numbers: Final = (b"0", b"-1", b"1e400", b"-0.0", b"9223372036854775808", b"NaN", b"1" * 400, b"0x10", b"true", b"null", b'""', b"[]", b"{}")
_odd_text: Final = ("\u202e", "\u0000", "\ud7ff", "\U0010ffff", "e\u0301" * 9, "\u200b", "<b>", "'; --", "\\u0000", "\\", '"', "𝔘", "\r\n", " + ")
_deep: Final = (
    b"[" * 5000,
    b'{"a":' * 5000,
    b'"a":' + b"[" * 5000,
    b"\x91" * 5000,
    b"\xdd\xff\xff\xff\xff",
    b"\xc6\xff\xff\xff\xff",
    b"\xdf\x7f\xff\xff\xff",
)


def _flip(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _set(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] = random.choice((0, 1, 0x7F, 0x80, 0xFF, random.randrange(256)))


def _cut(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data) + 1) :]


def _drop(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    del data[start : start + random.randint(1, 8)]


def _repeat(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    data[start:start] = data[start : start + random.randint(1, 40)] * random.choice((1, 2, 70))


def _insert(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    data[start:start] = random.choice((random.choice(_odd_numbers), random.choice(_odd_text).encode(), random.randbytes(random.randint(1, 9))))


def _replace_number(data: bytearray, random: Random) -> None:
    places = [index for index, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    if places:
        place = random.choice(places)
        data[place : place + 1] = random.choice(_odd_numbers)


def _deepen(data: bytearray, random: Random) -> None:
    start = random.choice((0, min(1, len(data)), random.randrange(len(data) + 1)))
    data[start:start] = random.choice(_deep)


_usual: Final[tuple[Callable[[bytearray, Random], None], ...]] = (_flip, _set, _cut, _drop, _repeat, _insert, _replace_number)


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """One of the seeds, as it is or bent once or several times, spliced with another now and then; or nothing but noise."""
    if random.random() < 0.02:
        return random.randbytes(random.randrange(200))
    data = bytearray(random.choice(seeds))
    if random.random() < 0.05:
        return bytes(data)
    if random.random() < 0.1:
        other = random.choice(seeds)
        data[random.randrange(len(data) + 1) :] = other[random.randrange(len(other) + 1) :]
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        random.choice(_usual)(data, random)
    if random.random() < 0.01:
        _deepen(data, random)
    return bytes(data)
