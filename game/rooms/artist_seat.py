"""The AI artist's seat in a room: turns what the studio draws into the same ink that a person's browser sends."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Final

import structlog

from game.protocol.ink import decode_frame, encode_curve, encode_frame
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistRestarted, ArtistStarted, Command, Ink
from game.rules.effects import StartDrawing
from game.rules.players import ARTIST_ID
from game.studio.base import DrawingFinished, DrawingJob, DrawingRestarted, DrawingStarted, StrokeDrawn, Studio, StudioError

log = structlog.get_logger()
_side: Final = min(CANVAS_WIDTH, CANVAS_HEIGHT)
_left: Final = (CANVAS_WIDTH - _side) / 2
_top: Final = (CANVAS_HEIGHT - _side) / 2
_growth_ms: Final = 900
"""How long a curve takes to appear on the players' screens."""


class ArtistSeat:
    """Draws one turn at a time; `post` takes the commands that follow."""

    def __init__(self, studio: Studio, post: Callable[[Command], None]) -> None:
        self._studio = studio
        self._post = post
        self._task: asyncio.Task[None] | None = None

    def draw(self, wanted: StartDrawing) -> None:
        """Begin a drawing; an earlier one is cancelled."""
        self.cancel()
        self._task = asyncio.create_task(self._draw(wanted))

    def cancel(self) -> None:
        """Stop the drawing in hand, if there is one."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _draw(self, wanted: StartDrawing) -> None:
        turn = wanted.turn
        strokes = 0
        try:
            async with aclosing(self._studio.draw(DrawingJob(wanted.prompt, wanted.seconds, wanted.seed))) as events:
                async for event in events:
                    match event:
                        case DrawingStarted():
                            self._post(ArtistStarted(turn))
                        case StrokeDrawn():
                            strokes += 1
                            self._post(Ink(ARTIST_ID, decode_frame(encode_frame(turn, _curve(strokes, event)))))
                        case DrawingRestarted():
                            self._post(ArtistRestarted(turn))
                        case DrawingFinished():
                            self._post(ArtistFinished(turn))
        except StudioError as error:
            log.warning("the artist gave up", turn=turn, reason=str(error))
            self._post(ArtistFailed(turn))
        except Exception:
            log.exception("the artist's seat failed", turn=turn)
            self._post(ArtistFailed(turn))


def _curve(stroke: int, drawn: StrokeDrawn) -> bytes:
    """Place a stroke of the artist's square picture in the middle of the canvas."""
    red, green, blue, alpha = (round(255 * max(0.0, min(1.0, part))) for part in drawn.rgba)
    points = [(_left + x * _side, _top + y * _side) for x, y in drawn.points]
    return encode_curve(stroke, (red, green, blue, alpha), drawn.width * _side, _growth_ms, points)
