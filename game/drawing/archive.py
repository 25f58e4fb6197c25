"""How drawings are kept: ink and the times at which it came, in few bytes. docs/drawing.md has the format."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from game.drawing.pace import usual_times
from game.drawing.records import LONGEST_INK, SHAPES, pair_of, records_of
from game.drawing.varints import LONGEST_VARINT, VarintReader, deltas, varint

FORMAT: Final = 3
"""What `pack` writes. Formats 1 and 2 are ink as it is, without times; the number was then the protocol's version."""

_bare_formats: Final = (1, 2)
_latest: Final = 2**63 - 1
# What takes most is records of one byte, UNDOs: each has an operation and a time.
_longest_body: Final = LONGEST_VARINT + (1 + LONGEST_VARINT) * LONGEST_INK


class ArchiveError(ValueError):
    """What was kept cannot be read: it is damaged, or of a format that this version does not know."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A drawing with its history."""

    ink: bytes
    """Records one after another, as `Canvas.ink` has them (no header)."""
    times: tuple[int, ...]
    """For each record the milliseconds from the turn's start at which it came."""


def pack(ink: bytes, times: Sequence[int]) -> bytes:
    """Make ink and its records' times small; `unpack(FORMAT, ...)` gives both back, to the byte.

    Raises InkError for bytes that are no records. Raises ValueError for more ink than a turn may have, and where the times are not
    as many as the records or not within 0 to 2^63 - 1 milliseconds.
    """
    if len(ink) > LONGEST_INK:
        raise ValueError(f"A drawing has at most {LONGEST_INK} bytes of ink; this one has {len(ink)}.")
    records = records_of(ink)
    if len(times) != len(records):
        raise ValueError(f"Each record has its time: {len(records)} records came with {len(times)} times.")
    if times and not 0 <= min(times) <= max(times) <= _latest:
        raise ValueError(f"Times are milliseconds from the turn's start, 0 to {_latest}; these go from {min(times)} to {max(times)}.")
    return zlib.compress(_body_of(records, times), 9)


def unpack(format: int, data: bytes) -> Archived:  # noqa: A002
    """Read what `pack` made, or the bare ink of formats 1 and 2, which gets times as a person's usual pace would have them.

    Raises ArchiveError for data that is damaged and for an unknown format.
    """
    if format not in (*_bare_formats, FORMAT):
        raise ArchiveError(f"Drawings are kept in formats 1 to {FORMAT}; this one is in format {format}. A newer version of Guesstroke may read it.")
    try:
        if format == FORMAT:
            return _read_body(VarintReader(_inflated(data)))
        if len(data) > LONGEST_INK:
            raise ValueError(f"it has {len(data)} bytes of ink; a turn has at most {LONGEST_INK}")
        return Archived(data, usual_times(data))
    except (ValueError, struct.error, zlib.error) as error:
        raise ArchiveError(f"This drawing was damaged where it is kept ({error}). Restore it from a backup, or delete it.") from error


def _body_of(records: list[bytes], times: Sequence[int]) -> bytes:
    """Values of one kind stand together: like goes well with like when it is compressed."""
    ops = bytes(record[0] for record in records)
    shaped = [(record, SHAPES[record[0]]) for record in records]
    strokes = [int.from_bytes(record[1:3], "little") for record, shape in shaped if shape.has_stroke]
    styles = [record[shape.count_at - shape.style : shape.count_at] for record, shape in shaped]
    counts = bytes(record[shape.count_at] for record, shape in shaped if shape.is_counted)
    points = [point for record, shape in shaped for point in struct.iter_unpack(pair_of(record[0]), record[shape.points_at :])]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return b"".join([varint(len(ops)), ops, deltas(times), deltas(strokes), *styles, counts, deltas(xs), deltas(ys)])


def _inflated(data: bytes) -> bytes:
    # A few bytes may claim to be gigabytes: never more is unpacked than the largest drawing makes.
    inflater = zlib.decompressobj()
    body = inflater.decompress(data, _longest_body)
    if not inflater.eof or inflater.unused_data:
        raise ValueError("its compressed bytes end too early or too late")
    return body


def _read_body(body: VarintReader) -> Archived:
    """Raises ValueError or struct.error where the body is none that `_body_of` makes."""
    ops = body.raw(body.varint())
    if unknown := set(ops) - SHAPES.keys():
        raise ValueError(f"it has records of the unknown operation {min(unknown)}")
    shapes = [SHAPES[op] for op in ops]
    times = body.deltas(len(ops))
    if times and not 0 <= min(times) <= max(times) <= _latest:
        raise ValueError(f"its times go from {min(times)} to {max(times)} milliseconds")
    strokes = iter(body.deltas(sum(shape.has_stroke for shape in shapes)))
    styles = [body.raw(shape.style) for shape in shapes]
    counts = [body.raw(shape.is_counted) for shape in shapes]
    lengths = [shape.length(sum(count)) for shape, count in zip(shapes, counts, strict=True)]
    if sum(lengths) > LONGEST_INK:
        raise ValueError(f"it has {sum(lengths)} bytes of ink; a turn has at most {LONGEST_INK}")
    total = sum(shape.points_of(sum(count)) for shape, count in zip(shapes, counts, strict=True))
    points = zip(body.deltas(total), body.deltas(total), strict=True)
    if body.left:
        raise ValueError(f"it goes on for {body.left} bytes after its last point")
    ink = bytearray()
    for op, shape, style, count in zip(ops, shapes, styles, counts, strict=True):
        ink.append(op)
        if shape.has_stroke:
            ink += struct.pack("<H", next(strokes))
        ink += style + count
        for x, y in islice(points, shape.points_of(sum(count))):
            ink += struct.pack(pair_of(op), x, y)
    return Archived(bytes(ink), tuple(times))
