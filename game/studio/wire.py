"""What the server and a worker process say to each other: one JSON object a line, on the worker's stdin and stdout.

A report whose numbers cannot be drawn is refused at both ends: where the worker makes it, which is a failure of that drawing alone,
and where the server reads it.
"""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from ai_artist.strokes import Stroke, check_stroke
from game.studio.base import Mark, Ranking

Fault = Literal["order", "seed", "worker"]
"""What a job failed by: what was ordered, which nobody can do; how it happened to go, which another seed may mend; the process itself."""

_rounding: Final = 0.001
"""By so much cosines and probabilities may be more than 1."""


class DrawOrder(msgspec.Struct, frozen=True, tag="draw"):
    """Draw this beside what else is in hand."""

    job: int
    prompt: str
    seconds: float
    seed: int
    show: Literal["settled", "evolving"] = "settled"
    order: Literal["easy", "hard"] = "easy"
    style: str = "ink"
    colours: bool = True
    ahead: bool = False
    shown: tuple[Mark, ...] = ()
    """Strokes, bare of their style, that another worker has drawn: go on from them."""


class LookOrder(msgspec.Struct, frozen=True, tag="look"):
    """Say what this ink shows, of these words."""

    job: int
    ink: bytes
    words: tuple[str, ...]


class HurryOrder(msgspec.Struct, frozen=True, tag="hurry"):
    """What is drawn ahead is needed now."""

    job: int


class CancelOrder(msgspec.Struct, frozen=True, tag="cancel"):
    """Give up this job."""

    job: int


class WorkerReady(msgspec.Struct, frozen=True, tag="ready"):
    """torch is imported, the perceptor loaded, the rasteriser compiled."""

    seconds: float
    note: str | None = None
    """What the host should know, such as that the perceptor is too slow for live play here."""
    drawing_seconds: float | None = None
    """What a drawing that people can guess takes here, if nothing else is drawn."""
    on_gpu: bool = False
    """Whether drawings that are made there at the same time cost little more than one."""


class WorkerBeat(msgspec.Struct, frozen=True, tag="beat"):
    """The worker is at work; one that is silent for long is stuck."""


class WorkerStarted(msgspec.Struct, frozen=True, tag="started"):
    """See DrawingStarted."""

    job: int
    sureness: float | None

    def __post_init__(self) -> None:
        if self.sureness is not None:
            _check_part("sureness", self.sureness)


class WorkerStroke(msgspec.Struct, frozen=True, tag="stroke"):
    """A settled stroke as it is drawn, see StrokeDrawn, and bare of its style, to go on from."""

    job: int
    marks: tuple[Mark, ...]
    bare: Mark
    similarity: float
    """See StrokeDrawn; WorkerDone has the whole picture's."""

    def __post_init__(self) -> None:
        _check_marks((*self.marks, self.bare))
        _check_part("similarity", self.similarity)


class WorkerEvolved(msgspec.Struct, frozen=True, tag="evolved"):
    """See DrawingEvolved."""

    job: int
    strokes: tuple[tuple[Mark, ...], ...]

    def __post_init__(self) -> None:
        _check_marks(mark for stroke in self.strokes for mark in stroke)


class WorkerDone(msgspec.Struct, frozen=True, tag="done"):
    """The job ended."""

    job: int
    similarity: float

    def __post_init__(self) -> None:
        _check_part("similarity", self.similarity)


class WorkerLooked(msgspec.Struct, frozen=True, tag="looked"):
    """What is likeliest, see Studio.look."""

    job: int
    words: Ranking

    def __post_init__(self) -> None:
        for _, probability in self.words:
            _check_part("probability", probability)


class WorkerFailed(msgspec.Struct, frozen=True, tag="failed"):
    """The job came to nothing. Where it is the worker's own fault, it ends after this."""

    job: int
    reason: str
    fault: Fault


AnyOrder = DrawOrder | LookOrder | HurryOrder | CancelOrder
JobReport = WorkerStarted | WorkerStroke | WorkerEvolved | WorkerDone | WorkerLooked | WorkerFailed
AnyReport = WorkerReady | WorkerBeat | JobReport

order_decoder = msgspec.json.Decoder(AnyOrder)
report_decoder = msgspec.json.Decoder(AnyReport)
_encoder = msgspec.json.Encoder()


def _check_marks(marks: Iterable[Mark]) -> None:
    for mark in marks:
        check_stroke(Stroke(mark.points, mark.width, mark.rgba), "mark")


def _check_part(name: str, value: float) -> None:
    if not abs(value) <= 1 + _rounding:  # which what is no number at all is not either
        raise ValueError(f"A {name} is a number between -1 and 1; got {value}.")


def encode_line(message: AnyOrder | AnyReport) -> bytes:
    """One message as a line."""
    return _encoder.encode(message) + b"\n"
