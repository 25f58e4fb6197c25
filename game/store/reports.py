"""Players' complaints about each other, for the server's owner to look at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.models import PlayerRow, ReportLineRow, ReportRow
from game.store.session import Sessions


@dataclass(frozen=True, slots=True)
class SaidLine:
    """Something that was said before a report."""

    player_id: str | None
    nickname: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report, with all that there was to see."""

    id: int
    made: datetime
    room: str
    game_id: str
    turn: int
    reporter_id: str
    reporter: str
    """As the reporter is called now."""
    player_id: str
    nickname: str
    """The reported player's, at that time."""
    reason: str
    ink: bytes
    """The drawing, if it was the reported player's; else nothing."""
    lines: tuple[SaidLine, ...] = field(default=())


async def reports(sessions: Sessions, before: int | None, limit: int) -> list[Report]:
    """Return the newest reports, at most `limit`; older than the one with the id `before`, if it is given."""
    query = select(ReportRow, PlayerRow.nickname).join(PlayerRow, PlayerRow.id == ReportRow.reporter_id).order_by(ReportRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(ReportRow.id < before)
    async with sessions() as session:
        rows = (await session.execute(query)).all()
        lines = await _lines_of(session, [row.id for row, _ in rows])
    return [
        Report(
            row.id, row.made, row.room, row.game_id, row.turn, row.reporter_id, reporter,
            row.player_id, row.nickname, row.reason, row.ink, tuple(lines[row.id]),
        )
        for row, reporter in rows
    ]  # fmt: skip


async def _lines_of(session: AsyncSession, ids: Iterable[int]) -> dict[int, list[SaidLine]]:
    found: dict[int, list[SaidLine]] = defaultdict(list)
    query = select(ReportLineRow).where(ReportLineRow.report_id.in_(ids)).order_by(ReportLineRow.report_id, ReportLineRow.number)
    for line in await session.scalars(query):
        found[line.report_id].append(SaidLine(line.player_id, line.nickname, line.text))
    return found


async def settle(sessions: Sessions, report_id: int) -> bool:
    """Delete a report that needs nothing more; whether there was one."""
    async with sessions() as session, session.begin():
        row = await session.get(ReportRow, report_id)
        if row is None:
            return False
        await session.execute(delete(ReportLineRow).where(ReportLineRow.report_id == report_id))
        await session.execute(delete(ReportRow).where(ReportRow.id == report_id))
    return True
