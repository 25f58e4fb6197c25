"""The leaderboard."""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from game.store.models import PlayerRow, ScoreRow
from game.store.session import Sessions


@dataclass(frozen=True, slots=True)
class LeaderboardLine:
    """What a player earned in all finished games."""

    nickname: str
    is_ai: bool
    score: int
    games: int
    wins: int


async def leaderboard(sessions: Sessions, limit: int) -> list[LeaderboardLine]:
    """Return the best players by their points in all games, at most `limit`."""
    total = func.sum(ScoreRow.score)
    wins = func.sum(case((ScoreRow.rank == 1, 1), else_=0))
    query = (
        select(PlayerRow.nickname, PlayerRow.is_ai, total, func.count(), wins)
        .join(ScoreRow, ScoreRow.player_id == PlayerRow.id)
        .group_by(PlayerRow.id, PlayerRow.nickname, PlayerRow.is_ai)
        .order_by(total.desc(), PlayerRow.nickname)
        .limit(limit)
    )
    async with sessions() as session:
        return [LeaderboardLine(*row) for row in await session.execute(query)]
