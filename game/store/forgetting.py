"""Takes things out of the store: drawings, or all that is kept about somebody."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import CursorResult, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.entries import ForgetDrawings
from game.store.models import (
    BanRow,
    DrawingRow,
    GameRow,
    GuessRow,
    KeptDrawingRow,
    PlayerRow,
    ReportLineRow,
    ReportRow,
    ScoreRow,
    StandingRow,
    TransferRow,
    TurnRow,
)
from game.store.tallies import ALL_TIME, day_of, week_of

_kept_drawings: Final = timedelta(days=3)
"""What is drawn for a day is over when no game that began in it can still run."""


async def forget_drawings(session: AsyncSession, which: ForgetDrawings) -> int:
    """Delete drawings; return how many there were. What was guessed and earned by them stays."""
    return await _deleted(session, delete(DrawingRow).where(DrawingRow.turn_id.in_(_turns_of(which))))


def _turns_of(which: ForgetDrawings) -> Select[int]:
    turns = select(TurnRow.id)
    for column, value in ((TurnRow.key, which.key), (TurnRow.game_id, which.game_id), (TurnRow.drawer_id, which.drawer_id)):
        if value:
            turns = turns.where(column == value)
    return turns.where(TurnRow.ended < which.before) if which.before else turns


async def forget_player(session: AsyncSession, player_id: str) -> bool:
    """Delete all that is kept about somebody: name, drawings, guesses, scores, and reports by and about them.

    Of turns that they drew the word and others' guesses stay, without a drawer; tallies know no names. A ban stays too, with the id alone:
    to have all deleted is no way back in. Return whether they were known as a player; one who is AI is nobody.
    """
    player = await session.get(PlayerRow, player_id)
    await session.execute(delete(TransferRow).where(TransferRow.player_id == player_id))
    await session.execute(update(BanRow).where(BanRow.player_id == player_id).values(nickname="", reason=""))
    await session.execute(delete(ReportLineRow).where(ReportLineRow.player_id == player_id))
    if player is None or player.is_ai:
        return False
    await forget_drawings(session, ForgetDrawings(drawer_id=player_id))
    reports = select(ReportRow.id).where((ReportRow.reporter_id == player_id) | (ReportRow.player_id == player_id))
    await session.execute(delete(ReportLineRow).where(ReportLineRow.report_id.in_(reports)))
    await session.execute(delete(ReportRow).where((ReportRow.reporter_id == player_id) | (ReportRow.player_id == player_id)))
    await session.execute(update(TurnRow).where(TurnRow.drawer_id == player_id).values(drawer_id=None))
    await session.execute(update(GameRow).where(GameRow.host_id == player_id).values(host_id=None))
    for rows in (GuessRow, ScoreRow, StandingRow):
        await session.execute(delete(rows).where(rows.player_id == player_id))
    await session.delete(player)
    return True


async def forget_what_is_over(session: AsyncSession, now: datetime | None = None) -> int:
    """Delete codes that have expired, the standings of past days and weeks, and drawings of past daily words; return how many rows."""
    now = now or datetime.now(UTC)
    codes = await _deleted(session, delete(TransferRow).where(TransferRow.expires < now))
    current = (ALL_TIME, day_of(now), week_of(now))
    drawings = await _deleted(session, delete(KeptDrawingRow).where(KeptDrawingRow.made < now - _kept_drawings))
    return codes + drawings + await _deleted(session, delete(StandingRow).where(StandingRow.period.not_in(current)))


async def _deleted(session: AsyncSession, statement: Any) -> int:
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
