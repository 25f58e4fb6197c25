"""One room: an asyncio task that owns a game, takes commands one after another and carries out what follows."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

import structlog

from game.bus.base import Bus, Sink
from game.protocol.close_codes import BANNED, KICKED, NO_ROOM, NOT_LET_IN
from game.protocol.codec import encode_ink, encode_server
from game.protocol.ink import InkFrame
from game.protocol.server_messages import ErrorMessage, ServerMessage
from game.rooms.artist_seat import ArtistSeat
from game.rooms.event_log import EventLog
from game.rooms.guesser_seat import GuesserSeat
from game.rooms.timers import Timers
from game.rules.commands import Command, Join
from game.rules.effects import (
    CancelDrawing,
    CancelTimer,
    CloseRoom,
    Dismiss,
    Event,
    GameBegan,
    GameRecord,
    HoldDrawing,
    Kept,
    Outcome,
    PrepareDrawing,
    ReportRecord,
    SeatGuesser,
    SetTimer,
    StartDrawing,
    TurnRecord,
    UnseatGuesser,
)
from game.rules.game import Game
from game.studio.base import Studio

log = structlog.get_logger()
Keep = Callable[[Kept], object]
"""Takes what the store shall keep; never blocks."""

_close_codes: Final = {"refused": NOT_LET_IN, "kicked": KICKED, "banned": BANNED}


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody at the door: the join, where their events go, and the last event that they have seen."""

    join: Join
    sink: Sink
    epoch: str
    seen: int


class Room:
    """Owns one Game. Everything that happens to it comes through `post` and `admit`; nothing else touches its state."""

    def __init__(self, code: str, game: Game, bus: Bus, studio: Studio, keep: Keep) -> None:
        self.code = code
        self.game = game
        self._bus = bus
        self._keep = keep
        self._queue: asyncio.Queue[Command | Admission] = asyncio.Queue()
        self._timers = Timers(self.post)
        self._studio = studio
        self._artist = ArtistSeat(studio, self.post)
        self._guessers: dict[str, GuesserSeat] = {}
        self._epoch = secrets.token_hex(8)
        self._log = EventLog()
        self._open = True

    def post(self, command: Command) -> None:
        """Queue a command; it is applied after those posted before it."""
        self._queue.put_nowait(command)

    def admit(self, admission: Admission) -> None:
        """Queue a player's coming in; from then on the events go to their sink, and what was missed first of all."""
        self._queue.put_nowait(admission)

    async def run(self) -> None:
        """Apply commands until the game closes the room. A bug in the rules is logged and costs that command alone."""
        clock = asyncio.get_running_loop().time
        try:
            while self._open:
                queued = await self._queue.get()
                command = self._let_in(queued) if isinstance(queued, Admission) else queued
                try:
                    outcomes = self.game.handle(command, clock())
                except Exception:
                    log.exception("command failed", room=self.code, command=type(command).__name__)
                    continue
                for outcome in outcomes:
                    self._carry_out(outcome)
        finally:
            self._timers.cancel_all()
            self._artist.close()
            for guesser in list(self._guessers):
                self._unseat(guesser)
            while not self._queue.empty():  # those who stand at the door of a room that has just closed
                if isinstance(queued := self._queue.get_nowait(), Admission):
                    queued.sink.finish(NO_ROOM)

    def _let_in(self, admission: Admission) -> Join:
        join, sink = admission.join, admission.sink
        seated = join.player_id in self.game.seats.players
        missed = self._log.since(admission.seen, join.player_id) if seated and admission.epoch == self._epoch else None
        self._bus.subscribe(self.code, join.player_id, sink)
        for payload in missed or ():
            sink.put(payload)
        return replace(join, epoch=self._epoch, resumes=missed is not None)

    def _carry_out(self, outcome: Outcome) -> None:
        match outcome:
            case Event(message, audience):
                self._publish(message, audience)
            case SetTimer():
                self._timers.set(outcome)
            case CancelTimer():
                self._timers.cancel(outcome)
            case PrepareDrawing(commission):
                self._artist.prepare(commission)
            case StartDrawing():
                self._artist.draw(outcome)
            case HoldDrawing(held):
                self._artist.hold(held=held)
            case CancelDrawing():
                self._artist.cancel()
            case SeatGuesser(player_id):
                self._seat(player_id)
            case UnseatGuesser(player_id):
                self._unseat(player_id)
            case Dismiss(player_id, reason):
                self._bus.dismiss(self.code, player_id, _close_codes[reason])
            case GameBegan() | TurnRecord() | GameRecord() | ReportRecord():
                self._keep(outcome)
            case CloseRoom():
                self._open = False

    def _seat(self, player_id: str) -> None:
        """Give an AI guesser the place of a person's socket."""
        seat = self._guessers[player_id] = GuesserSeat(player_id, self._studio, self.post, lambda: self.game.words, Random(secrets.randbits(64)))
        self._bus.subscribe(self.code, player_id, seat)

    def _unseat(self, player_id: str) -> None:
        seat = self._guessers.pop(player_id, None)
        if seat is None:
            return
        self._bus.unsubscribe(self.code, player_id, seat)
        seat.close()

    def _publish(self, message: ServerMessage | InkFrame, audience: frozenset[str] | None) -> None:
        if isinstance(message, ErrorMessage):  # an answer to one, no event of the room
            self._bus.publish(self.code, audience, encode_server(message))
            return
        version = self._log.version + 1
        payload = encode_ink(message.data, version) if isinstance(message, InkFrame) else encode_server(message, version)
        self._log.add(audience, payload)
        self._bus.publish(self.code, audience, payload)
