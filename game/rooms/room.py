"""One room: owns a game, takes commands one after another and carries out what follows."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random, uniform
from typing import Final, get_args

import structlog

from game.bus.base import Bus, Payload, Sink
from game.protocol.close_codes import BANNED, ELSEWHERE, KICKED, NO_ROOM, NOT_LET_IN, RESTARTING, TOO_FAST
from game.protocol.codec import encode_ink, encode_server
from game.protocol.ink import InkFrame
from game.protocol.server_messages import Announcement, Chat, ErrorMessage, Notice, Reaction, Resumed, ServerMessage, Welcome
from game.protocol.turn_messages import ArtistStatus, CanvasReset, CloseGuess, DrawerIdle
from game.rooms.artist_seat import ArtistSeat
from game.rooms.door import Admission
from game.rooms.event_log import EventLog
from game.rooms.guesser_seat import GuesserSeat
from game.rooms.snapshots import RoomSnapshot
from game.rooms.timers import Timers
from game.rules.commands import Act, Command, Disconnect, Join, Refresh
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
from game.rules.passwords import is_right
from game.store.entries import Entry, encode
from game.studio.base import Studio

log = structlog.get_logger()
Keep = Callable[[Entry], object]
"""Takes what the store shall keep; never blocks."""

Save = Callable[[RoomSnapshot], bool]
"""Takes a room as it is now, if it can; never blocks."""

MayTry = Callable[[str, float], bool]
"""Whether one more wrong password may come from an address at this time (the loop's)."""

_save_within: Final = 1.5
"""Seconds of strokes and talk that a crash may cost at most."""
_slight: Final[frozenset[type]] = frozenset(
    {InkFrame, Chat, CloseGuess, Reaction, ErrorMessage, ArtistStatus, CanvasReset, DrawerIdle, Welcome, Resumed, Notice, Announcement}
)
"""Messages that need not be saved at once."""
_kept: Final[frozenset[type]] = frozenset(get_args(Kept))


def _is_weighty(outcome: Outcome) -> bool:
    if isinstance(outcome, Event):
        return type(outcome.message) not in _slight
    return type(outcome) in _kept


_close_codes: Final = {"refused": NOT_LET_IN, "kicked": KICKED, "banned": BANNED}


@dataclass(frozen=True, slots=True)
class Lag:
    """A player whose line was too slow for a while, and the last event that went out on it."""

    player_id: str
    sink: Sink
    seen: int


def _nothing() -> None:
    """Nobody has to be told."""


def _save_nowhere(snapshot: RoomSnapshot) -> bool:
    """For a room that ends with its process."""
    return True


def any_password(address: str, now: float) -> bool:
    """For a room of which nobody tries the password."""
    return True


class Room:
    """Owns one Game. Everything that happens to it comes through `post`, `admit` and `catch_up`; nothing else touches its state.

    What is posted is applied at once, before `post` returns, unless it comes about while another command is applied: then right after
    that one. So commands never overlap, and a stroke has been handed to everybody's connection in the very loop pass in which it came.
    """

    def __init__(
        self,
        code: str,
        game: Game,
        bus: Bus,
        studio: Studio,
        keep: Keep,
        save: Save = _save_nowhere,
        on_close: Callable[[], object] = _nothing,
        clock: float | None = None,
        may_try: MayTry = any_password,
    ) -> None:
        """`save`: takes the room as it is whenever that has changed. `clock`: of a room that is opened again: what it showed at last.

        `may_try` is asked before a wrong password is told to be wrong: none must be found by trying.
        """
        self.code = code
        self.game = game
        self._bus = bus
        self._keep = keep
        self._on_close = on_close
        self._waiting: deque[Command | Admission | Lag] = deque()
        self._at_work = False
        # The timers' clock. Asking for the loop each time is a call to the system, in Python before 3.12.
        time = asyncio.get_running_loop().time
        behind = 0.0 if clock is None else time() - clock
        self._now = time if clock is None else lambda: time() - behind
        self._timers = Timers(self.post, behind)
        self._may_try = may_try
        self._save_to = save
        self._saving: asyncio.TimerHandle | None = None
        self._save_phase = uniform(0.0, _save_within)
        self._studio = studio
        self._artist = ArtistSeat(studio, self.post, code)
        self._guessers: dict[str, GuesserSeat] = {}
        self._epoch = secrets.token_hex(8)
        self._log = EventLog()
        self._closes = self._closed = False
        self._farewell = NO_ROOM
        """What those are told who come to the door after the end."""

    def post(self, command: Command) -> None:
        """See Door."""
        self._take(command)

    def admit(self, admission: Admission) -> None:
        """See Door."""
        self._take(admission)

    def depart(self, sink: Sink, last: Act | Disconnect) -> None:
        """See Door."""
        if self._bus.unsubscribe(self.code, last.player_id, sink):
            self.post(last)

    def catch_up(self, player_id: str, sink: Sink, seen: int) -> None:
        """See Door."""
        self._take(Lag(player_id, sink, seen))

    def close(self) -> None:
        """End the room, whatever is going on in it."""
        if not self._closed:
            self._stop()
            self._on_close()

    def suspend(self) -> None:
        """The server stops: save the room, so that the next can open it again, and send everybody away until then."""
        if not self._closed:
            self._save()
            self._stop(RESTARTING)
            for player in self.game.seats.people:
                self._bus.dismiss(self.code, player.id, RESTARTING)

    def _stop(self, farewell: int = NO_ROOM) -> None:
        self._closed, self._farewell = True, farewell
        if self._saving is not None:
            self._saving.cancel()
        self._timers.cancel_all()
        self._artist.close()
        for guesser in list(self._guessers):
            self._unseat(guesser)

    def _take(self, coming: Command | Admission | Lag) -> None:
        self._waiting.append(coming)
        if self._at_work:
            return
        self._at_work = True
        try:
            while self._waiting:
                self._apply(self._waiting.popleft())
        finally:
            self._at_work = False

    def _apply(self, coming: Command | Admission | Lag) -> None:
        """A bug in the rules is logged and costs its command alone."""
        if self._closed:
            if isinstance(coming, Admission):  # at the door of a room that has just closed
                coming.sink.finish(self._farewell)
            return
        try:
            command = self._let_in(coming) if isinstance(coming, Admission) else self._refresh(coming) if isinstance(coming, Lag) else coming
            if command is not None:
                outcomes = self.game.handle(command, self._now())
                self._remember(outcomes)
                for outcome in outcomes:
                    self._carry_out(outcome)
        except Exception:
            log.exception("command failed", room=self.code, command=type(coming).__name__)
        if self._closes:
            self.close()

    def _remember(self, outcomes: Sequence[Outcome]) -> None:
        """Save the room before anybody hears of what has come about; strokes and talk, of which there is much, a little later."""
        for outcome in outcomes:  # most often one, ink
            if _is_weighty(outcome):
                self._save([encode(each) for each in outcomes if isinstance(each, Kept)])
                return
        if self._saving is None:
            self._save_soon()

    def _save_soon(self) -> None:
        """At times of the room's own: hundreds that began together, after a restart, say, would keep everybody waiting if saved together."""
        loop = asyncio.get_running_loop()
        self._saving = loop.call_later(_save_within - (loop.time() + self._save_phase) % _save_within, self._save)

    def _save(self, owed: Sequence[bytes] = ()) -> None:
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
        try:
            is_saved = self._save_to(RoomSnapshot(self.code, self._now(), self.game.freeze(), tuple(owed)))
        except Exception:
            log.exception("a room cannot be saved", room=self.code)  # a bug of ours, which must not end the game
            is_saved = False
        if not is_saved:
            self._save_soon()
        self._log.mark(self._now())

    def _let_in(self, admission: Admission) -> Join | None:
        join, sink = admission.join, admission.sink
        seated = join.player_id in self.game.seats.players
        if not seated and self._is_wrong(join.password) and not self._may_try(join.address, asyncio.get_running_loop().time()):
            sink.put(Payload.of(encode_server(ErrorMessage("too_fast", "Too many passwords were tried from your address. Wait a minute."))))
            sink.finish(TOO_FAST)
            return None
        missed = self._log.since(admission.seen, join.player_id) if seated and admission.epoch == self._epoch else None
        earlier = self._bus.subscribe(self.code, join.player_id, sink)
        if earlier is not None and earlier is not sink:
            earlier.finish(ELSEWHERE)
        for payload in missed or ():
            sink.put(payload)
        return replace(join, epoch=self._epoch, resumes=missed is not None)

    def _is_wrong(self, password: str) -> bool:
        """No password at all is no try."""
        return bool(password) and not is_right(password, self.game.settings.password, self.code)

    def _refresh(self, lag: Lag) -> Refresh | None:
        missed = self._log.since(lag.seen, lag.player_id)
        for payload in missed or ():
            lag.sink.put(payload)
        return Refresh(lag.player_id, self._epoch) if missed is None else None

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
                self._closes = True

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
            self._bus.publish(self.code, audience, Payload.of(encode_server(message)))
            return
        version = self._log.version + 1
        content = encode_ink(message.data, version) if isinstance(message, InkFrame) else encode_server(message, version)
        # A welcome is everything anew, so that nobody has to be told an old one.
        self._log.add(audience, None if isinstance(message, Welcome) else content)
        self._bus.publish(self.code, audience, Payload.of(content, version))
