"""What stands in Redis: the names of the keys, and what is said in them."""

from typing import Final, Literal

import msgspec

from game.rules.effects import Commission
from game.studio.base import DrawingEvolved, DrawingFinished, DrawingStarted, Mark, StrokeDrawn, StudioEvent
from game.studio.wire import JobReport, WorkerBeat, WorkerDone, WorkerEvolved, WorkerFailed, WorkerStarted, WorkerStroke

_prefix: Final = "guesstroke:fleet:"
WORKERS: Final = f"{_prefix}workers"
BEAT: Final = 0.5
"""Seconds between two looks, of workers at their jobs and of servers at the workers."""
GONE: Final = 3.0
"""Seconds of silence after which a worker is taken for dead: its announcement is forgotten, and others take over what it had in hand."""

Wanted = Literal["now", "ahead"]
QUEUES: Final[tuple[Wanted, ...]] = ("now", "ahead")


def queue_key(perceptor: str, wanted: Wanted) -> str:
    """The stream of jobs for those who have this perceptor."""
    return f"{_prefix}queue:{perceptor}:{'live' if wanted == 'now' else 'ahead'}"


def job_key(job: str) -> str:
    """The hash with a job's order."""
    return f"{_prefix}job:{job}"


def told_key(job: str) -> str:
    """The stream of what is told about a job."""
    return f"{_prefix}told:{job}"


def worker_key(name: str) -> str:
    """A worker's announcement."""
    return f"{_prefix}worker:{name}"


class Order(msgspec.Struct, frozen=True):
    """A DrawingJob on its way."""

    commission: Commission
    ahead: bool
    shown: tuple[Mark, ...] = ()


class Announcement(msgspec.Struct, frozen=True):
    """What a worker of the fleet says of itself."""

    name: str
    perceptor: str
    device: str
    at_once: int
    """How many live drawings it makes at the same time; none while its processes warm up."""
    drawing_seconds: float | None = None
    """What a drawing takes there, measured when it started."""
    jobs: tuple[str, ...] = ()
    """What it has in hand."""


Told = JobReport | WorkerBeat
"""WorkerBeat: somebody has taken the job."""

encode: Final = msgspec.msgpack.Encoder().encode
decode_order: Final = msgspec.msgpack.Decoder(Order).decode
decode_announcement: Final = msgspec.msgpack.Decoder(Announcement).decode
decode_told: Final = msgspec.msgpack.Decoder(Told).decode
"""Raises msgspec.ValidationError for what cannot be drawn, as for what is no report at all."""


def report_of(event: StudioEvent) -> JobReport:
    """What a worker tells of what its studio did."""
    match event:
        case DrawingStarted(sureness):
            return WorkerStarted(0, sureness)
        case StrokeDrawn(marks, similarity, bare):
            return WorkerStroke(0, marks, bare or marks[0], similarity or 0.0)
        case DrawingEvolved(strokes):
            return WorkerEvolved(0, strokes)
        case DrawingFinished(similarity, is_whole=True):
            return WorkerDone(0, similarity)
        case DrawingFinished():
            return WorkerFailed(0, "The worker could not draw it to its end.", "worker")


def event_of(report: Told) -> StudioEvent | None:
    """What the server makes of it; None if it is nothing that happens to a drawing."""
    match report:
        case WorkerStarted():
            return DrawingStarted(report.sureness)
        case WorkerStroke():
            return StrokeDrawn(report.marks, report.similarity, report.bare)
        case WorkerEvolved():
            return DrawingEvolved(report.strokes)
        case WorkerDone():
            return DrawingFinished(report.similarity)
        case _:
            return None
