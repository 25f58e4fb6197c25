"""Reads drawings: the gallery's, a game's, a player's, one by its key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from game.drawing.archive import Archived, unpack
from game.store.models import DrawingRow, GameRow, GuessRow, PlayerRow, TurnRow
from game.store.session import Sessions

Sort = Literal["new", "liked"]
Drawers = Literal["people", "ai"]
_Joined = Select[TurnRow, GameRow, PlayerRow]

_orders: Final[dict[Sort, tuple[Any, ...]]] = {"new": (GameRow.started, GameRow.id, TurnRow.number), "liked": (TurnRow.rating, TurnRow.id)}


@dataclass(frozen=True, slots=True)
class Card:
    """A drawing and what came of it."""

    key: str
    word: str
    language: str
    mode: str
    drawer: str
    """Their nickname now; empty for one who had all about them deleted."""
    drawer_is_ai: bool
    likes: int
    dislikes: int
    found: int
    """How many people found the word."""
    asked: int
    """How many could have."""
    drawn: datetime
    game_id: str
    mine: bool
    """Whether who asks drew it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which drawings; what is left empty does not matter."""

    room: str = ""
    """Of a room, in the gallery or not: who knows a room's code may see them. Empty: those in the gallery."""
    word: str = ""
    language: str = ""
    mode: str = ""
    drawer: Drawers | None = None
    liked: bool = False
    """Only those with more thumbs up than down."""
    sort: Sort = "new"


@dataclass(frozen=True, slots=True)
class Some:
    """Some cards, and the key after which to go on; None at the end."""

    drawings: list[Card]
    next: str | None


@dataclass(frozen=True, slots=True)
class Guess:
    """A right guess: who, how many seconds after the turn's start, and the points."""

    nickname: str
    is_ai: bool
    seconds: float
    points: int


@dataclass(frozen=True, slots=True)
class Told:
    """All about one drawing."""

    card: Card
    seconds: float
    """How long the turn took."""
    reason: str
    """Why it ended."""
    guesses: list[Guess]
    archived: Archived = field(repr=False)
    owners: frozenset[str]
    """Who may delete it: its drawer, and the host of its game."""
    room: str


async def in_gallery(sessions: Sessions, wanted: Wanted, asker: str, limit: int, after: str = "") -> Some | None:
    """Return at most `limit` drawings after the one with the key `after`, the newest or the best-liked first; None if there is none such."""
    return await _page(sessions, _joined().where(*_conditions(wanted)), _orders[wanted.sort], asker, limit, after)


async def of_player(sessions: Sessions, player_id: str, limit: int, after: str = "") -> Some | None:
    """Return a player's own drawings likewise, the newest first."""
    return await _page(sessions, _joined().where(TurnRow.drawer_id == player_id), (TurnRow.id,), player_id, limit, after)


async def best_liked_of(session: AsyncSession, player_id: str) -> Card | None:
    """Return the drawing of a player's that has most more thumbs up than down; None if none has."""
    query = _joined().where(TurnRow.drawer_id == player_id, TurnRow.rating > 0).order_by(TurnRow.rating.desc(), TurnRow.id.desc()).limit(1)
    cards = await _cards(session, (await session.execute(query)).all(), player_id)
    return cards[0] if cards else None


async def of_game(session: AsyncSession, game_id: str, asker: str) -> list[Card]:
    """Return a game's drawings in their order."""
    rows = (await session.execute(_joined().where(TurnRow.game_id == game_id).order_by(TurnRow.number))).all()
    return await _cards(session, rows, asker)


async def archived_of_game(session: AsyncSession, game_id: str) -> dict[str, Archived]:
    """Return a game's drawings by their keys."""
    query = select(TurnRow.key, DrawingRow.format, DrawingRow.data).join(DrawingRow, DrawingRow.turn_id == TurnRow.id)
    rows = await session.execute(query.where(TurnRow.game_id == game_id))
    return {key: unpack(form, data) for key, form, data in rows}


async def archived(sessions: Sessions, key: str) -> Archived | None:
    """Return the drawing with this key as it is kept; None if there is none."""
    query = select(DrawingRow.format, DrawingRow.data).join(TurnRow, TurnRow.id == DrawingRow.turn_id).where(TurnRow.key == key)
    async with sessions() as session:
        row = (await session.execute(query)).one_or_none()
    return unpack(*row) if row else None


async def told(sessions: Sessions, key: str, asker: str) -> Told | None:
    """Return all about the drawing with this key; None if there is none."""
    async with sessions() as session:
        row = (await session.execute(_joined().add_columns(DrawingRow.format, DrawingRow.data).where(TurnRow.key == key))).one_or_none()
        if row is None:
            return None
        turn, game, _, form, data = row
        guesses = await session.execute(
            select(PlayerRow.nickname, PlayerRow.is_ai, GuessRow.seconds, GuessRow.points)
            .join(PlayerRow, PlayerRow.id == GuessRow.player_id)
            .where(GuessRow.turn_id == turn.id, GuessRow.seconds.is_not(None))
            .order_by(GuessRow.seconds)
        )
        (card,) = await _cards(session, [row], asker)
        owners = frozenset(person for person in (turn.drawer_id, game.host_id) if person)
        right = [Guess(nickname, is_ai, seconds or 0.0, points) for nickname, is_ai, seconds, points in guesses]
        return Told(card, turn.seconds, turn.reason, right, unpack(form, data), owners, game.room)


def _joined() -> _Joined:
    """Turns that have a drawing, with their games and drawers."""
    return (
        select(TurnRow, GameRow, PlayerRow)
        .join(GameRow, GameRow.id == TurnRow.game_id)
        .join(DrawingRow, DrawingRow.turn_id == TurnRow.id)
        .outerjoin(PlayerRow, PlayerRow.id == TurnRow.drawer_id)
    )


def _conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.room:
        yield GameRow.room == wanted.room
    elif wanted.sort == "liked":
        # Without the function SQLite would begin with all games of the gallery, and sort all their turns to find the first few.
        yield func.coalesce(GameRow.in_gallery, False).is_(True)
    else:
        yield GameRow.in_gallery.is_(True)
    for column, text in ((GameRow.language, wanted.language), (GameRow.mode, wanted.mode)):
        if text:
            yield column == text
    if wanted.word:
        # German words may begin with a capital, and phones like to write one anywhere.
        yield TurnRow.word.in_({wanted.word, wanted.word.lower(), wanted.word.capitalize()})
    if wanted.drawer:
        yield func.coalesce(PlayerRow.is_ai, False).is_(wanted.drawer == "ai")
    if wanted.liked:
        yield TurnRow.rating > 0


async def _page(sessions: Sessions, query: _Joined, order: tuple[Any, ...], asker: str, limit: int, after: str) -> Some | None:
    async with sessions() as session:
        if after:
            place = (await session.execute(select(*order).join(GameRow, GameRow.id == TurnRow.game_id).where(TurnRow.key == after))).one_or_none()
            if place is None:
                return None
            # The first comparison says nothing new, but lets PostgreSQL go to the place by an index: the tuple's columns are of two tables.
            query = query.where(order[0] <= place[0], tuple_(*order) < tuple_(*place))
        rows = (await session.execute(query.order_by(*(column.desc() for column in order)).limit(limit + 1))).all()
        cards = await _cards(session, rows[:limit], asker)
    return Some(cards, cards[-1].key if len(rows) > limit else None)


async def _cards(session: AsyncSession, rows: Sequence[Row[*tuple[Any, ...]]], asker: str) -> list[Card]:
    """The cards of turns, games and drawers."""
    asked = await session.execute(
        select(GuessRow.turn_id, func.count(), func.count(GuessRow.seconds))
        .join(PlayerRow, PlayerRow.id == GuessRow.player_id)
        .where(GuessRow.turn_id.in_([turn.id for turn, *_ in rows]), PlayerRow.is_ai.is_(False))
        .group_by(GuessRow.turn_id)
    )
    counts = {turn_id: (found, of) for turn_id, of, found in asked}
    return [
        Card(
            key=turn.key,
            word=turn.word,
            language=game.language,
            mode=game.mode,
            drawer=drawer.nickname if drawer else "",
            drawer_is_ai=bool(drawer and drawer.is_ai),
            likes=turn.likes,
            dislikes=turn.dislikes,
            found=counts.get(turn.id, (0, 0))[0],
            asked=counts.get(turn.id, (0, 0))[1],
            drawn=turn.ended,
            game_id=turn.game_id,
            mine=turn.drawer_id == asker,
        )
        for turn, game, drawer, *_ in rows
    ]
