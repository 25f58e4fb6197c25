"""Adding to a row that may not be there yet: the one thing for which SQLAlchemy needs to know the database."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from game.store.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


async def add_to(session: AsyncSession, row: type[Base], key: Mapping[str, Any], amounts: Mapping[str, int]) -> None:
    """Add amounts to the row's columns; a row that is not there is made with them."""
    insert = _insert(session, row).values(**key, **amounts)
    more = {name: getattr(row, name) + getattr(insert.excluded, name) for name in amounts}
    await session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=more))


async def put(session: AsyncSession, row: type[Base], key: Mapping[str, Any], values: Mapping[str, Any], always: tuple[str, ...]) -> None:
    """Make a row; of one that is there already, only the columns in `always` take the new values."""
    insert = _insert(session, row).values(**key, **values)
    await session.execute(insert.on_conflict_do_update(index_elements=list(key), set_={name: getattr(insert.excluded, name) for name in always}))


def _insert(session: AsyncSession, row: type[Base]) -> "sqlite.Insert | postgresql.Insert":
    """Of the database's dialect, which alone is loaded: PostgreSQL's takes as long as the rest of the store."""
    insert: sqlite.Insert | postgresql.Insert = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}").insert(row)
    return insert
