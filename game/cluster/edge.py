"""A node as an edge: its players' connections to rooms that stand on other nodes."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

import structlog

from game.bus.base import Payload
from game.cluster.remote_room import RemoteRoom
from game.cluster.wire import Departed, Enter, Entered, Event, Finished, Moved, NodeMessage, Unknown
from game.protocol.close_codes import NO_ROOM, RESTARTING
from game.rooms.door import Door

log = structlog.get_logger()
_again: Final = 0.5
"""Seconds between two looks for where a room has gone."""

Locate = Callable[[str], Awaitable[str | None]]
"""Finds the node that owns a room, None if there is no such room. Raises whatever the database does."""


class Edge:
    """Knows each room elsewhere that somebody here plays in, and follows it when it moves."""

    def __init__(self, node: str, send: Callable[[str, NodeMessage], None], locate: Locate, find: Callable[[str], Door | None]) -> None:
        """`node`: this one; `find`: a room that stands on it."""
        self._node, self._send, self._locate, self._find = node, send, locate, find
        self._rooms: dict[str, RemoteRoom] = {}
        self._by_seat: dict[int, RemoteRoom] = {}
        self._numbers = itertools.count(1)
        self._looking: dict[str, asyncio.Task[None]] = {}

    def room(self, code: str, owner: str) -> RemoteRoom:
        """The way to a room that stands on another node."""
        room = self._rooms.get(code)
        if room is None:
            room = self._rooms[code] = RemoteRoom(code, owner, lambda: self._new_seat(code), self._tell_owner, self._left)
        return room

    def known(self, code: str) -> RemoteRoom | None:
        """The way to this room, if somebody here plays in it."""
        return self._rooms.get(code)

    def _tell_owner(self, owner: str, message: NodeMessage) -> None:
        """A room of this node's own that is not here is on its way: who asked to enter would come in twice, as a guest and when it is here."""
        if owner != self._node:
            self._send(owner, message)
        elif isinstance(message, Enter):
            self._follow(self._rooms[message.code])

    def _new_seat(self, code: str) -> int:
        seat = next(self._numbers)
        self._by_seat[seat] = self._rooms[code]
        return seat

    def _left(self, room: RemoteRoom) -> None:
        if self._rooms.get(room.code) is room:
            del self._rooms[room.code]
            self._by_seat = {seat: other for seat, other in self._by_seat.items() if other is not room}

    def take(self, sender: str, message: Entered | Event | Finished | Unknown | Moved) -> None:
        """Take what the owner of a room says, and leave what an earlier one still says of it."""
        match message:
            case Event():
                content = message.content.decode() if message.is_text else message.content
                payload = Payload.of(content, message.version, message.first)
                for seat in message.seats:
                    if (room := self._by_seat.get(seat)) is not None and room.stands_at(sender):
                        room.hear(seat, message, payload)
            case Entered(seat):
                if (room := self._by_seat.get(seat)) is None:
                    self._send(sender, Departed(seat, False))  # it was left while it was entered
                elif room.stands_at(sender):
                    room.entered(message)
            case Finished(seat):
                if (room := self._by_seat.get(seat)) is not None and room.stands_at(sender):
                    room.finish(message)
            case Unknown(seat):
                room = self._by_seat.get(seat)
                if room is None or seat not in room.visits:
                    self._send(sender, Departed(seat, False))
                else:
                    self._follow(room)
            case Moved(code, fence):
                if (room := self._rooms.get(code)) is not None and fence > room.fence:
                    room.owner, room.fence = sender, fence
                    room.enter_again()

    def enter_again(self) -> None:
        """Whatever the owners know of who plays here, tell them anew."""
        for room in self._rooms.values():
            room.enter_again()

    def missed(self, sender: str) -> None:
        """Something of what this node sent was lost."""
        for room in self._rooms.values():
            if room.owner == sender:
                room.enter_again()

    def lost(self, living: Iterable[str]) -> None:
        """Only these nodes live: look for where the rooms of the others have gone."""
        alive = set(living)
        for room in list(self._rooms.values()):
            if room.owner not in alive and room.here is None:
                self._follow(room)

    def send_pages_on(self) -> None:
        """Have the pages at this node come back at another."""
        for room in list(self._rooms.values()):
            room.give_up(RESTARTING)

    def come_here(self, room: Door) -> None:
        """A room has come to this node."""
        remote = self._rooms.get(room.code)
        if remote is not None:
            remote.come_here(room)

    def _follow(self, room: RemoteRoom) -> None:
        if room.code not in self._looking:
            task = self._looking[room.code] = asyncio.create_task(self._look_for(room))
            task.add_done_callback(lambda _: self._looking.pop(room.code, None))

    async def _look_for(self, room: RemoteRoom) -> None:
        while room.visits and room.here is None:
            try:
                owner = await self._locate(room.code)
            except Exception as error:  # the database is away, Redis too: one of them will be back
                log.info("a room's node cannot be found just now", room=room.code, reason=type(error).__name__)
                await asyncio.sleep(_again)
                continue
            if owner is None:
                room.give_up(NO_ROOM)
            elif (here := self._find(room.code)) is not None:
                room.come_here(here)
            elif owner == self._node:
                await asyncio.sleep(_again)
                continue
            else:
                room.owner = owner
                room.enter_again()
            return
