"""The leaderboard over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from game.http.answers import WITHOUT_NUL, refusals
from game.store.scores import LeaderboardLine, Period, leaderboard
from game.store.session import Sessions


class Leaderboard(BaseModel):
    """The best players, best first."""

    players: list[LeaderboardLine]


def router(sessions: Sessions) -> APIRouter:
    """Return the route /api/leaderboard."""
    api = APIRouter(prefix="/api", tags=["scores"], responses=refusals(422, 503))

    @api.get("/leaderboard")
    async def best(
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        period: Period = "all",
        mode: Annotated[str, Query(max_length=16, pattern=WITHOUT_NUL)] = "",
    ) -> Leaderboard:
        return Leaderboard(players=await leaderboard(sessions, limit, period, mode))

    return api
