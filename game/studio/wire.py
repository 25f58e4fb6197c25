"""What the server and a worker process say to each other: one JSON object a line, on the worker's stdin and stdout."""

from typing import Literal

import msgspec

from game.studio.base import Mark, Ranking


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


class WorkerBeat(msgspec.Struct, frozen=True, tag="beat"):
    """The worker is at work; one that is silent for long is stuck."""


class WorkerStarted(msgspec.Struct, frozen=True, tag="started"):
    """See DrawingStarted."""

    job: int
    sureness: float | None


class WorkerStroke(msgspec.Struct, frozen=True, tag="stroke"):
    """A settled stroke as it is drawn, see StrokeDrawn, and bare of its style, to go on from."""

    job: int
    marks: tuple[Mark, ...]
    bare: Mark
    similarity: float
    """See StrokeDrawn; WorkerDone has the whole picture's."""


class WorkerEvolved(msgspec.Struct, frozen=True, tag="evolved"):
    """See DrawingEvolved."""

    job: int
    strokes: tuple[tuple[Mark, ...], ...]


class WorkerDone(msgspec.Struct, frozen=True, tag="done"):
    """The job ended."""

    job: int
    similarity: float


class WorkerLooked(msgspec.Struct, frozen=True, tag="looked"):
    """What is likeliest, see Studio.look."""

    job: int
    words: Ranking


class WorkerFailed(msgspec.Struct, frozen=True, tag="failed"):
    """The job cannot be done; the worker itself is well."""

    job: int
    reason: str


AnyOrder = DrawOrder | LookOrder | HurryOrder | CancelOrder
JobReport = WorkerStarted | WorkerStroke | WorkerEvolved | WorkerDone | WorkerLooked | WorkerFailed
AnyReport = WorkerReady | WorkerBeat | JobReport

order_decoder = msgspec.json.Decoder(AnyOrder)
report_decoder = msgspec.json.Decoder(AnyReport)
_encoder = msgspec.json.Encoder()


def encode_line(message: AnyOrder | AnyReport) -> bytes:
    """One message as a line."""
    return _encoder.encode(message) + b"\n"
