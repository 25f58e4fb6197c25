"""What is on the canvas, as the operations that made it."""

from dataclasses import dataclass, field

from game.protocol.ink import BEGIN, CLEAR, CURVE, END, FILL, POINTS, REDO, UNDO, InkError, InkFrame, Record, encode_frame
from game.protocol.limits import MAX_INK_PER_TURN, MAX_OPERATIONS_PER_TURN, MAX_POINTS_PER_TURN

_starts_operation = frozenset({BEGIN, FILL, CLEAR, CURVE})
_adds_nothing = frozenset({END, UNDO, REDO})


@dataclass(slots=True)
class Operation:
    """The records of one stroke, fill, curve or clear, and when each came, in milliseconds from the turn's start."""

    records: list[Record]
    times: list[int]


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
        self._check_bounds(frame)
        self._check_strokes(frame)
        for record in frame.records:
            self._apply(record, at)

    def _check_bounds(self, frame: InkFrame) -> None:
        if all(record.op in _adds_nothing for record in frame.records):
            return
        begun = sum(record.op in _starts_operation and self._place_of(record) is None for record in frame.records)
        # What was undone is forgotten when something new begins.
        gone = [record for operation in self.undone for record in operation.records] if begun else []
        size, points = self.size - sum(len(record.data) for record in gone), self.points - sum(record.points for record in gone)
        if (
            size + len(frame.data) > MAX_INK_PER_TURN
            or points + sum(record.points for record in frame.records) > MAX_POINTS_PER_TURN
            or len(self.operations) + (0 if begun else len(self.undone)) + begun > MAX_OPERATIONS_PER_TURN
        ):
            raise InkError("canvas_full", "This drawing holds no more ink. Let the others guess it as it is.")

    def _check_strokes(self, frame: InkFrame) -> None:
        open_stroke = self.open_stroke
        for record in frame.records:
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
            (before,) = self.operations[place].records
            self.operations[place].records = [record]  # and its time is that of the first: there it began to be seen
            self.size += len(record.data) - len(before.data)
            self.points += record.points - before.points
        else:
            if record.op in _starts_operation:
                self._forget_undone()
                self.operations.append(Operation([record], [at]))
            else:
                self.operations[-1].records.append(record)
                self.operations[-1].times.append(at)
            self.size += len(record.data)
            self.points += record.points
        self.open_stroke = record.stroke if record.op in (BEGIN, POINTS) else None

    def _place_of(self, record: Record) -> int | None:
        """Where on the canvas the curve stands whose place this one takes, if there is one; what was cleared is there no more."""
        if record.op != CURVE:
            return None
        for index in range(len(self.operations) - 1, -1, -1):
            first = self.operations[index].records[0]
            if first.op == CLEAR:
                return None
            if first.op == CURVE and first.stroke == record.stroke:
                return index
        return None

    def _forget_undone(self) -> None:
        gone = [record for operation in self.undone for record in operation.records]
        self.size -= sum(len(record.data) for record in gone)
        self.points -= sum(record.points for record in gone)
        self.undone.clear()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was ever drawn."""
        return not self.operations and not self.undone

    @property
    def ink(self) -> bytes:
        """The records of all operations that still stand, one after another (the layout of protocol/ink.py, no header)."""
        return b"".join(record.data for operation in self.operations for record in operation.records)

    @property
    def times(self) -> tuple[int, ...]:
        """When each record of `ink` came, in milliseconds from the turn's start."""
        return tuple(at for operation in self.operations for at in operation.times)

    def so_far(self, turn: int, number: int = 0) -> InkFrame | None:
        """One frame that makes this canvas, a turn's canvas `number`, from an empty one, what can be redone included; None if it is empty."""
        if self.is_blank:
            return None
        undo = Record(UNDO, 0, 0, bytes([UNDO]))
        records = [record for operation in (*self.operations, *reversed(self.undone)) for record in operation.records] + [undo] * len(self.undone)
        return InkFrame(turn, tuple(records), encode_frame(turn, b"".join(record.data for record in records), number), number)
