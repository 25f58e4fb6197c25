"""What the server's owner sees of a room: who is in it and how it is set; never what is said, drawn or to be guessed there."""

from dataclasses import dataclass

from game.protocol.client_messages import GameMode, Role
from game.protocol.views import Phase
from game.rooms.room import Room


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a room."""

    id: str
    nickname: str
    role: Role
    is_ai: bool
    is_host: bool
    connected: bool
    score: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A room."""

    code: str
    phase: Phase
    is_paused: bool
    is_public: bool
    has_password: bool
    game_mode: GameMode
    language: str
    round: int
    """0 while nothing is played."""
    rounds: int
    draw_seconds: int
    max_players: int
    custom_words: int
    seats: tuple[Seat, ...]


def overview_of(room: Room) -> Overview:
    """Look at a room as it is now."""
    game, settings = room.game, room.game.settings
    return Overview(
        code=room.code,
        phase=game.phase,
        is_paused=game.state.clock.is_paused,
        is_public=settings.is_public,
        has_password=bool(settings.password),
        game_mode=settings.game_mode,
        language=settings.language,
        round=game.state.order.round if game.phase not in ("lobby", "podium") else 0,
        rounds=settings.rounds,
        draw_seconds=settings.draw_seconds,
        max_players=settings.max_players,
        custom_words=len(game.state.custom_words),
        seats=tuple(
            Seat(each.id, each.nickname, each.role, each.is_ai, each.id == game.seats.host_id, each.connected, each.score)
            for each in game.seats.players.values()
        ),
    )
