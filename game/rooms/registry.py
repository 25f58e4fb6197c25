"""The rooms that are open on this server."""

import secrets
from dataclasses import dataclass, replace
from random import Random
from typing import Final

import structlog

from game.bus.base import Bus
from game.protocol.client_messages import ChangeSettings, GameMode
from game.protocol.server_messages import NoticeKind
from game.rooms.room import Keep, Room
from game.rooms.snapshots import RoomSnapshot, Snapshots
from game.rules.censor import Censor
from game.rules.commands import Announce, Open, Reopen
from game.rules.daily import DailySource
from game.rules.game import Game
from game.rules.lobby_settings import Bounds, LobbySettings
from game.rules.state import SnapshotError
from game.rules.vocabulary import Vocabulary
from game.store.entries import EntryError, decode
from game.studio.base import Studio

log = structlog.get_logger()
_alphabet: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""No characters that look alike."""
_code_length: Final = 13
"""31 to the 13th: 64 bits, not to be guessed."""


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
    seed: int | None = None
    """Makes the games of this server the same each time; for trying things out."""


class Rooms:
    """Opens rooms, finds them by code, forgets those that closed."""

    def __init__(self, house: House, bus: Bus, studio: Studio, keep: Keep, snapshots: Snapshots) -> None:
        self.house = house
        self._bus, self._studio, self._keep, self._snapshots = bus, studio, keep, snapshots
        self._rooms: dict[str, Room] = {}

    def invite_url(self, code: str) -> str:
        """The link that lets a friend in."""
        return f"{self.house.invite_base}/r/{code}"

    def open(self, *, is_public: bool = False, language: str | None = None, game_mode: GameMode = "party") -> Room:
        """Open a room under a fresh code that cannot be guessed."""
        code = "".join(secrets.choice(_alphabet) for _ in range(_code_length))
        house = self.house
        random = Random(secrets.randbits(64) if house.seed is None else house.seed)
        settings = replace(house.settings, is_public=is_public, in_gallery=is_public, language=language or house.settings.language)
        settings = settings.changed(ChangeSettings(game_mode=game_mode), house.bounds, {})
        game = Game(code, self.invite_url(code), house.vocabulary, random, settings, house.bounds, house.censor, house.daily)
        room = self._stand(code, game)
        room.post(Open())
        return room

    def reopen(self) -> None:
        """Let the rooms of a server that has ended stand again, as they were."""
        for snapshot in self._snapshots.taken_over():
            try:
                game, owed = self._thawed(snapshot), [decode(entry)[0] for entry in snapshot.owed]
            except (SnapshotError, EntryError) as error:
                log.error("a room cannot be opened again", room=snapshot.code, reason=str(error), aside=str(self._snapshots.refuse(snapshot.code)))
                continue
            for entry in owed:
                self._keep(entry)
            self._stand(snapshot.code, game, snapshot.at).post(Reopen())
        if self._rooms:
            log.info("rooms are open again", count=len(self._rooms))

    def _thawed(self, snapshot: RoomSnapshot) -> Game:
        house = self.house
        return Game.thaw(snapshot.game, self.invite_url(snapshot.code), house.vocabulary, house.bounds, house.censor, house.daily)

    def _stand(self, code: str, game: Game, clock: float | None = None) -> Room:
        room = Room(code, game, self._bus, self._studio, self._keep, self._snapshots.save, lambda: self._closed(code), clock)
        self._rooms[code] = room
        return room

    def _closed(self, code: str) -> None:
        self._rooms.pop(code, None)
        self._snapshots.forget(code)

    def announce(self, notice: NoticeKind) -> None:
        """Tell everybody in all rooms."""
        for room in self._rooms.values():
            room.post(Announce(notice))

    def suspend(self) -> None:
        """The server stops: keep all rooms for the next, tell everybody and close their connections."""
        self.announce("restarting")
        for room in self._rooms.values():
            room.suspend()
        self._rooms.clear()
        self._snapshots.close()

    def find(self, code: str) -> Room | None:
        """The open room of this code, if there is one; capitals are forgiven."""
        return self._rooms.get(code.lower())

    def public(self, language: str | None = None) -> list[Room]:
        """Public rooms with somebody in them, those with most people first; of one language if it is given."""
        rooms = [room for room in self._rooms.values() if room.game.settings.is_public and room.game.seats.present]
        chosen = [room for room in rooms if language in (None, room.game.settings.language)]
        return sorted(chosen, key=lambda room: -len(room.game.seats.present))

    def quick(self, language: str, player_id: str) -> Room:
        """The public room of this language where this player is most welcome; a new one if there is none with a free seat."""
        for room in self.public(language):
            settings, banned = room.game.settings, player_id in room.game.state.banned
            if not settings.password and not banned and len(room.game.seats.playing) < settings.max_players and room.game.phase != "podium":
                return room
        return self.open(is_public=True, language=language)

    def count(self) -> tuple[int, int]:
        """How many rooms are open, and how many people are connected to them."""
        return len(self._rooms), sum(person.connected for room in self._rooms.values() for person in room.game.seats.people)

    def seats(self, player_id: str) -> bool:
        """Whether this player has a seat in any room."""
        return any(player_id in room.game.seats.players for room in self._rooms.values())
