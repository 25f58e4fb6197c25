"""What may be known of a room from outside: for the list of public rooms, for quick play, and before one joins."""

import msgspec

from game.protocol.client_messages import GameMode
from game.protocol.views import Phase
from game.rooms.room import Room


class RoomSummary(msgspec.Struct, frozen=True):
    """A room at one moment."""

    code: str
    phase: Phase
    players: int
    max_players: int
    present: int
    """People whose connections stand, spectators too."""
    game_mode: GameMode
    language: str
    has_password: bool
    is_public: bool
    round: int
    """0 before a game and after it."""
    rounds: int
    custom_words: bool
    host: str
    """The host's nickname."""
    host_id: str
    banned: frozenset[str]

    def welcomes(self, player_id: str) -> bool:
        """Whether quick play may send this player there."""
        is_free = self.players < self.max_players and self.phase != "podium"
        return is_free and not self.has_password and player_id not in self.banned


def summary_of(room: Room) -> RoomSummary:
    """Look at a room."""
    game = room.game
    host = game.seats.players.get(game.seats.host_id)
    return RoomSummary(
        code=room.code,
        phase=game.phase,
        players=len(game.seats.playing),
        max_players=game.settings.max_players,
        present=len(game.seats.present),
        game_mode=game.settings.game_mode,
        language=game.settings.language,
        has_password=bool(game.settings.password),
        is_public=game.settings.is_public,
        round=game.state.order.round if game.phase not in ("lobby", "podium") else 0,
        rounds=game.settings.rounds,
        custom_words=bool(game.state.custom_words),
        host=host.nickname if host else "",
        host_id=game.seats.host_id,
        banned=frozenset(game.state.banned),
    )
