"""A room: the one task that applies commands to its game, in order, and carries out what follows."""

import asyncio
from collections.abc import Callable

import structlog

from game.bus.base import Bus
from game.protocol.codec import encode_ink, encode_server
from game.protocol.ink import InkFrame
from game.protocol.server_messages import ErrorMessage
from game.rooms.artist_seat import ArtistSeat
from game.rooms.timers import Timers
from game.rules.commands import Command
from game.rules.effects import (
    CancelDrawing,
    CancelTimer,
    CloseRoom,
    Event,
    GameBegan,
    GameRecord,
    Outcome,
    SetTimer,
    StartDrawing,
    TurnRecord,
)
from game.rules.game import Game
from game.studio.base import Studio

log = structlog.get_logger()
Keep = Callable[[GameBegan | TurnRecord | GameRecord], None]
"""Takes what the store shall keep; never blocks."""


class Room:
    """Owns one Game. Everything that happens to it comes through `post`; nothing else touches its state."""

    def __init__(self, code: str, game: Game, bus: Bus, studio: Studio, keep: Keep) -> None:
        self.code = code
        self.game = game
        self._bus = bus
        self._keep = keep
        self._queue: asyncio.Queue[Command] = asyncio.Queue()
        self._timers = Timers(self.post)
        self._artist = ArtistSeat(studio, self.post)
        self._version = 0
        self._open = True

    def post(self, command: Command) -> None:
        """Queue a command; it is applied after those posted before it."""
        self._queue.put_nowait(command)

    async def run(self) -> None:
        """Apply commands until the game closes the room. A bug in the rules is logged and costs that command alone."""
        clock = asyncio.get_running_loop().time
        try:
            while self._open:
                command = await self._queue.get()
                try:
                    outcomes = self.game.handle(command, clock())
                except Exception:
                    log.exception("command failed", room=self.code, command=type(command).__name__)
                    continue
                for outcome in outcomes:
                    self._carry_out(outcome)
        finally:
            self._timers.cancel_all()
            self._artist.cancel()

    def _carry_out(self, outcome: Outcome) -> None:
        match outcome:
            case Event(message, audience):
                self._publish(message, audience)
            case SetTimer():
                self._timers.set(outcome)
            case CancelTimer():
                self._timers.cancel(outcome)
            case StartDrawing():
                self._artist.draw(outcome)
            case CancelDrawing():
                self._artist.cancel()
            case GameBegan() | TurnRecord() | GameRecord():
                self._keep(outcome)
            case CloseRoom():
                self._open = False

    def _publish(self, message: object, audience: frozenset[str] | None) -> None:
        if isinstance(message, ErrorMessage):  # an answer to one, no event of the room
            self._bus.publish(self.code, audience, encode_server(message))
            return
        self._version += 1
        if isinstance(message, InkFrame):
            self._bus.publish(self.code, audience, encode_ink(message.data, self._version))
        else:
            self._bus.publish(self.code, audience, encode_server(message, self._version))  # type: ignore[arg-type]
