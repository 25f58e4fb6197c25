"""Writes what games leave behind."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from game.protocol.limits import PROTOCOL_VERSION
from game.rules.effects import GameBegan, GameRecord, Kept, ReportRecord, TurnRecord
from game.store.models import DrawingRow, GameRow, GuessRow, PlayerRow, ReportRow, ScoreRow, TurnRow
from game.store.session import Sessions


async def write(sessions: Sessions, result: Kept) -> None:
    """Write one result in one transaction."""
    async with sessions.begin() as session:
        match result:
            case GameBegan(game_id, code, rounds):
                session.add(GameRow(id=game_id, room=code, rounds=rounds))
            case TurnRecord():
                await _write_turn(session, result)
            case GameRecord():
                await _write_game(session, result)
            case ReportRecord():
                await _write_report(session, result)


async def _know(session: AsyncSession, player_id: str, nickname: str, is_ai: bool) -> None:
    await session.merge(PlayerRow(id=player_id, nickname=nickname, is_ai=is_ai))
    await session.flush()


async def _write_turn(session: AsyncSession, turn: TurnRecord) -> None:
    await _know(session, turn.drawer_id, turn.drawer_nickname, turn.drawer_is_ai)
    row = TurnRow(
        game_id=turn.game_id,
        number=turn.number,
        round=turn.round,
        word=turn.word,
        drawer_id=turn.drawer_id,
        reason=turn.reason,
        seconds=turn.seconds,
        drawer_points=turn.drawer_points,
        likes=turn.likes,
        dislikes=turn.dislikes,
    )
    session.add(row)
    await session.flush()
    session.add(DrawingRow(turn_id=row.id, format=PROTOCOL_VERSION, ink=turn.ink))
    for guess in turn.guesses:
        await _know(session, guess.player_id, guess.nickname, guess.is_ai)
        session.add(GuessRow(turn_id=row.id, player_id=guess.player_id, seconds=guess.milliseconds / 1000, points=guess.points))


async def _write_game(session: AsyncSession, game: GameRecord) -> None:
    for line in game.podium:
        await _know(session, line.player_id, line.nickname, line.is_ai)
        session.add(ScoreRow(game_id=game.game_id, player_id=line.player_id, score=line.score, rank=line.rank))
    await session.execute(update(GameRow).where(GameRow.id == game.game_id).values(ended=datetime.now(UTC)))


async def _write_report(session: AsyncSession, report: ReportRecord) -> None:
    await _know(session, report.reporter_id, report.reporter_nickname, is_ai=False)
    await _know(session, report.player_id, report.nickname, is_ai=False)
    session.add(
        ReportRow(
            room=report.code,
            game_id=report.game_id,
            turn=report.turn,
            reporter_id=report.reporter_id,
            player_id=report.player_id,
            nickname=report.nickname,
            reason=report.reason,
            chat="\n".join(f"{line.nickname}: {line.text}" for line in report.chat),
            ink=report.ink,
        )
    )
