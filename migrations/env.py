"""Alembic's entry: `game.store.session.migrate` passes the database's URL in `config.attributes`."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from game.store.models import Base
from game.store.session import engine_for


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def migrate() -> None:
    # Without the pragmas of `connect`: SQLite's tables are made anew under others' foreign keys.
    engine = engine_for(context.config.attributes["url"])
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(migrate())
