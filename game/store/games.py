"""Reads a game as it is remembered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from game.drawing.archive import Archived
from game.store.drawings import Card, archived_of_game, of_game
from game.store.models import GameRow, PlayerRow, ScoreRow
from game.store.session import Sessions


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place at the end."""

    nickname: str
    is_ai: bool
    score: int
    rank: int


@dataclass(frozen=True, slots=True)
class Game:
    """A game, finished or not, with the drawings that are still kept."""

    id: str
    room: str
    language: str
    mode: str
    rounds: int
    started: datetime
    ended: datetime | None
    podium: list[Place]
    drawings: list[Card]
    host_id: str | None


async def game_of(sessions: Sessions, game_id: str, asker: str) -> Game | None:
    """Return the game with this id; None if there is none."""
    podium = (
        select(PlayerRow.nickname, PlayerRow.is_ai, ScoreRow.score, ScoreRow.rank)
        .join(PlayerRow, PlayerRow.id == ScoreRow.player_id)
        .where(ScoreRow.game_id == game_id)
        .order_by(ScoreRow.rank, PlayerRow.nickname)
    )
    async with sessions() as session:
        row = await session.get(GameRow, game_id)
        if row is None:
            return None
        return Game(
            id=row.id,
            room=row.room,
            language=row.language,
            mode=row.mode,
            rounds=row.rounds,
            started=row.started,
            ended=row.ended,
            podium=[Place(*place) for place in await session.execute(podium)],
            drawings=await of_game(session, game_id, asker),
            host_id=row.host_id,
        )


async def inks_of(sessions: Sessions, game_id: str) -> dict[str, Archived]:
    """Return a game's drawings by their keys."""
    async with sessions() as session:
        return await archived_of_game(session, game_id)
