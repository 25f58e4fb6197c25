"""Codes with which somebody takes their identity to another device."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete

from game.store.models import TransferRow
from game.store.session import Sessions

LIFETIME: Final = timedelta(minutes=10)
_alphabet: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No characters that look alike."""
_length: Final = 10
"""31 to the 10th: nobody finds one of them within its lifetime by trying."""


async def open_transfer(sessions: Sessions, player_id: str) -> str:
    """Return a new code for this player; those given before are worth nothing any more."""
    code = "".join(secrets.choice(_alphabet) for _ in range(_length))
    async with sessions.begin() as session:
        await session.execute(delete(TransferRow).where(TransferRow.player_id == player_id))
        session.add(TransferRow(digest=_digest(code), player_id=player_id, expires=datetime.now(UTC) + LIFETIME))
    return code


async def take_transfer(sessions: Sessions, code: str) -> str | None:
    """Return whose code it is, once; None for one that is wrong, used or too old. Spaces, dashes and small letters are forgiven."""
    tidy = "".join(character for character in code.upper() if character in _alphabet)
    taken = delete(TransferRow).where(TransferRow.digest == _digest(tidy)).returning(TransferRow.player_id, TransferRow.expires)
    async with sessions.begin() as session:
        row = (await session.execute(taken)).one_or_none()
    if row is None:
        return None
    player_id, expires = row
    return str(player_id) if expires > datetime.now(UTC) else None


def _digest(code: str) -> str:
    return sha256(f"guesstroke transfer {code}".encode()).hexdigest()
