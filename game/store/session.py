"""The database connection, and bringing its tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from game.resources import resource_folder

Sessions = async_sessionmaker[AsyncSession]


def connect(url: str) -> tuple[AsyncEngine, Sessions]:
    """Open a database by its SQLAlchemy URL. SQLite is told to keep its foreign keys and to let readers read while it writes."""
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
            cursor = connection.cursor()
            for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return engine, async_sessionmaker(engine, expire_on_commit=False)


def migrate(url: str) -> None:
    """Bring the database to the newest revision, making it if need be. Blocks; call it before the event loop runs."""
    database = make_url(url)
    if database.get_backend_name() == "sqlite" and database.database:
        Path(database.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> Config:
    """What Alembic's commands need for this database."""
    config = Config()
    config.set_main_option("script_location", str(resource_folder("migrations")))
    config.attributes["url"] = url
    return config
