"""Adding to a row that may not be there yet: the one thing for which SQLAlchemy needs to know the database."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.models import Base

_inserts: Final[dict[str, Callable[[type[Base]], sqlite.Insert | postgresql.Insert]]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


async def add_to(session: AsyncSession, row: type[Base], key: Mapping[str, Any], amounts: Mapping[str, int]) -> None:
    """Add amounts to the row's columns; a row that is not there is made with them."""
    insert = _inserts[session.get_bind().dialect.name](row).values(**key, **amounts)
    more = {name: getattr(row, name) + getattr(insert.excluded, name) for name in amounts}
    await session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=more))


async def put(session: AsyncSession, row: type[Base], key: Mapping[str, Any], values: Mapping[str, Any], always: tuple[str, ...]) -> None:
    """Make a row; of one that is there already, only the columns in `always` take the new values."""
    insert = _inserts[session.get_bind().dialect.name](row).values(**key, **values)
    await session.execute(insert.on_conflict_do_update(index_elements=list(key), set_={name: getattr(insert.excluded, name) for name in always}))
