"""Drawing much in several processes at once, each with one thread and an artist of its own."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ai_artist.budget import Budget
from ai_artist.errors import ArtistError
from ai_artist.evaluation.plan import Pace
from ai_artist.evaluation.records import Record, write_record
from ai_artist.manner import Manner
from ai_artist.ordering import Order
from ai_artist.strokes import Drawing
from ai_artist.synthesis.method import StrokeMethod

if TYPE_CHECKING:
    from ai_artist.artist import Artist

_one_thread_each: Final = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


class WorkersError(ArtistError):
    """Worker processes that ended before their work was done."""


class DrawingStopped(Exception):
    """The drawing is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Task:
    """One drawing to be made, and where it shall lie."""

    word: str
    seed: int
    method: StrokeMethod
    path: Path
    order: Order = "easy"


@dataclass(frozen=True, slots=True)
class Tools:
    """What a worker needs for its artist; see Artist.load."""

    perceptor: str
    device: str = "auto"
    precision: str = "auto"


@dataclass(slots=True)
class _Worker:
    """What is loaded once in each worker process."""

    artist: "Artist"
    stop: Event = field(repr=False)


_worker: _Worker | None = None


def draw_all(
    tasks: Sequence[Task],
    tools: Tools,
    budget: Budget,
    pace: Pace,
    jobs: int,
    on_done: Callable[[Task, str | None], None] = lambda task, failure: None,
) -> None:
    """Make the drawings in so many processes; each is written when it is finished.

    on_done  told of each task that ended, in whatever order, and why it failed or None

    On KeyboardInterrupt the drawings at work are given up within an iteration, and the interrupt goes on to the caller; what
    was finished before is kept. Raises WorkersError if a process ends by itself.
    """
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    with ProcessPoolExecutor(min(jobs, len(tasks)), context, _begin, (tools, stop)) as pool:
        waiting: dict[Future[str | None], Task] = {}
        try:
            with _for_workers_to_inherit():
                for task in tasks:
                    waiting[pool.submit(_draw, task, budget, pace)] = task
            for future in as_completed(waiting):
                on_done(waiting[future], future.result())
        except BrokenProcessPool as error:
            raise WorkersError(
                f"A worker process ended by itself while {jobs} drew with {tools.perceptor}; perhaps the memory was too small. "
                "What was finished is kept: the same command with fewer --jobs goes on."
            ) from error
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


@contextlib.contextmanager
def _for_workers_to_inherit() -> Iterator[None]:
    """What processes started in here have from their first moment: one thread each, and no ear for Ctrl-C, which is the parent's.

    An initializer would come too late for both: torch reads the one when it is imported, and that takes seconds in which
    a worker that is interrupted prints a traceback.
    """
    before = {name: os.environ.get(name) for name in _one_thread_each}
    os.environ.update(dict.fromkeys(_one_thread_each, "1"))
    ears = signal.signal(signal.SIGINT, signal.SIG_IGN) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    finally:
        if ears is not None:
            signal.signal(signal.SIGINT, ears)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin(tools: Tools, stop: Event) -> None:
    """Prepare this process, which is a worker: load the artist, compile what is to be compiled."""
    global _worker
    from ai_artist.artist import Artist

    artist = Artist.load(tools.perceptor, threads=1, device=tools.device, precision=tools.precision)
    artist.warm_up()
    _worker = _Worker(artist, stop)


def _draw(task: Task, budget: Budget, pace: Pace) -> str | None:
    """Make one drawing in this process; return why it failed, or None."""
    assert _worker is not None, "the process pool calls _begin first"
    try:
        write_record(draw_one(_worker.artist, task, budget, pace, _worker.stop.is_set), task.path)
    except DrawingStopped:
        return "interrupted"
    except Exception as error:  # one word that fails must not end the others
        return str(error) if isinstance(error, ArtistError) else f"{type(error).__name__}: {error}"
    return None


def draw_one(artist: "Artist", task: Task, budget: Budget, pace: Pace, stopped: Callable[[], bool] = lambda: False) -> Record:
    """Draw a task's word, live as in the game or patiently as it is drawn ahead; measured from the prompt to the end.

    Raises an ArtistError where there is nothing to draw, DrawingStopped if `stopped`, which is asked at each iteration, says so.
    """
    began = time.monotonic()
    from ai_artist.artist import Artist
    from ai_artist.pace import LIVE, PATIENT
    from ai_artist.process import Progress, Settled

    settled, iterations = [], 0
    one = Artist(artist.perceptor, task.method, second=artist.second)
    for event in one.draw(task.word, budget, task.seed, LIVE if pace == "live" else PATIENT, Manner(order=task.order)):
        if stopped():
            raise DrawingStopped
        if isinstance(event, Settled):
            settled.append(event)
        elif isinstance(event, Progress):
            iterations = event.iteration
    seconds = time.monotonic() - began
    if not settled:
        raise ArtistError(f"The drawing of {task.word} has no strokes.")
    strokes, times = tuple(each.stroke for each in settled), tuple(round(each.seconds, 3) for each in settled)
    # The last stroke is settled at the end, and the similarity of the whole picture is measured then.
    drawing = Drawing(task.word, task.method.name, task.seed, artist.perceptor.name, settled[-1].similarity, strokes, times)
    return Record(drawing, round(seconds, 3), iterations)
