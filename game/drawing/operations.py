"""Ink records as operations: whole strokes, curves, fills and clears, with undo and redo applied.

The layout of the records is documented in game/protocol/ink.py. Points and widths stay whole quarters of a logical pixel.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.protocol.ink import (
    BEGIN,
    BEGIN_LAYOUT,
    CLEAR,
    CURVE,
    CURVE_LAYOUT,
    END,
    END_LAYOUT,
    FILL,
    FILL_LAYOUT,
    POINTS,
    POINTS_LAYOUT,
    REDO,
    UNDO,
    InkError,
    Record,
)

Point = tuple[int, int]
Rgb = tuple[int, int, int]
Rgba = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A person's stroke: the points (at least one) that a pointer passed, the line's width, its colour. The eraser's is white."""

    points: tuple[Point, ...]
    width: int
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class Curve:
    """A chain of cubic Béziers: 3 n + 1 control points, which may lie off the canvas."""

    points: tuple[Point, ...]
    width: int
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class Fill:
    """A flood from a point."""

    x: int
    y: int
    rgb: Rgb


@dataclass(frozen=True, slots=True)
class Clear:
    """White paper again."""


Operation = Stroke | Curve | Fill | Clear


def operations_of(records: Iterable[Record]) -> list[Operation]:
    """The operations that still stand after these records, UNDO and REDO among them perhaps. Raises InkError as `read_operations` does."""
    return read_operations(b"".join(record.data for record in records))


def read_operations(ink: bytes) -> list[Operation]:
    """The operations that still stand after these records, one after another as `Canvas.ink` has them (no header).

    A stroke that was not ended stands as far as it went. Bounds are the decoder's business and are not checked again;
    raises InkError where the bytes are no records, or where points belong to no open stroke.
    """
    reader = _Reader(ink)
    try:
        while reader.offset < len(ink):
            reader.read_record()
    except (struct.error, IndexError) as error:
        raise InkError("junk", f"The ink ends in the middle of a record of {len(ink)} bytes.") from error
    reader.close_stroke()
    return reader.operations


def visible(operations: Sequence[Operation]) -> Sequence[Operation]:
    """What comes after the last clear: nothing before it shows."""
    last = max((index for index, operation in enumerate(operations) if isinstance(operation, Clear)), default=-1)
    return operations[last + 1 :]


class _Reader:
    def __init__(self, ink: bytes) -> None:
        self.ink = ink
        self.offset = 0
        self.operations: list[Operation] = []
        self._undone: list[Operation] = []
        self._stroke: int | None = None
        self._style: tuple[int, Rgba] = (0, (0, 0, 0, 0))
        self._points: list[Point] = []

    def read_record(self) -> None:
        op = self.ink[self.offset]
        if op not in (POINTS, END):
            self.close_stroke()
        if op == BEGIN:
            self._stroke, red, green, blue, alpha, width, x, y = self._unpack(BEGIN_LAYOUT)
            self._style, self._points = (width, (red, green, blue, alpha)), [(x, y)]
        elif op == POINTS:
            stroke, count = self._unpack(POINTS_LAYOUT)
            self._check_open(stroke)
            self._points += self._pairs(count, "H")
        elif op == END:
            self._check_open(self._unpack(END_LAYOUT)[0])
            self.close_stroke()
        elif op == FILL:
            red, green, blue, x, y = self._unpack(FILL_LAYOUT)
            self._add(Fill(x, y, (red, green, blue)))
        elif op == CURVE:
            _, red, green, blue, alpha, width, _, segments = self._unpack(CURVE_LAYOUT)
            self._add(Curve(tuple(self._pairs(3 * segments + 1, "h")), width, (red, green, blue, alpha)))
        elif op in (CLEAR, UNDO, REDO):
            self.offset += 1
            if op == CLEAR:
                self._add(Clear())
            else:
                source, aim = (self.operations, self._undone) if op == UNDO else (self._undone, self.operations)
                aim += source[-1:]
                del source[-1:]
        else:
            raise InkError("unknown_type", f"Ink records are 1 (BEGIN) to 8 (REDO); got {op}.")

    def _add(self, operation: Operation) -> None:
        self.operations.append(operation)
        self._undone.clear()

    def close_stroke(self) -> None:
        if self._stroke is not None:
            self._add(Stroke(tuple(self._points), *self._style))
        self._stroke = None

    def _check_open(self, stroke: int) -> None:
        if stroke != self._stroke:
            raise InkError("bad_field", f"Stroke {stroke} was not begun, or has ended; a BEGIN comes first.")

    def _unpack(self, layout: struct.Struct) -> tuple[int, ...]:
        """The record's fields after its operation."""
        _, *fields = layout.unpack_from(self.ink, self.offset)
        self.offset += layout.size
        return tuple(fields)

    def _pairs(self, count: int, kind: str) -> list[Point]:
        values = struct.unpack_from(f"<{2 * count}{kind}", self.ink, self.offset)
        self.offset += 4 * count
        return list(zip(values[0::2], values[1::2], strict=True))
