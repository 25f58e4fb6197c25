"""The AI artist's seat in a room: turns what the studio draws into the same ink that a person's browser sends."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import zip_longest
from typing import Final

import structlog
from prometheus_client import Histogram

from game.protocol.ink import decode_frame, encode_curve, encode_frame
from game.rooms.drawing_ahead import DrawingAhead
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistStarted, ArtistThought, Command, Ink
from game.rules.effects import Commission, StartDrawing
from game.rules.players import ARTIST_ID
from game.studio.base import DrawingEvolved, DrawingFinished, DrawingJob, DrawingStarted, Mark, StrokeDrawn, Studio, StudioError, StudioEvent
from game.studio.placing import SIDE, on_canvas

log = structlog.get_logger()
_growth_ms: Final = 900
"""How long a stroke takes to appear on the players' screens."""
_move_ms: Final = 350
"""How long the strokes of an evolving drawing take from one look to the next."""
_shortest_gap: Final = 1 / 40
"""Between two strokes, as a part of the drawing's seconds: those that waited for a pause to end do not come all at once."""
_most_hesitation: Final = 2.0
"""Seconds that it waits at random before a stroke, where a steady pace would give it away."""
_most_in_a_frame: Final = 32

FIRST_STROKE: Final = Histogram(
    "guesstroke_first_stroke_seconds",
    "From the beginning of a turn of the artist's until its first stroke is on the canvas.",
    ("drawn",),
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0),
    registry=None,
)
"""Of all rooms. `drawn`: ahead of the turn, or live."""
for _drawn in ("ahead", "live"):
    FIRST_STROKE.labels(_drawn)


class ArtistSeat:
    """Draws one turn at a time, and the next one ahead; `post` takes the commands that follow."""

    def __init__(self, studio: Studio, post: Callable[[Command], None], room: str = "") -> None:
        """`room`: its code, which what is logged about a drawing then tells, whoever logs it."""
        self._room = room
        self._studio = studio
        self._post = post
        self._task: asyncio.Task[None] | None = None
        self._ahead: DrawingAhead | None = None
        self._goes_on = asyncio.Event()
        self._goes_on.set()

    def prepare(self, commission: Commission | None) -> None:
        """Draw ahead what will be wanted, if anything will; an earlier preparation is given up."""
        self._forget()
        if commission is not None:
            self._ahead = DrawingAhead(self._studio, commission, self._room)

    def draw(self, wanted: StartDrawing) -> None:
        """Begin a drawing, or show what was drawn ahead; an earlier one is cancelled."""
        self._stop()
        self._goes_on.set()
        ahead = self._ahead if self._ahead and self._ahead.commission == wanted.commission and not self._ahead.failed else None
        if ahead is None:
            self._forget()
            events = self._studio.draw(DrawingJob(wanted.commission))
        else:
            self._ahead = None
            events = ahead.shown()
        self._task = asyncio.create_task(self._draw(wanted, events, "live" if ahead is None else "ahead"))

    def hold(self, *, held: bool) -> None:
        """Let the strokes wait, or come again."""
        if held:
            self._goes_on.clear()
        else:
            self._goes_on.set()

    def cancel(self) -> None:
        """Stop the drawing in hand, if there is one; what is drawn ahead is not."""
        self._stop()

    def close(self) -> None:
        """Stop all."""
        self._stop()
        self._forget()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _forget(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None

    async def _draw(self, wanted: StartDrawing, drawing: AsyncGenerator[StudioEvent, None], drawn_how: str) -> None:
        structlog.contextvars.bind_contextvars(room=self._room)  # of this task
        turn, gap, evolving = wanted.turn, _shortest_gap * wanted.commission.seconds, wanted.commission.manner.show == "evolving"
        marks, last = wanted.marks, 0.0
        seen: list[tuple[Mark, ...]] = []
        now = asyncio.get_running_loop().time
        # One that goes on has had its first stroke; one that hesitates, or is paused before it, is not slow.
        began: float | None = None if wanted.marks or wanted.hesitates else now()
        try:
            async with aclosing(drawing) as events:
                async for event in events:
                    if not self._goes_on.is_set():
                        began = None
                        await self._goes_on.wait()
                    match event:
                        case DrawingStarted(sureness):
                            self._post(ArtistStarted(turn, sureness))
                        case StrokeDrawn(drawn, similarity):
                            if not evolving:
                                pause = max(0.0, last + gap - now())
                                await asyncio.sleep(pause + (random.uniform(0.0, _most_hesitation) if wanted.hesitates else 0.0))
                                self._ink(wanted, drawn, marks, _growth_ms)
                                marks, last = marks + len(drawn), now()
                            if similarity is not None:
                                self._post(ArtistThought(turn, similarity))
                        case DrawingEvolved(strokes):
                            seen = [now_there or _vanished(before) for now_there, before in zip_longest(strokes, seen, fillvalue=())]
                            self._ink(wanted, [mark for stroke in seen for mark in stroke], 0, _move_ms)
                        case DrawingFinished():
                            self._post(ArtistFinished(turn))
                    if began is not None and isinstance(event, StrokeDrawn | DrawingEvolved):
                        FIRST_STROKE.labels(drawn_how).observe(now() - began)
                        began = None
        except StudioError as error:
            log.warning("the artist gave up", turn=turn, reason=str(error))
            self._post(ArtistFailed(turn))
        except Exception:
            log.exception("the artist's seat failed", turn=turn)
            self._post(ArtistFailed(turn))

    def _ink(self, wanted: StartDrawing, marks: Sequence[Mark], before: int, milliseconds: int) -> None:
        curves = [_curve(before + number, mark, milliseconds) for number, mark in enumerate(marks, 1)]
        for part in _parts(curves):
            self._post(Ink(ARTIST_ID, decode_frame(encode_frame(wanted.turn, b"".join(part), wanted.canvas))))


def _vanished(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """What was taken away keeps its number, so that the others keep theirs."""
    return tuple(replace(mark, rgba=(*mark.rgba[:3], 0.0)) for mark in marks)


def _parts(curves: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    """As many curves as a frame holds, and again."""
    return (curves[start : start + _most_in_a_frame] for start in range(0, len(curves), _most_in_a_frame))


def _curve(number: int, mark: Mark, milliseconds: int) -> bytes:
    """Place a mark of the artist's square picture in the middle of the canvas."""
    red, green, blue, alpha = (round(255 * max(0.0, min(1.0, part))) for part in mark.rgba)
    return encode_curve(number, (red, green, blue, alpha), mark.width * SIDE, milliseconds, [on_canvas(point) for point in mark.points])
