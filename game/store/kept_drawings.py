"""Drawings of the artist that are made once and shown to whoever asks for them by name, such as the daily ones."""

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.models import KeptDrawingRow
from game.store.session import Sessions
from game.store.upsert import put
from game.studio.keeping import KeptDrawing

_decoder = msgspec.msgpack.Decoder(KeptDrawing)


class KeptDrawings:
    """See KeepingStudio for what it is for."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def find(self, name: str) -> KeptDrawing | None:
        """Return the drawing of this name, if there is one."""
        async with self._sessions() as session:
            return await self._find(session, name)

    async def keep(self, name: str, drawing: KeptDrawing) -> KeptDrawing:
        """Keep a drawing, if there is none of this name. Returns the one that is kept: another server may have been sooner."""
        async with self._sessions() as session:
            await put(session, KeptDrawingRow, [({"name": name}, {"data": msgspec.msgpack.encode(drawing)})], always=("name",))
            await session.commit()
            return await self._find(session, name) or drawing

    @staticmethod
    async def _find(session: AsyncSession, name: str) -> KeptDrawing | None:
        row = await session.get(KeptDrawingRow, name)
        return None if row is None else _decoder.decode(row.data)
