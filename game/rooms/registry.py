"""The rooms that are open on this server."""

import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Protocol

import structlog

from game.bus.local import LocalBus
from game.protocol.client_messages import ChangeSettings, GameMode
from game.protocol.server_messages import NoticeKind
from game.protocol.views import Phase
from game.rooms.door import Door
from game.rooms.overview import Overview, overview_of
from game.rooms.room import Room
from game.rooms.snapshots import RoomSnapshot
from game.rooms.summary import RoomSummary, summary_of
from game.rules.censor import Censor
from game.rules.commands import Announce, Broadcast, Open, SendAway
from game.rules.daily import DailySource
from game.rules.game import Game
from game.rules.lobby_settings import Bounds, LobbySettings
from game.rules.vocabulary import Vocabulary

log = structlog.get_logger()
_alphabet: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""No characters that look alike."""
_code_length: Final = 13
"""31 to the 13th: 64 bits, not to be guessed."""


def fresh_code() -> str:
    """A room's code, which nobody guesses."""
    return "".join(secrets.choice(_alphabet) for _ in range(_code_length))


class Keeping(Protocol):
    """Where rooms are kept."""

    @property
    def is_failing(self) -> bool:
        """Whether what is played now would not outlive the server."""


class Unreachable(Exception):
    """A room cannot be reached, or opened, just now; it may be in a moment."""


@dataclass(frozen=True, slots=True)
class House:
    """What all rooms of a server have in common."""

    invite_base: str
    """The address that invite links start with."""
    vocabulary: Vocabulary
    settings: LobbySettings
    """A new room's."""
    bounds: Bounds
    censor: Censor
    daily: DailySource
    perceptors: tuple[str, ...] = ()
    """What rooms may have the artist draw with beside the usual one."""
    seed: int | None = None
    """Makes the games of this server the same each time; for trying things out."""


class Rooms:
    """Opens rooms and finds them by code. How they are kept, and what becomes of them when the server stops, is its subclasses' affair."""

    def __init__(self, house: House, bus: LocalBus) -> None:
        self.house, self.bus = house, bus
        self._rooms: dict[str, Room] = {}
        self.is_draining = False
        """Nobody new is let in and no room is opened; what is played goes on. A new start of the server ends it."""
        self.is_cut_off = False
        """This server, one of several, reaches neither the others nor the database: whoever comes is to go to another."""

    def invite_url(self, code: str) -> str:
        """The link that lets a friend in."""
        return f"{self.house.invite_base}/r/{code}"

    async def open(self, *, is_public: bool = False, language: str | None = None, game_mode: GameMode = "party") -> str:
        """Open a room under a fresh code that cannot be guessed; return the code."""
        code, house = await self._new_code(), self.house
        seed = secrets.randbits(64) if house.seed is None else house.seed
        settings = replace(house.settings, is_public=is_public, in_gallery=is_public, language=language or house.settings.language)
        settings = settings.changed(ChangeSettings(game_mode=game_mode), house.bounds, {})
        game = Game(code, self.invite_url(code), house.vocabulary, seed, settings, house.bounds, house.censor, house.daily, house.perceptors)
        self._stand(code, game).post(Open())
        return code

    async def _new_code(self) -> str:
        """A room's code, which is free."""
        return fresh_code()

    def _thawed(self, snapshot: RoomSnapshot) -> Game:
        house = self.house
        return Game.thaw(snapshot.game, self.invite_url(snapshot.code), house.vocabulary, house.bounds, house.censor, house.daily, house.perceptors)

    def _stand(self, code: str, game: Game, clock: float | None = None) -> Room:
        room = self._rooms[code] = self._room(code, game, clock)
        return room

    def announce(self, notice: NoticeKind) -> None:
        """Tell everybody in all rooms."""
        for room in self._rooms.values():
            room.post(Announce(notice))

    @property
    def keeping(self) -> Keeping:
        """Where they are kept."""
        raise NotImplementedError

    async def start(self) -> None:
        """Let rooms stand again that others have left."""
        raise NotImplementedError

    async def stop(self) -> None:
        """End, after `suspend`."""

    async def suspend(self) -> None:
        """The server stops: keep all rooms for whoever opens them again, and close the connections."""
        raise NotImplementedError

    def _room(self, code: str, game: Game, clock: float | None) -> Room:
        raise NotImplementedError

    # --- what the server's owner does and sees

    def survey(self) -> list[Overview]:
        """All rooms, those with most people first."""
        return [overview_of(room) for room in sorted(self._rooms.values(), key=lambda room: -len(room.game.seats.people))]

    def census(self) -> Counter[tuple[Phase, bool]]:
        """How many rooms there are, by phase and by whether they are public."""
        return Counter((room.game.phase, room.game.settings.is_public) for room in self._rooms.values())

    def broadcast(self, text: str) -> None:
        """Show everybody in all rooms what the server's owner says."""
        for room in list(self._rooms.values()):
            room.post(Broadcast(text))

    def send_away(self, code: str, player_id: str) -> bool:
        """Free a player's seat and close the connection; whether there was one. They may come back."""
        room = self.find(code)
        if room is None or player_id not in room.game.seats.players:
            return False
        room.post(SendAway(player_id, banned=False))
        return True

    def banish(self, player_ids: Collection[str]) -> None:
        """Send these players away from all rooms; that they stay away is the gateway's affair."""
        for room in list(self._rooms.values()):
            for player_id in [each for each in player_ids if each in room.game.seats.players]:
                room.post(SendAway(player_id, banned=True))

    def drain(self, *, draining: bool) -> None:
        """Begin to let nobody new in, or stop it."""
        self.is_draining = draining

    def keeps_out(self, room: Door, player_id: str) -> bool:
        """Whether a server that drains has this player stay outside: who has a seat keeps it, and to a game that is played friends may come."""
        return self.is_draining and isinstance(room, Room) and room.game.phase in ("lobby", "podium") and player_id not in room.game.seats.players

    def find(self, code: str) -> Room | None:
        """The room of this code that stands on this server, if there is one; capitals are forgiven."""
        return self._rooms.get(code.lower())

    async def door(self, code: str) -> Door | None:
        """The way into the open room of this code, if there is one."""
        return self.find(code)

    async def look(self, code: str) -> RoomSummary | None:
        """What one may know from outside of the open room of this code, if there is one."""
        room = self.find(code)
        return summary_of(room) if room is not None else None

    async def public(self, language: str | None = None) -> list[RoomSummary]:
        """Public rooms with somebody in them, those with most people first; of one language if it is given."""
        chosen = [room for room in await self._listed() if language in (None, room.language)]
        return sorted(chosen, key=lambda room: -room.present)

    async def _listed(self) -> list[RoomSummary]:
        return self.listed_here()

    def listed_here(self) -> list[RoomSummary]:
        """The public rooms of this server with somebody in them."""
        return [summary_of(room) for room in self._rooms.values() if room.game.settings.is_public and room.game.seats.present]

    async def quick(self, language: str, player_id: str) -> str:
        """The code of the public room of this language where this player is most welcome; of a new one if there is none with a free seat."""
        for room in await self.public(language):
            if room.welcomes(player_id):
                return room.code
        return await self.open(is_public=True, language=language)

    def count(self) -> tuple[int, int]:
        """How many rooms are open, and how many people are connected to them."""
        return len(self._rooms), sum(person.connected for room in self._rooms.values() for person in room.game.seats.people)

    async def seats(self, player_id: str) -> bool:
        """Whether this player has a seat in any room."""
        return self.seats_here(player_id)

    def seats_here(self, player_id: str) -> bool:
        """Whether this player has a seat in a room of this server."""
        return any(player_id in room.game.seats.players for room in self._rooms.values())
