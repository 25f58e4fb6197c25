"""The load itself: rooms draw by a timetable that waits for nobody, one person in each reads at once, the others now and then.

Nothing here runs by callback of an event loop: an epoll says which of the prompt ones have something to read. The others are in a second
one that nobody waits for, so that what comes for them wakes nobody up; what they read is kept, and understood after the measurement.
"""

import gc
import heapq
import select
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from random import Random
from typing import Final

from tests.load.client import Client, Phase
from tests.load.game_rooms import GameRoom
from tests.load.marks import MESSAGES_A_SECOND
from tests.load.rooms import Room

_clock: Final = time.perf_counter
_lazy_seconds: Final = 0.1
"""How often one who is not prompt reads."""
_batch: Final = 16
"""Lazy ones read so many at once: all in one go would keep the prompt ones waiting."""
_guess_every: Final = 10.0
_away_every: Final = 30.0
"""In each room somebody's connection fails about so often."""
_away_seconds: Final = 0.5
_period: Final = 1 / MESSAGES_A_SECOND


class Playing:
    """Plays rooms once: `run`. Then `latencies` and `lateness` have the seconds of each message of the window."""

    def __init__(self, rooms: Sequence[Room], random: Random, idle: Sequence[Client] = ()) -> None:
        """`idle`: people of other rooms, who only answer pings; the server would close them otherwise."""
        self._random = random
        # One in each slice of the period, anywhere in it: people do not keep step.
        shares = sorted((index + random.random()) / len(rooms) for index in range(len(rooms)))
        self._timetable = [(share * _period, room) for share, room in zip(shares, random.sample(list(rooms), len(rooms)), strict=True)]
        self._phase = {room: phase for phase, room in self._timetable}
        self._prompt, self._lazy = select.epoll(), select.epoll()
        self._readers: dict[int, tuple[Client, Room | None]] = {}
        self._chores: list[tuple[float, int, Callable[[], object]]] = []
        self._order = count()
        self.latencies: list[float] = []
        self.lateness: list[float] = []
        self.idle_seconds = 0.0
        """How long there was nothing to do."""
        self.looks = 0
        """How often it looked in that time whether something had come."""
        self.lost: list[str] = []
        """Why connections ended that nobody meant to end."""
        for room in rooms:
            for member in room.members:
                self._readers[member.socket.fileno()] = member, room
                (self._prompt if member is room.prompt else self._lazy).register(member.socket, select.EPOLLIN)
        for member in idle:
            self._readers[member.socket.fileno()] = member, None
            self._lazy.register(member.socket, select.EPOLLIN)
        self._lazy_step = _lazy_seconds * _batch / sum(len(room.lazy) for room in rooms)

    def run(self, window: range, grace: float, at_start: Callable[[], object], at_end: Callable[[], object]) -> None:
        """Send the messages up to the window's last, measure those of the window, then read on for `grace` seconds."""
        self._window = window
        self._begin = _clock() + 0.05
        start, end = (self._begin + number * _period for number in (window.start, window.stop))
        self._at(start, at_start)
        self._at(end, at_end)
        self._plan_talk(end)
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            self._play(end + grace)
        finally:
            gc.enable()
            gc.unfreeze()
            self._prompt.close()
            self._lazy.close()

    def _play(self, over: float) -> None:
        sends = self._sends()
        due, number, room = next(sends)
        drain = _clock()
        while (now := _clock()) < over:
            while due <= now:
                if number >= self._window.start:
                    self.lateness.append(_clock() - due)
                room.draw(number)
                due, number, room = next(sends, (over + 1, 0, room))
            while self._chores[:1] and self._chores[0][0] <= now:
                heapq.heappop(self._chores)[2]()
            if drain <= now:
                drain = max(drain + self._lazy_step, now - _lazy_seconds)
                for descriptor, _ in self._lazy.poll(0, _batch):
                    self._keep(descriptor)
            for descriptor, _ in self._wait(min(due, drain, over, *(chore[0] for chore in self._chores[:1]))):
                self._read(descriptor)
        while ready := self._lazy.poll(0):  # what has come, has come in time
            for descriptor, _ in ready:
                self._keep(descriptor)

    def _wait(self, until: float) -> list[tuple[int, int]]:
        """Look again and again whether something has come, without sleeping.

        Who sends to one who sleeps has to wake them, which takes a virtual machine's core longer than the sending. Real players sleep
        on machines of their own, and the server has nothing to do with their waking.
        """
        began = now = _clock()
        while not (ready := self._prompt.poll(0)) and (now := _clock()) < until:
            self.looks += 1
        self.idle_seconds += now - began
        return ready

    def _sends(self) -> Iterable[tuple[float, int, Room]]:
        for number in range(self._window.stop):
            for phase, room in self._timetable:
                yield self._begin + number * _period + phase, number, room

    # --- reading

    def _read(self, descriptor: int) -> None:
        member, room = self._readers[descriptor]
        assert room is not None, "those who are idle are not prompt"
        if member.phase is not Phase.IN:
            self._go_on_entering(member, room, descriptor)
            return
        try:
            data = member.receive()
        except BlockingIOError:
            return
        now = _clock()
        if member.phase is Phase.GONE:
            self.lost.append(member.refused)
            return
        known, begin, window = member.numbers, self._begin + self._phase[room], self._window
        for number in member.understand(data):
            if number not in known:
                known.add(number)
                if number in window:
                    self.latencies.append(now - begin - number * _period)
        if room.drawer is room.prompt:
            self._swap_prompt(room)

    def _keep(self, descriptor: int) -> None:
        member, _ = self._readers[descriptor]
        try:
            data = member.receive()
        except BlockingIOError:
            return
        if member.phase is Phase.GONE:
            self.lost.append(member.refused)
            return
        member.kept.append(data)
        if b"\x89\x04" in data:  # most likely a ping, which has to be answered
            member.understand_kept()

    def _swap_prompt(self, room: Room) -> None:
        """A new turn: who was prompt draws now, somebody else is prompt."""
        before, after = room.prompt, next(member for member in room.members if member is not room.drawer and member.phase is Phase.IN)
        after.understand_kept()
        self._prompt.unregister(before.socket)
        self._lazy.register(before.socket, select.EPOLLIN)
        self._lazy.unregister(after.socket)
        self._prompt.register(after.socket, select.EPOLLIN)
        room.prompt = after

    # --- what people do beside drawing

    def _at(self, when: float, chore: Callable[[], object]) -> None:
        heapq.heappush(self._chores, (when, next(self._order), chore))

    def _plan_talk(self, end: float) -> None:
        for room in self._phase:
            if not isinstance(room, GameRoom):
                continue
            for member in room.members:
                self._every(_guess_every, end, lambda room=room, member=member: room.guess(member, self._random))
            self._every(_away_every, end - 2 * _away_seconds, lambda room=room: self._go_away(room))

    def _every(self, seconds: float, end: float, chore: Callable[[], object]) -> None:
        when = self._begin + self._random.uniform(0, seconds)
        while when < end:
            self._at(when, chore)
            when += seconds

    def _go_away(self, room: Room) -> None:
        member = self._random.choice([each for each in room.lazy if each is not room.drawer and each.phase is Phase.IN])
        member.understand_kept()
        del self._readers[member.socket.fileno()]
        member.close()
        self._at(_clock() + _away_seconds, lambda: self._come_back(member, room))

    def _come_back(self, member: Client, room: Room) -> None:
        member.connect()
        if member.phase is Phase.GONE:
            self.lost.append(member.refused)
            return
        self._readers[member.socket.fileno()] = member, room
        self._prompt.register(member.socket, select.EPOLLIN | select.EPOLLOUT)

    def _go_on_entering(self, member: Client, room: Room, descriptor: int) -> None:
        connecting = member.phase is Phase.CONNECTING
        member.go_on()
        if member.phase is Phase.GONE:
            self.lost.append(member.refused)
        elif member.phase is Phase.IN:
            self._prompt.unregister(descriptor)
            self._lazy.register(descriptor, select.EPOLLIN)
        elif connecting:
            self._prompt.modify(descriptor, select.EPOLLIN)
