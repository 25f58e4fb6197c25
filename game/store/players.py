"""Reads a player's own statistics."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.drawings import Card, best_liked_of
from game.store.models import DrawingRow, GuessRow, PlayerRow, StandingRow, TurnRow
from game.store.scores import current
from game.store.session import Sessions
from game.store.tallies import ALL_MODES

_favourites = 5


@dataclass(frozen=True, slots=True)
class FastestGuess:
    """The word that was found soonest; `key` of the drawing, if it is still kept."""

    word: str
    seconds: float
    key: str | None


@dataclass(frozen=True, slots=True)
class FavouriteWord:
    """A word that was drawn, and how often."""

    word: str
    times: int


@dataclass(frozen=True, slots=True)
class Hits:
    """How many could have found a word, how many did, and after how many seconds on average."""

    asked: int
    found: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """A player's own statistics."""

    nickname: str
    games: int
    wins: int
    score: int
    rank: int | None
    """Among all, by points in all games."""
    asked: int
    """Words that could have been found."""
    found: int
    fastest: FastestGuess | None
    favourite_words: list[FavouriteWord]
    best_liked: Card | None
    ai: Hits
    """How AI guessers did on this player's drawings."""


async def nickname_of(sessions: Sessions, player_id: str) -> str | None:
    """Return the player's newest nickname; None for one of whom nothing is kept."""
    async with sessions() as session:
        return await session.scalar(select(PlayerRow.nickname).where(PlayerRow.id == player_id))


async def personal_page(sessions: Sessions, player_id: str) -> PersonalPage | None:
    """Return a player's statistics; None for one of whom nothing is kept."""
    async with sessions() as session:
        player = await session.get(PlayerRow, player_id)
        if player is None:
            return None
        standing = await session.get(StandingRow, (current("all"), ALL_MODES, player_id))
        asked, found = (await session.execute(_guessing(player_id))).one()
        fastest = (await session.execute(_fastest(player_id))).one_or_none()
        return PersonalPage(
            nickname=player.nickname,
            games=standing.games if standing else 0,
            wins=standing.wins if standing else 0,
            score=standing.score if standing else 0,
            rank=await _rank(session, standing) if standing else None,
            asked=asked,
            found=found,
            fastest=FastestGuess(*fastest) if fastest else None,
            favourite_words=[FavouriteWord(*row) for row in await session.execute(_favourite_words(player_id))],
            best_liked=await best_liked_of(session, player_id),
            ai=Hits(*(await session.execute(_by_ai(player_id))).one()),
        )


async def _rank(session: AsyncSession, standing: StandingRow) -> int:
    better = select(func.count()).where(
        StandingRow.period == standing.period, StandingRow.mode == standing.mode, StandingRow.score > standing.score
    )  # fmt: skip
    return 1 + (await session.scalar(better) or 0)


def _guessing(player_id: str) -> Select[int, int]:
    return select(func.count(), func.count(GuessRow.seconds)).where(GuessRow.player_id == player_id)


def _fastest(player_id: str) -> Select[*tuple[Any, ...]]:
    soonest = (
        select(GuessRow.turn_id, GuessRow.seconds)
        .where(GuessRow.player_id == player_id, GuessRow.seconds.is_not(None))
        .order_by(GuessRow.seconds)
        .limit(1)
        .subquery()
    )
    key = case((DrawingRow.turn_id.is_not(None), TurnRow.key))
    return (
        select(TurnRow.word, soonest.c.seconds, key)
        .join(soonest, soonest.c.turn_id == TurnRow.id)
        .outerjoin(DrawingRow, DrawingRow.turn_id == TurnRow.id)
    )


def _favourite_words(player_id: str) -> Select[str, int]:
    times = func.count()
    drawn = select(TurnRow.word, times).where(TurnRow.drawer_id == player_id)
    return drawn.group_by(TurnRow.word).order_by(times.desc(), TurnRow.word).limit(_favourites)


def _by_ai(player_id: str) -> Select[*tuple[Any, ...]]:
    return (
        select(func.count(), func.count(GuessRow.seconds), func.avg(GuessRow.seconds))
        .select_from(TurnRow)
        .join(GuessRow, GuessRow.turn_id == TurnRow.id)
        .join(PlayerRow, PlayerRow.id == GuessRow.player_id)
        .where(TurnRow.drawer_id == player_id, PlayerRow.is_ai.is_(True))
    )
