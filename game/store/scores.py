"""The leaderboards."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select

from game.store.models import PlayerRow, StandingRow
from game.store.session import Sessions
from game.store.tallies import ALL_MODES, ALL_TIME, day_of, week_of

Period = Literal["day", "week", "all"]


@dataclass(frozen=True, slots=True)
class LeaderboardLine:
    """What a player earned in the finished games of a period."""

    nickname: str
    is_ai: bool
    score: int
    games: int
    wins: int


def current(period: Period) -> str:
    """A period's name as the store has it; days and weeks are UTC's."""
    now = datetime.now(UTC)
    return {"day": day_of(now), "week": week_of(now), "all": ALL_TIME}[period]


async def leaderboard(sessions: Sessions, limit: int, period: Period = "all", mode: str = ALL_MODES) -> list[LeaderboardLine]:
    """Return the best players by their points in today's, this week's or all games, of one mode if it is given; at most `limit`."""
    query = (
        select(PlayerRow.nickname, PlayerRow.is_ai, StandingRow.score, StandingRow.games, StandingRow.wins)
        .join(PlayerRow, PlayerRow.id == StandingRow.player_id)
        .where(StandingRow.period == current(period), StandingRow.mode == mode)
        .order_by(StandingRow.score.desc(), StandingRow.player_id.desc())  # the second so that equals keep their order
        .limit(limit)
    )
    async with sessions() as session:
        return [LeaderboardLine(*row) for row in await session.execute(query)]
