"""One player's connection to one room: what comes in is decoded, checked against the rates and posted; whatever line carries it."""

import time
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from game.bus.base import Payload
from game.gateway import rate_limits
from game.gateway.ink_pace import InkPace
from game.gateway.outgoing import Line, Outgoing
from game.gateway.rate_limits import DRAW, ConnectionBudgets
from game.gateway.traffic import TIMED, Traffic
from game.gateway.word_parts import WordParts
from game.protocol import close_codes
from game.protocol.client_messages import AnyClientMessage, Hello, LeaveRoom, SetWords
from game.protocol.codec import MessageError, decode_client, encode_server
from game.protocol.ink import InkError, InkFrame, decode_frame, merge_points
from game.protocol.server_messages import ErrorCode, ErrorMessage
from game.rooms.door import Admission, Door
from game.rules.commands import Act, Command, Disconnect, Ink, InkLost, Join

log = structlog.get_logger()
_too_fast: Final = "That was too fast; it was not taken. Slow down a little."


class Connection:
    """Stands between a line and a room. The line calls `take_text`, `take_ink` and, at last, `gone`."""

    def __init__(
        self,
        room: Door,
        pace: InkPace,
        player_id: str,
        budgets: ConnectionBudgets,
        line: Line,
        on_gone: Callable[["Connection"], object],
        traffic: Traffic | None = None,
    ) -> None:
        self._traffic = traffic or Traffic()
        self.outgoing = Outgoing(line, self._catch_up, self._traffic)
        self._room, self._pace, self._player_id, self._on_gone = room, pace, player_id, on_gone
        self._budgets, self._ink, self._strikes = budgets, DRAW.allowance(), rate_limits.for_strikes()
        self._words = WordParts()
        self._ink_in_hand: InkFrame | None = None
        self._ink_came = 0.0
        self._is_gone = False

    @property
    def key(self) -> tuple[str, str]:
        """The room's code and the player."""
        return self._room.code, self._player_id

    def enter(self, hello: Hello, address: str) -> None:
        """Take the seat."""
        join = Join(self._player_id, hello.nickname, hello.avatar, hello.role, hello.password, address)
        self._room.admit(Admission(join, self.outgoing, hello.epoch, hello.seen))

    def replaced(self) -> None:
        """The same player came in on another connection: what they drew on this one comes before what they are told there."""
        self.release()
        self.outgoing.finish(close_codes.ELSEWHERE)

    def gone(self) -> None:
        """The line is no more: give the seat up, unless that was done."""
        self._depart(Disconnect(self._player_id))

    def take_text(self, text: str | bytes) -> None:
        """Take a control message, a line of chat or a guess."""
        if self.outgoing.is_finished:
            return
        now = time.monotonic()
        try:
            message = self._whole(decode_client(text), now)
        except MessageError as error:
            self._wrong(error.code, str(error), now, is_junk=error.is_junk)
            return
        if isinstance(message, LeaveRoom):
            self._depart(Act(self._player_id, message))
            self.outgoing.finish(close_codes.LEFT)
        elif message is not None:
            self._post(Act(self._player_id, message))

    def _whole(self, message: AnyClientMessage, now: float) -> AnyClientMessage | None:
        """Take the message from its budget; None while more of it is to come. Raises MessageError."""
        self._traffic.messages[type(message)] += 1
        if not self._budgets.take(message.budget, now):
            if isinstance(message, SetWords):
                self._words.refuse(message)
            raise MessageError("too_fast", _too_fast)
        return self._words.take(message) if isinstance(message, SetWords) else message

    def take_ink(self, frames: Sequence[bytes]) -> None:
        """Take ink that came at once: strokes that go on in the next frame are shown to the others as one."""
        now = time.monotonic()
        self._traffic.ink += len(frames)
        has_waited = self._ink_in_hand is not None
        for data in frames:
            if (frame := self._decoded(data, now)) is not None:
                self._add(frame, now)
        waiting = self._ink_in_hand
        if waiting is not None and (has_waited or waiting.opens is None or not self._pace.lets_wait(self, now)):
            self.release()

    def _add(self, frame: InkFrame, now: float) -> None:
        merged = merge_points(self._ink_in_hand, frame) if self._ink_in_hand is not None else None
        if merged is None:
            self.release()
            self._ink_came = now
        self._ink_in_hand = merged or frame

    def hand_on(self, came: float) -> None:
        """See Waiter."""
        if came == self._ink_came:
            self.release()

    def release(self) -> None:
        """Hand on the ink that waits for more, if any does."""
        frame, self._ink_in_hand = self._ink_in_hand, None
        if frame is not None:
            self._room.post(Ink(self._player_id, frame))
            traffic = self._traffic
            traffic.ink_handed_on += 1
            if not traffic.ink_handed_on % TIMED:
                traffic.time_ink(self._ink_came)

    def _post(self, command: Command) -> None:
        self.release()
        self._room.post(command)

    def _decoded(self, data: bytes, now: float) -> InkFrame | None:
        if self.outgoing.is_finished:
            return None
        if not self._ink.take(now):
            self._budgets.refused("draw")
            self._wrong("too_fast", _too_fast, now)
        else:
            try:
                return decode_frame(data)
            except InkError as error:
                self._wrong(error.code, str(error), now, is_junk=error.code == "junk")
        self._post(InkLost(self._player_id))  # the drawer's page shows ink that the room will not get
        return None

    def _depart(self, last: Act | Disconnect) -> None:
        """Say the last thing, unless another connection of the player's has taken over."""
        if not self._is_gone:
            self._is_gone = True
            self.outgoing.stop()
            self.release()
            self._room.depart(self.outgoing, last)
            self._on_gone(self)

    def _catch_up(self, outgoing: Outgoing, seen: int) -> None:
        self._room.catch_up(self._player_id, outgoing, seen)

    def _wrong(self, code: ErrorCode, message: str, now: float, *, is_junk: bool = False) -> None:
        self.outgoing.put(Payload.of(encode_server(ErrorMessage(code, message))))
        if is_junk or not self._strikes.take(now):
            reason = close_codes.JUNK if is_junk else close_codes.TOO_FAST
            self._traffic.cut_off[reason] += 1
            log.info("a player was cut off", room=self._room.code, player=self._player_id, code=reason)
            self.outgoing.finish(reason)
            self.gone()
