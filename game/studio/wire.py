"""What the server and a worker process say to each other: one JSON object a line, on the worker's stdin and stdout."""

import msgspec


class DrawOrder(msgspec.Struct, frozen=True, tag="draw"):
    """Draw this; what is in hand is given up."""

    job: int
    word: str
    seconds: float
    seed: int


class CancelOrder(msgspec.Struct, frozen=True, tag="cancel"):
    """Give up this job if it is the one in hand."""

    job: int


class WorkerReady(msgspec.Struct, frozen=True, tag="ready"):
    """torch is imported, the perceptor loaded, the rasteriser compiled."""

    seconds: float
    note: str | None = None
    """What the host should know, such as that the perceptor is too slow for live play here."""


class WorkerStroke(msgspec.Struct, frozen=True, tag="stroke"):
    """A settled stroke; see StrokeDrawn."""

    job: int
    points: tuple[tuple[float, float], ...]
    width: float
    rgba: tuple[float, float, float, float]


class WorkerDone(msgspec.Struct, frozen=True, tag="done"):
    """The job ended: complete, or cancelled."""

    job: int
    similarity: float


class WorkerFailed(msgspec.Struct, frozen=True, tag="failed"):
    """The job cannot be done; the worker itself is well."""

    job: int
    reason: str


AnyOrder = DrawOrder | CancelOrder
AnyReport = WorkerReady | WorkerStroke | WorkerDone | WorkerFailed

order_decoder = msgspec.json.Decoder(AnyOrder)
report_decoder = msgspec.json.Decoder(AnyReport)
_encoder = msgspec.json.Encoder()


def encode_line(message: AnyOrder | AnyReport) -> bytes:
    """One message as a line."""
    return _encoder.encode(message) + b"\n"
