"""How much is kept."""

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from game.store.models import Base, DrawingRow


@dataclass(frozen=True, slots=True)
class Size:
    """Of a store."""

    rows: dict[str, int]
    """By table."""
    megabytes: float
    median_drawing: int | None
    """Bytes; None where there is none."""
    largest_drawing: int | None


async def size_of(engine: AsyncEngine) -> Size:
    """Count it all; of a large store this takes seconds."""
    length = func.length(DrawingRow.data)
    async with engine.connect() as connection:
        rows = {table.name: await connection.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables}
        middle = select(length).order_by(length).limit(1).offset(rows["drawings"] // 2)
        return Size(rows, await _bytes(connection) / 1e6, await connection.scalar(middle), await connection.scalar(select(func.max(length))))


async def _bytes(connection: AsyncConnection) -> int:
    if connection.dialect.name == "postgresql":
        return int(await connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    return int(await connection.scalar(text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")) or 0)
