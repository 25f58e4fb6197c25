"""Reads how often words are found: people against AI, word by word and day by day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from game.store.models import DayTallyRow, WordTallyRow
from game.store.players import Hits
from game.store.session import Sessions

_nobody = Hits(0, 0, None)


@dataclass(slots=True)
class Versus:
    """Who guessed whose drawings, and how well: people_on_ai is people's guessing at the AI's drawings."""

    people_on_people: Hits = field(default=_nobody)
    people_on_ai: Hits = field(default=_nobody)
    ai_on_people: Hits = field(default=_nobody)
    ai_on_ai: Hits = field(default=_nobody)


@dataclass(slots=True)
class Day(Versus):
    """A day's, in UTC."""

    day: date = date.min


@dataclass(slots=True)
class WordLine(Versus):
    """A word's."""

    word: str = ""
    language: str = ""
    mode: str = ""


async def days(sessions: Sessions, language: str, mode: str, most: int) -> list[Day]:
    """Return the last `most` days on which anybody guessed, the oldest first; of one language or mode, if they are given."""
    first = datetime.now(UTC).date() - timedelta(days=most - 1)
    tally = DayTallyRow
    query = select(tally.day, tally.drawer_is_ai, tally.guesser_is_ai, *_sums(tally)).where(tally.day >= first, *_those(tally, language, mode))
    query = query.group_by(tally.day, tally.drawer_is_ai, tally.guesser_is_ai).order_by(tally.day)
    found: dict[date, Day] = {}
    async with sessions() as session:
        for day, drawer_is_ai, guesser_is_ai, *sums in await session.execute(query):
            _put(found.setdefault(day, Day(day=day)), drawer_is_ai, guesser_is_ai, sums)
    return list(found.values())


async def words(sessions: Sessions, language: str, mode: str, beginning: str, limit: int) -> list[WordLine]:
    """Return the words of the packs that were asked for most, at most `limit`; of one language or mode, or with one beginning, if given."""
    tally = WordTallyRow
    those = [*_those(tally, language, mode), *([tally.word.startswith(beginning, autoescape=True)] if beginning else [])]
    name = (tally.word, tally.language, tally.mode)
    asked = func.sum(tally.asked)
    most = select(*name).where(*those).group_by(*name).order_by(asked.desc(), *name).limit(limit).subquery()
    query = select(*name, tally.drawer_is_ai, tally.guesser_is_ai, tally.asked, tally.found, tally.milliseconds).join(
        most, (tally.word == most.c.word) & (tally.language == most.c.language) & (tally.mode == most.c.mode)
    )
    found: dict[tuple[str, str, str], WordLine] = {}
    async with sessions() as session:
        for word, of, kind, drawer_is_ai, guesser_is_ai, *sums in await session.execute(query):
            line = found.setdefault((word, of, kind), WordLine(word=word, language=of, mode=kind))
            _put(line, drawer_is_ai, guesser_is_ai, sums)
    return sorted(found.values(), key=lambda line: (-_asked(line), line.word, line.language, line.mode))


async def languages(sessions: Sessions) -> list[str]:
    """Return the languages that were played in."""
    async with sessions() as session:
        return list(await session.scalars(select(DayTallyRow.language).distinct().order_by(DayTallyRow.language)))


def _sums(tally: type[DayTallyRow]) -> Iterable[Any]:
    return (func.sum(tally.asked), func.sum(tally.found), func.sum(tally.milliseconds))


def _those(tally: type[DayTallyRow | WordTallyRow], language: str, mode: str) -> Iterable[Any]:
    wanted: tuple[tuple[InstrumentedAttribute[str], str], ...] = ((tally.language, language), (tally.mode, mode))
    return [column == text for column, text in wanted if text]


def _put(line: Versus, drawer_is_ai: bool, guesser_is_ai: bool, sums: list[Any]) -> None:
    asked, found, milliseconds = (int(value) for value in sums)
    hits = Hits(asked, found, milliseconds / 1000 / found if found else None)
    setattr(line, f"{'ai' if guesser_is_ai else 'people'}_on_{'ai' if drawer_is_ai else 'people'}", hits)


def _asked(line: Versus) -> int:
    return sum(hits.asked for hits in (line.people_on_people, line.people_on_ai, line.ai_on_people, line.ai_on_ai))
