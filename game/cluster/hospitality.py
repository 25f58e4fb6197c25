"""A node as an owner: its rooms' players whose sockets are at other nodes."""

import asyncio
from collections.abc import Callable

from game.cluster.guests import Guest, Send
from game.cluster.leased_room import LeasedRoom
from game.cluster.wire import Behind, Departed, Drew, Enter, Entered, InkGone, Said, Unknown, encode
from game.protocol.client_messages import LeaveRoom
from game.protocol.codec import decode_client
from game.protocol.ink import decode_frame
from game.rooms.door import Admission
from game.rules.commands import Act, Disconnect, Ink, InkLost, Join


class Hospitality:
    """Does for guests what connections do for players who are here."""

    def __init__(self, send: Send, find: Callable[[str], LeasedRoom | None]) -> None:
        self._send, self._find = send, find
        self._guests: dict[tuple[str, int], Guest] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._guests)

    def take(self, sender: str, message: Enter | Said | Drew | InkGone | Behind | Departed) -> None:
        """Take what an edge says for one of its players."""
        if isinstance(message, Enter):
            self._enter(sender, message)
            return
        guest = self._guests.get((sender, message.seat))
        if guest is None or self._find(guest.room.code) is not guest.room:
            if not isinstance(message, Departed):
                self._send(sender, encode(Unknown(message.seat)))
            return
        room, player_id = guest.room, guest.player_id
        match message:
            case Drew(_, data):
                room.post(Ink(player_id, decode_frame(data)))
            case Said(_, said):
                room.post(Act(player_id, decode_client(said)))
            case InkGone():
                room.post(InkLost(player_id))
            case Behind(_, seen):
                room.catch_up(player_id, guest, seen)
            case Departed(_, has_left):
                del self._guests[sender, message.seat]
                room.depart(guest, Act(player_id, LeaveRoom()) if has_left else Disconnect(player_id))

    def _enter(self, sender: str, enter: Enter) -> None:
        room = self._find(enter.code)
        if room is None:
            self._send(sender, encode(Unknown(enter.seat)))
            return
        guest = self._guests.get((sender, enter.seat))
        if guest is None or guest.room is not room:
            guest = Guest(sender, enter.seat, enter.player_id, room, room.fence, self._send, self._finished)
            self._guests[sender, enter.seat] = guest
        join = Join(enter.player_id, enter.nickname, enter.avatar, enter.role, enter.password, enter.address)
        self._send(sender, encode(Entered(enter.seat, enter.attempt, room.epoch, room.fence)))
        room.admit(Admission(join, guest, enter.epoch, enter.seen))

    def _finished(self, guest: Guest) -> None:
        """The room has closed a guest's connection; the edge says no more of it."""
        if self._guests.pop((guest.node, guest.seat), None) is not None:
            asyncio.get_running_loop().call_soon(guest.room.depart, guest, Disconnect(guest.player_id))

    def missed(self, sender: str) -> None:
        """Something of what an edge sent was lost: have its players enter again."""
        for node, seat in list(self._guests):
            if node == sender:
                self._send(sender, encode(Unknown(seat)))

    def lost(self, node: str) -> None:
        """A node is no more, and with it the connections of its players."""
        for key in [key for key in self._guests if key[0] == node]:
            guest = self._guests.pop(key)
            guest.room.depart(guest, Disconnect(guest.player_id))

    def forget(self, room: LeasedRoom) -> None:
        """A room is no longer here; its guests follow it by themselves."""
        self._guests = {key: guest for key, guest in self._guests.items() if guest.room is not room}
