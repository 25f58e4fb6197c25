"""Where ink's records begin and end, and what they are made of; of their values nothing is checked.

The layouts in game/protocol/ink.py have one form: the operation, a stroke number perhaps, bytes of style, a count perhaps, and
points. So one small table says all that is needed to take ink apart and to put it together again.
"""

from dataclasses import dataclass
from typing import Final

from game.protocol.ink import BEGIN, CLEAR, CURVE, END, FILL, POINTS, REDO, UNDO, InkError
from game.protocol.limits import MAX_INK_PER_TURN

LONGEST_INK: Final = MAX_INK_PER_TURN + 64 * 1024
"""Bytes of ink that are kept of one turn at most; the slack is for ENDs and UNDOs, which a full canvas still takes."""

_stroke_bytes: Final = 2
_point_bytes: Final = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """What a record of one operation holds: `points` points, and `points_each` more for each that its count says."""

    has_stroke: bool = False
    style: int = 0
    """Bytes of colour, width and milliseconds."""
    points: int = 0
    points_each: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether it has a count."""
        return self.points_each > 0

    @property
    def count_at(self) -> int:
        """The offset of the count, or of the points where there is none."""
        return 1 + _stroke_bytes * self.has_stroke + self.style

    @property
    def points_at(self) -> int:
        """The offset of the points."""
        return self.count_at + self.is_counted

    def points_of(self, count: int) -> int:
        """How many points a record has; its count is 0 where it has none."""
        return self.points + self.points_each * count

    def length(self, count: int) -> int:
        """Bytes of a record, likewise."""
        return self.points_at + _point_bytes * self.points_of(count)


SHAPES: Final = {
    BEGIN: Shape(has_stroke=True, style=6, points=1),
    POINTS: Shape(has_stroke=True, points_each=1),
    END: Shape(has_stroke=True),
    FILL: Shape(style=3, points=1),
    UNDO: Shape(),
    CLEAR: Shape(),
    CURVE: Shape(has_stroke=True, style=8, points=1, points_each=3),
    REDO: Shape(),
}


def pair_of(op: int) -> str:
    """The layout of a point, as `struct` has it: only a curve's may lie off the canvas."""
    return "<hh" if op == CURVE else "<HH"


def records_of(ink: bytes) -> list[bytes]:
    """The records of ink one by one. Raises InkError where an operation is unknown or the last record breaks off."""
    records = []
    offset = 0
    while offset < len(ink):
        shape = SHAPES.get(ink[offset])
        if shape is None:
            raise InkError("unknown_type", f"Ink records are 1 (BEGIN) to 8 (REDO); got {ink[offset]} at byte {offset}.")
        count = ink[offset + shape.count_at : offset + shape.points_at]
        end = offset + shape.length(sum(count))
        if end > len(ink):
            raise InkError("junk", f"The ink ends in the middle of the record that begins at byte {offset} of {len(ink)}.")
        records.append(ink[offset:end])
        offset = end
    return records
