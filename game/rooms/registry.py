"""The rooms that are open on this server."""

import asyncio
import secrets
from collections.abc import Sequence
from random import Random
from typing import Final

from game.bus.base import Bus
from game.rooms.room import Keep, Room
from game.rules.game import Game
from game.rules.lobby_settings import LobbySettings
from game.studio.base import Studio

_alphabet: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""No characters that look alike."""
_code_length: Final = 10
"""31 to the 10th: about 8 * 10^14 codes, not to be guessed."""


class Rooms:
    """Opens rooms, finds them by code, forgets those that closed."""

    def __init__(
        self, invite_base: str, words: Sequence[str], bus: Bus, studio: Studio, keep: Keep, settings: LobbySettings, seed: int | None
    ) -> None:
        self.invite_base = invite_base
        self._words, self._bus, self._studio, self._keep, self._settings, self._seed = words, bus, studio, keep, settings, seed
        self._rooms: dict[str, Room] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def invite_url(self, code: str) -> str:
        """The link that lets a friend in."""
        return f"{self.invite_base}/r/{code}"

    def open(self) -> Room:
        """Open a room under a fresh code that cannot be guessed."""
        code = "".join(secrets.choice(_alphabet) for _ in range(_code_length))
        random = Random(secrets.randbits(64) if self._seed is None else self._seed)
        game = Game(code, self.invite_url(code), self._words, random, self._settings)
        room = Room(code, game, self._bus, self._studio, self._keep)
        self._rooms[code] = room
        task = asyncio.create_task(room.run(), name=f"room {code}")
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(code, done))
        return room

    def find(self, code: str) -> Room | None:
        """The open room of this code, if there is one; capitals are forgiven."""
        return self._rooms.get(code.lower())

    async def close(self) -> None:
        """Close all rooms: the server stops."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, code: str, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._rooms.pop(code, None)
