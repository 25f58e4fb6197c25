"""All that is kept about a player, for them to take along."""

from base64 import b64encode
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from game.drawing.archive import unpack
from game.store.models import BanRow, DrawingRow, GameRow, GuessRow, PlayerRow, ReportLineRow, ReportRow, ScoreRow, StandingRow, TransferRow, TurnRow
from game.store.session import Sessions

Rows = list[dict[str, Any]]


async def belongings_of(sessions: Sessions, player_id: str) -> dict[str, Any]:
    """Return it as what JSON can hold: who they are, games, turns with their drawings, guesses, scores, what they said and reported.

    Of reports about them it says what was reported, and not by whom.
    """
    async with sessions() as session:
        player, ban = await session.get(PlayerRow, player_id), await session.get(BanRow, player_id)
        banned = {"banned": {"made": ban.made.isoformat(), "nickname": ban.nickname, "reason": ban.reason}} if ban else {}
        if player is None:
            return {"id": player_id, "kept": "Nothing else is kept about you." if ban else "Nothing is kept about you."} | banned
        return banned | {
            "id": player_id,
            "nickname": player.nickname,
            "first_seen": player.first_seen.isoformat(),
            "games": await _games(session, player_id),
            "turns": await _turns(session, player_id),
            "guesses": await _guesses(session, player_id),
            "standings": await _standings(session, player_id),
            "reports_by_you": await _reports(session, ReportRow.reporter_id == player_id),
            "reports_about_you": await _reports(session, ReportRow.player_id == player_id),
            "lines_of_yours_in_reports": list(await session.scalars(select(ReportLineRow.text).where(ReportLineRow.player_id == player_id))),
            "open_transfer_codes": [
                expires.isoformat() for expires in await session.scalars(select(TransferRow.expires).where(TransferRow.player_id == player_id))
            ],
        }


async def _games(session: AsyncSession, player_id: str) -> Rows:
    query = select(GameRow, ScoreRow).outerjoin(ScoreRow, (ScoreRow.game_id == GameRow.id) & (ScoreRow.player_id == player_id))
    query = query.where((ScoreRow.player_id == player_id) | (GameRow.host_id == player_id)).order_by(GameRow.started)
    return [
        {
            "id": game.id,
            "room": game.room,
            "you_were_its_host": game.host_id == player_id,
            "started": game.started.isoformat(),
            "ended": game.ended.isoformat() if game.ended else None,
            "score": score.score if score else None,
            "rank": score.rank if score else None,
        }
        for game, score in await session.execute(query)
    ]


async def _turns(session: AsyncSession, player_id: str) -> Rows:
    query = select(TurnRow, DrawingRow).outerjoin(DrawingRow, DrawingRow.turn_id == TurnRow.id)
    rows = await session.execute(query.where(TurnRow.drawer_id == player_id).order_by(TurnRow.id))
    return [
        {
            "game_id": turn.game_id,
            "number": turn.number,
            "word": turn.word,
            "ended": turn.ended.isoformat(),
            "seconds": turn.seconds,
            "points": turn.drawer_points,
            "likes": turn.likes,
            "dislikes": turn.dislikes,
            "drawing": _drawing(drawing) if drawing else None,
        }
        for turn, drawing in rows
    ]


def _drawing(row: DrawingRow) -> dict[str, Any]:
    """Ink records as docs/protocol.md has them, and when each came."""
    archived = unpack(row.format, row.data)
    return {"ink": b64encode(archived.ink).decode(), "milliseconds": list(archived.times)}


async def _guesses(session: AsyncSession, player_id: str) -> Rows:
    query = select(TurnRow.game_id, TurnRow.number, TurnRow.word, GuessRow.seconds, GuessRow.points)
    rows = await session.execute(query.join(GuessRow, GuessRow.turn_id == TurnRow.id).where(GuessRow.player_id == player_id).order_by(TurnRow.id))
    return [{"game_id": game, "turn": turn, "word": word, "seconds": seconds, "points": points} for game, turn, word, seconds, points in rows]


async def _standings(session: AsyncSession, player_id: str) -> Rows:
    rows = await session.scalars(select(StandingRow).where(StandingRow.player_id == player_id).order_by(StandingRow.period, StandingRow.mode))
    return [{"period": row.period, "mode": row.mode, "score": row.score, "games": row.games, "wins": row.wins} for row in rows]


async def _reports(session: AsyncSession, which: Any) -> Rows:
    rows = await session.scalars(select(ReportRow).where(which).order_by(ReportRow.id))
    return [{"made": row.made.isoformat(), "room": row.room, "reason": row.reason} for row in rows]
