"""A room that stands on another node, as the connections of this one know it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec

from game.bus.base import Payload, Sink
from game.cluster.wire import Behind, Departed, Drew, Enter, Entered, Event, Finished, InkGone, NodeMessage, Said
from game.protocol.client_messages import LeaveRoom
from game.rooms.door import Admission, Door
from game.rules.commands import Act, Command, Disconnect, Ink, InkLost, Join

_rest: Final = 0.5
"""Seconds without ink: what was drawn before has arrived everywhere."""
_everything: Final = -1
"""No event has this number, nor comes before it: whoever saw none but this is told all anew."""


@dataclass(slots=True)
class Visit:
    """One connection to the room. `epoch` and `seen`: of the last event that it was sent."""

    seat: int
    join: Join
    sink: Sink
    epoch: str
    seen: int
    attempt: int = 0
    """How often it was told to the owner;"""
    is_in: bool = False
    """and whether the last of these was heard, so that what comes follows what was seen."""
    drew_at: float = -1.0
    """When it last drew (the loop's time)."""
    is_elsewhere: bool = False
    """Whether events are numbered anew since its line last took all: what a slow line has missed cannot be told by numbers then."""


class RemoteRoom:
    """A Door. When the room moves, it follows: the visitors enter again there, and are sent what they missed."""

    def __init__(
        self, code: str, owner: str, new_seat: Callable[[], int], send: Callable[[str, NodeMessage], None], on_empty: Callable[["RemoteRoom"], object]
    ) -> None:
        """`send` sends to a node; `on_empty`: nobody is left here."""
        self.code = code
        self.owner = owner
        """The node on which the room stands, as far as is known."""
        self.fence = 0
        """The highest that was heard of."""
        self.here: Door | None = None
        """The room itself, once it has come to this node."""
        self.visits: dict[int, Visit] = {}
        self._seats: dict[str, int] = {}
        self._new_seat, self._send_to, self._on_empty = new_seat, send, on_empty

    def _send(self, message: NodeMessage) -> None:
        self._send_to(self.owner, message)

    # --- what connections do

    def admit(self, admission: Admission) -> None:
        """See Door."""
        if self.here is not None:
            self.here.admit(admission)
            return
        visit = Visit(self._new_seat(), admission.join, admission.sink, admission.epoch, admission.seen)
        self.visits[visit.seat] = visit
        self._seats[admission.join.player_id] = visit.seat
        self._enter(visit)

    def post(self, command: Command) -> None:
        """See Door. Connections post nothing but what players say and draw."""
        if self.here is not None:
            if isinstance(command, Ink) and (visit := self.visits.get(self._seats.get(command.player_id, 0))) is not None:
                visit.drew_at = asyncio.get_running_loop().time()
            self.here.post(command)
            return
        seat = self._seats.get(getattr(command, "player_id", ""))
        if seat is None:
            return
        match command:
            case Ink(_, frame):
                self.visits[seat].drew_at = asyncio.get_running_loop().time()
                self._send(Drew(seat, frame.data))
            case Act(_, message):
                self._send(Said(seat, msgspec.json.encode(message)))
            case InkLost():
                self._send(InkGone(seat))

    def catch_up(self, player_id: str, sink: Sink, seen: int) -> None:
        """See Door."""
        visit = self.visits.get(self._seats.get(player_id, 0))
        if visit is not None and visit.is_elsewhere:
            visit.is_elsewhere, seen = False, _everything
        if self.here is not None:
            self.here.catch_up(player_id, sink, seen)
        elif visit is not None:
            self._send(Behind(visit.seat, seen))

    def depart(self, sink: Sink, last: Act | Disconnect) -> None:
        """See Door."""
        if self.here is not None:
            self.here.depart(sink, last)
        for seat in [visit.seat for visit in self.visits.values() if visit.sink is sink]:
            self._forget(seat)
            if self.here is None:
                self._send(Departed(seat, isinstance(last, Act) and isinstance(last.message, LeaveRoom)))
        if not self.visits:
            self._on_empty(self)

    def _forget(self, seat: int) -> None:
        visit = self.visits.pop(seat)
        if self._seats.get(visit.join.player_id) == seat:
            del self._seats[visit.join.player_id]

    def _enter(self, visit: Visit) -> None:
        join = visit.join
        who = (join.player_id, join.nickname, join.avatar, join.role, join.password, join.address)
        visit.attempt, visit.is_in = visit.attempt + 1, False
        self._send(Enter(visit.seat, visit.attempt, self.code, *who, visit.epoch, visit.seen))

    # --- what the owner says

    def stands_at(self, node: str) -> bool:
        """Whether this node owns the room, as far as is known."""
        return self.here is None and self.owner == node

    def entered(self, entered: Entered) -> None:
        """The owner knows the seat."""
        visit = self.visits.get(entered.seat)
        if visit is not None and entered.fence >= self.fence and entered.attempt == visit.attempt:
            visit.is_elsewhere |= bool(visit.epoch) and visit.epoch != entered.epoch
            visit.is_in, visit.epoch, self.fence = True, entered.epoch, entered.fence
            if visit.attempt > 1:
                self._put_right_soon(visit)

    def hear(self, seat: int, event: Event, payload: Payload) -> None:
        """Hand an event on, unless an earlier owner has sent it."""
        visit = self.visits.get(seat)
        if visit is None or not visit.is_in or event.fence < self.fence:
            return
        if payload.version:
            visit.seen = payload.version
        visit.sink.put(payload)

    def finish(self, finished: Finished) -> None:
        """Close a connection; the room has done with it, and hears nothing more of it."""
        if finished.fence >= self.fence and (visit := self.visits.get(finished.seat)) is not None:
            self._forget(finished.seat)
            visit.sink.finish(finished.code)

    def enter_again(self) -> None:
        """The room has another owner, or something was lost on the way: ask for what was missed."""
        if self.here is None:
            for visit in list(self.visits.values()):
                self._enter(visit)

    def come_here(self, room: Door) -> None:
        """The room stands on this node from now on."""
        self.here = room
        for visit in list(self.visits.values()):
            visit.is_elsewhere = True
            room.admit(Admission(visit.join, visit.sink, "", 0))
            self._put_right_soon(visit)

    def _put_right_soon(self, visit: Visit, told_after: float | None = None) -> None:
        """What a page drew while it was told anew how the canvas is, it shows no more: tell it once again when its hand rests.

        `told_after`: it was told just now, when it had last drawn then; if it draws at once, that may have crossed on the way.
        """
        asyncio.get_running_loop().call_later(_rest, self._put_right, visit, told_after)

    def _put_right(self, visit: Visit, told_after: float | None) -> None:
        if self.visits.get(visit.seat) is not visit or visit.drew_at == told_after:
            return
        if asyncio.get_running_loop().time() - visit.drew_at < _rest:
            self._put_right_soon(visit)
        else:
            self.post(InkLost(visit.join.player_id))
            self._put_right_soon(visit, visit.drew_at)

    def give_up(self, code: int) -> None:
        """There is no such room any more, or none that can be reached from here."""
        for visit in list(self.visits.values()):
            visit.sink.finish(code)
