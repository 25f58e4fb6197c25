"""How often words are found, by people and by AI, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from game.http.answers import WITHOUT_NUL, refusals
from game.store import hands, statistics
from game.store.session import Sessions


class Statistics(BaseModel):
    """Day by day, and of the words that were asked for most; how many guessed is told, never who."""

    days: list[statistics.Day]
    words: list[statistics.WordLine]
    languages: list[str]
    """Those that were played in."""
    hands: hands.Hands
    """People's drawings against the machine's, of all time and languages."""


def router(sessions: Sessions) -> APIRouter:
    """Return the route /api/stats."""
    api = APIRouter(prefix="/api", tags=["scores"], responses=refusals(422, 503))

    @api.get("/stats")
    async def stats(
        language: Annotated[str, Query(max_length=8, pattern=WITHOUT_NUL)] = "",
        mode: Annotated[str, Query(max_length=16, pattern=WITHOUT_NUL)] = "",
        word: Annotated[str, Query(max_length=80, pattern=WITHOUT_NUL, description="How the words begin.")] = "",
        most_days: Annotated[int, Query(ge=1, le=730)] = 90,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Statistics:
        return Statistics(
            days=await statistics.days(sessions, language, mode, most_days),
            words=await statistics.words(sessions, language, mode, word.strip(), limit),
            languages=await statistics.languages(sessions),
            hands=await hands.hands(sessions),
        )

    return api
