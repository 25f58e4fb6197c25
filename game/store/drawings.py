"""Reads drawings."""

from sqlalchemy import select

from game.store.models import DrawingRow, TurnRow
from game.store.session import Sessions


async def ink_of(sessions: Sessions, game_id: str, turn: int) -> bytes | None:
    """The ink of a game's turn; None if there is none."""
    query = select(DrawingRow.ink).join(TurnRow, TurnRow.id == DrawingRow.turn_id).where(TurnRow.game_id == game_id, TurnRow.number == turn)
    async with sessions() as session:
        return (await session.execute(query)).scalar_one_or_none()
