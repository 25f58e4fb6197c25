"""Adds games and turns to what is asked for often: the leaderboards, and how often words are found."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from game.rules.effects import GameRecord, TurnRecord
from game.store.hands import add_to_hands
from game.store.models import DayTallyRow, GameRow, StandingRow, WordTallyRow
from game.store.upsert import add_to

ALL_TIME: Final = "all"
ALL_MODES: Final = ""
_two_hands: Final = ("duel", "finish")
"""Where a person and the machine draw the same word, a guess says nothing about either's drawing alone, nor about the word."""


def day_of(at: datetime) -> str:
    """A day's name as a period: 2026-11-25."""
    return at.date().isoformat()


def week_of(at: datetime) -> str:
    """An ISO week's: 2026-W48."""
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"


async def add_to_standings(session: AsyncSession, game: GameRecord, at: datetime) -> None:
    """Add a finished game's scores to the day, the week and all time, in its mode and in all modes together."""
    mode = await session.scalar(select(GameRow.mode).where(GameRow.id == game.game_id))
    earned = [
        ({"period": period, "mode": kind, "player_id": line.player_id}, {"score": line.score, "games": 1, "wins": int(line.rank == 1)})
        for line in sorted(game.podium, key=lambda line: line.player_id)
        for period in (ALL_TIME, day_of(at), week_of(at))
        for kind in (ALL_MODES, mode)
    ]
    await add_to(session, StandingRow, earned)


async def add_to_tallies(session: AsyncSession, turn: TurnRecord, at: datetime) -> None:
    """Add a turn's guesses, and what was said of its hand. A word that a host brought along is counted, but not named."""
    game = await session.get_one(GameRow, turn.game_id)
    await add_to_hands(session, turn, game.game_mode)
    if game.game_mode in _two_hands:
        return
    for guesser_is_ai in (False, True):
        found = [guess for guess in turn.guesses if guess.is_ai == guesser_is_ai]
        missed = sum(guesser.is_ai == guesser_is_ai for guesser in turn.missed)
        if not found and not missed:
            continue
        kind = {"language": game.language, "mode": game.mode, "drawer_is_ai": turn.drawer_is_ai, "guesser_is_ai": guesser_is_ai}
        amounts = {"asked": len(found) + missed, "found": len(found), "milliseconds": sum(guess.milliseconds for guess in found)}
        await add_to(session, DayTallyRow, [({"day": at.date(), **kind}, amounts)])
        if not turn.is_own_word and game.game_mode != "daily":  # whoever has not played yet might read the words of the day there
            await add_to(session, WordTallyRow, [({"word": turn.word, **kind}, amounts)])
