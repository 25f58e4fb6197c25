"""Adding to rows that may not be there yet: the one thing for which SQLAlchemy needs to know the database.

A statement is built once and run for all rows together. To build one takes SQLAlchemy longer than the database takes for the row, and each
run is a way to the driver's thread and back.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from game.store.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Columns = Mapping[str, Any]


async def add_to(session: AsyncSession, row: type[Base], amounts: Sequence[tuple[Columns, Columns]]) -> None:
    """Add amounts to rows' columns, each given as the row's key and the amounts; rows that are not there are made with them.

    All name the same columns.
    """
    await _run(session, row, amounts, None)


async def put(session: AsyncSession, row: type[Base], rows: Sequence[tuple[Columns, Columns]], always: tuple[str, ...]) -> None:
    """Make rows, each given as its key and its other columns; of those that are there already, only the columns in `always` take the new values.

    All name the same columns.
    """
    await _run(session, row, rows, always)


async def _run(session: AsyncSession, row: type[Base], rows: Sequence[tuple[Columns, Columns]], always: tuple[str, ...] | None) -> None:
    if rows:
        key, rest = rows[0]
        await session.flush()  # what the session holds may be what these rows refer to
        connection = await session.connection()
        statement = _statement(connection.dialect.name, row, tuple(key), tuple(rest), always)
        await connection.execute(statement, [{**key, **rest} for key, rest in rows])


@cache
def _statement(
    dialect: str, row: type[Base], key: tuple[str, ...], rest: tuple[str, ...], always: tuple[str, ...] | None
) -> "sqlite.Insert | postgresql.Insert":
    """Of the database's dialect, which alone is loaded: PostgreSQL's takes as long as the rest of the store. Without `always` it adds."""
    columns = row.__table__.columns
    insert: sqlite.Insert | postgresql.Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(row.__table__)
    changed = {name: columns[name] + insert.excluded[name] for name in rest} if always is None else {name: insert.excluded[name] for name in always}
    return insert.on_conflict_do_update(index_elements=list(key), set_=changed)
