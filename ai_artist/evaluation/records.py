"""A drawing that was made for an evaluation, as it lies on the disk."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ai_artist.errors import DrawingError
from ai_artist.evaluation.folder import write_atomically
from ai_artist.strokes import Drawing


@dataclass(frozen=True, slots=True)
class Record:
    """A drawing, and how many seconds it took from the prompt to the end."""

    drawing: Drawing
    seconds: float
    iterations: int = 0
    """Steps of the optimiser; 0 where that is not known."""

    @property
    def first_stroke_s(self) -> float:
        """Seconds to the first stroke."""
        return self.drawing.times[0] if self.drawing.times else self.seconds

    def strokes_after(self, seconds: float) -> int:
        """How many strokes were settled after so many seconds; all of them at the end where that is not known."""
        times = self.drawing.times or (self.seconds,) * len(self.drawing.strokes)
        return sum(time <= seconds for time in times)


class _Content(msgspec.Struct):
    seconds: float
    iterations: int
    drawing: msgspec.Raw


def write_record(record: Record, path: Path) -> None:
    """Write it whole or not at all, so that whatever lies there is finished. Raises OutputError and DrawingError."""
    content = _Content(record.seconds, record.iterations, msgspec.Raw(record.drawing.to_json().encode()))
    write_atomically(path, msgspec.json.encode(content).decode())


def read_record(path: Path) -> Record | None:
    """What was written there, None if nothing was. Raises DrawingError if it is something else."""
    try:
        content = msgspec.json.decode(path.read_bytes(), type=_Content)
        return Record(Drawing.from_json(bytes(content.drawing)), content.seconds, content.iterations)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DrawingError(f"{path} is no finished drawing ({error}). Delete it, and it is drawn again.") from error
