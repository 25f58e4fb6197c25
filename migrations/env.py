"""Alembic's entry: `game.store.session.migrate` passes the database's URL in `config.attributes`."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from game.store.models import Base
from game.store.session import engine_for


def run(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # Python's driver begins no transaction for changes of tables: without one, what fails halfway stays halfway.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Two servers that start together: the second waits, and finds it done. The number is ours: "guess" in ASCII.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({0x6775657373})")
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def migrate() -> None:
    # Without the pragmas of `connect`: SQLite's tables are made anew under others' foreign keys.
    engine = engine_for(context.config.attributes["url"])
    try:
        async with engine.begin() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()


asyncio.run(migrate())
