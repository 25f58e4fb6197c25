"""What is on the canvas, as the operations that made it."""

from game.protocol.ink import BEGIN, CLEAR, CURVE, END, FILL, POINTS, UNDO, InkError, InkFrame, Record, encode_frame
from game.protocol.limits import MAX_INK_PER_TURN

_starts_operation = frozenset({BEGIN, FILL, CLEAR, CURVE})


class Canvas:
    """The operations of one turn in order; an operation is the records of one stroke, fill, curve or clear."""

    def __init__(self, turn: int) -> None:
        self._turn = turn
        self._operations: list[list[Record]] = []
        self._bytes = 0
        self._open_stroke: int | None = None

    def apply(self, frame: InkFrame) -> None:
        """Add a frame's records. Raises InkError and leaves the canvas as it was if one of them makes no sense here."""
        if self._bytes + len(frame.data) > MAX_INK_PER_TURN:
            raise InkError("canvas_full", "This drawing holds no more ink. Clear the canvas or let the others guess.")
        self._check_strokes(frame)
        for record in frame.records:
            self._apply(record)

    def _check_strokes(self, frame: InkFrame) -> None:
        open_stroke = self._open_stroke
        for record in frame.records:
            if record.op == BEGIN:
                open_stroke = record.stroke
            elif record.op in (POINTS, END):
                if record.stroke != open_stroke:
                    raise InkError("bad_field", f"Stroke {record.stroke} was not begun, or has ended. Send BEGIN first.")
                open_stroke = None if record.op == END else open_stroke
            else:
                open_stroke = None

    def _apply(self, record: Record) -> None:
        if record.op in _starts_operation:
            self._operations.append([record])
        elif record.op == UNDO:
            if self._operations:
                self._bytes -= sum(len(old.data) for old in self._operations.pop())
        else:
            self._operations[-1].append(record)
        if record.op != UNDO:
            self._bytes += len(record.data)
        self._open_stroke = record.stroke if record.op in (BEGIN, POINTS) else None

    @property
    def ink(self) -> bytes:
        """The records of all operations that still stand, one after another (the layout of protocol/ink.py, no header)."""
        return b"".join(record.data for operation in self._operations for record in operation)

    def so_far(self) -> InkFrame | None:
        """One frame that makes this canvas from an empty one, for somebody who comes in now; None if it is empty."""
        records = tuple(record for operation in self._operations for record in operation)
        return InkFrame(self._turn, records, encode_frame(self._turn, self.ink)) if records else None
