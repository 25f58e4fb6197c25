"""The database connection, and bringing its tables up to date."""

import asyncio
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from game.resources import resource_folder

Sessions = async_sessionmaker[AsyncSession]
_options: Final[dict[str, dict[str, Any]]] = {
    # A connection that died with the server is found out before it is used; one that hangs is given up.
    "postgresql": {"pool_pre_ping": True, "connect_args": {"timeout": 5, "command_timeout": 20}},
}


def connect(url: str) -> tuple[AsyncEngine, Sessions]:
    """Open a database by its SQLAlchemy URL: PostgreSQL or SQLite, which is told to keep foreign keys and to let readers read while it writes."""
    engine = engine_for(url, **_options.get(make_url(url).get_backend_name(), {}))
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
            cursor = connection.cursor()
            for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return engine, async_sessionmaker(engine, expire_on_commit=False)


def engine_for(url: str, **options: Any) -> AsyncEngine:
    """An engine; whatever goes wrong while it connects is an OperationalError."""
    engine = create_async_engine(url, **options)

    @event.listens_for(engine.sync_engine, "do_connect")
    def _connect(dialect, _record, args, kwargs) -> DBAPIConnection:  # type: ignore[no-untyped-def]
        try:
            return dialect.connect(*args, **kwargs)  # type: ignore[no-any-return]
        except Exception as error:  # a refused connection, a server that starts up, a name that is not known: drivers differ
            raise OperationalError("connecting to the database", {}, error) from error

    return engine


def migrate(url: str) -> None:
    """Bring the database to the newest revision, making it if need be. Blocks; call it before the event loop runs.

    Raises Mistake for one of a newer version.
    """
    database = make_url(url)
    if database.get_backend_name() == "sqlite" and database.database:
        Path(database.database).parent.mkdir(parents=True, exist_ok=True)
    if asyncio.run(_revision(url)) != newest_revision():
        from game.store.migration import upgrade  # Alembic takes as long to import as a start may take longer for: most starts need none of it

        upgrade(url)


def newest_revision() -> str:
    """The migrations' last; their files begin with their revisions."""
    return max(file.name.partition("_")[0] for file in (resource_folder("migrations") / "versions").glob("[0-9]*.py"))


async def _revision(url: str) -> str | None:
    """What Alembic left in the database; None if it was never there, or cannot be asked."""
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            found: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found
    except DBAPIError:  # Alembic's own way through will say what is wrong, if anything is
        return None
    finally:
        await engine.dispose()
