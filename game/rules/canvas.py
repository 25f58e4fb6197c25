"""What is on the canvas, as the operations that made it."""

import sys
from array import array
from dataclasses import dataclass, field
from typing import Final

from game.protocol.ink import (
    BEGIN,
    CLEAR,
    CURVE,
    END,
    FILL,
    HEADER_BYTES,
    POINTS,
    REDO,
    UNDO,
    InkError,
    InkFrame,
    Record,
    decode_frame,
    encode_frame,
)
from game.protocol.limits import MAX_INK_PER_TURN, MAX_OPERATIONS_PER_TURN, MAX_POINTS_PER_TURN

_full: Final = "This drawing holds no more ink. Let the others guess it as it is."
_starts_operation = frozenset({BEGIN, FILL, CLEAR, CURVE})
_adds_nothing = frozenset({END, UNDO, REDO})


@dataclass(slots=True)
class Operation:
    """One stroke, fill, curve or clear."""

    op: int
    """Of its first record."""
    stroke: int
    ink: bytearray
    """Its records, one after another: a stroke has thousands, and they are little beside what objects for them would take."""
    packed_times: bytearray
    """When each record came, in milliseconds from the turn's start: four bytes each, in the machine's order."""
    points: int

    @classmethod
    def of(cls, record: Record, at: int) -> "Operation":
        """Return the operation that this record begins."""
        return cls(record.op, record.stroke, bytearray(record.data), bytearray(_packed(at)), record.points)

    def add(self, record: Record, at: int) -> None:
        """Let it go on."""
        self.ink += record.data
        self.packed_times += _packed(at)
        self.points += record.points

    @property
    def times(self) -> "array[int]":
        """When each record came."""
        return array("I", bytes(self.packed_times))


def _packed(at: int) -> bytes:
    return at.to_bytes(4, sys.byteorder)


@dataclass(slots=True)
class Canvas:
    """The operations of one turn in order.

    What was undone can be redone until something new is drawn; it counts towards the bounds until then.
    """

    operations: list[Operation] = field(default_factory=list)
    undone: list[Operation] = field(default_factory=list)
    """The last undone last."""
    size: int = 0
    """Bytes of all its records."""
    points: int = 0
    open_stroke: int | None = None

    def apply(self, frame: InkFrame, at: int = 0) -> None:
        """Add a frame's records, which came `at` milliseconds from the turn's start.

        Raises InkError and leaves the canvas as it was if one of them makes no sense here.
        """
        if frame.goes_on is not None and frame.goes_on == self.open_stroke:
            self._go_on(frame, at)
            return
        records = frame.records
        self._check_bounds(frame, records)
        self._check_strokes(records)
        for record in records:
            self._apply(record, at)

    def _go_on(self, frame: InkFrame, at: int) -> None:
        """Add points to the open stroke; while one is open, nothing is undone."""
        size, points = self.size + len(frame.data) - HEADER_BYTES, self.points + frame.points
        if size > MAX_INK_PER_TURN or points > MAX_POINTS_PER_TURN:
            raise InkError("canvas_full", _full)
        operation = self.operations[-1]
        operation.ink += frame.data[HEADER_BYTES:]
        operation.packed_times += _packed(at) * frame.count
        operation.points += frame.points
        self.size, self.points = size, points

    def _check_bounds(self, frame: InkFrame, records: tuple[Record, ...]) -> None:
        begun, adds = 0, False
        for record in records:
            adds = adds or record.op not in _adds_nothing
            begun += record.op in _starts_operation and self._place_of(record) is None
        if not adds:
            return
        size, points, count = self.size + len(frame.data) - HEADER_BYTES, self.points + frame.points, len(self.operations) + begun
        # What was undone is forgotten when something new begins.
        for operation in self.undone:
            if begun:
                size, points = size - len(operation.ink), points - operation.points
            else:
                count += 1
        if size > MAX_INK_PER_TURN or points > MAX_POINTS_PER_TURN or count > MAX_OPERATIONS_PER_TURN:
            raise InkError("canvas_full", _full)

    def _check_strokes(self, records: tuple[Record, ...]) -> None:
        open_stroke = self.open_stroke
        for record in records:
            if record.op == BEGIN:
                open_stroke = record.stroke
            elif record.op in (POINTS, END):
                if record.stroke != open_stroke:
                    raise InkError("bad_field", f"Stroke {record.stroke} was not begun, or has ended. Send BEGIN first.")
                open_stroke = None if record.op == END else open_stroke
            else:
                open_stroke = None

    def _apply(self, record: Record, at: int) -> None:
        if record.op == UNDO:
            if self.operations:
                self.undone.append(self.operations.pop())
        elif record.op == REDO:
            if self.undone:
                self.operations.append(self.undone.pop())
        elif (place := self._place_of(record)) is not None:
            before = self.operations[place]
            self.size += len(record.data) - len(before.ink)
            self.points += record.points - before.points
            # Its time is that of the first: there it began to be seen.
            before.ink, before.points = bytearray(record.data), record.points
        else:
            if record.op in _starts_operation:
                self._forget_undone()
                self.operations.append(Operation.of(record, at))
            else:
                self.operations[-1].add(record, at)
            self.size += len(record.data)
            self.points += record.points
        self.open_stroke = record.stroke if record.op in (BEGIN, POINTS) else None

    def _place_of(self, record: Record) -> int | None:
        """Where on the canvas the curve stands whose place this one takes, if there is one; what was cleared is there no more."""
        if record.op != CURVE:
            return None
        for index in range(len(self.operations) - 1, -1, -1):
            operation = self.operations[index]
            if operation.op == CLEAR:
                return None
            if operation.op == CURVE and operation.stroke == record.stroke:
                return index
        return None

    def _forget_undone(self) -> None:
        for operation in self.undone:
            self.size -= len(operation.ink)
            self.points -= operation.points
        self.undone.clear()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was ever drawn."""
        return not self.operations and not self.undone

    @property
    def ink(self) -> bytes:
        """The records of all operations that still stand, one after another (the layout of protocol/ink.py, no header)."""
        return b"".join(operation.ink for operation in self.operations)

    @property
    def times(self) -> tuple[int, ...]:
        """When each record of `ink` came, in milliseconds from the turn's start."""
        return tuple(at for operation in self.operations for at in operation.times)

    def so_far(self, turn: int, number: int = 0) -> InkFrame | None:
        """One frame that makes this canvas, a turn's canvas `number`, from an empty one, what can be redone included; None if it is empty."""
        if self.is_blank:
            return None
        undone = b"".join(operation.ink for operation in reversed(self.undone)) + bytes([UNDO]) * len(self.undone)
        return decode_frame(encode_frame(turn, self.ink + undone, number), is_whole_canvas=True)
