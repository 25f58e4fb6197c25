"""What the server keeps its things in: the database, and Redis where there are several nodes."""

import asyncio
import os
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncEngine

from game.doctor.finding import Finding, ok, problem, warning
from game.settings import Settings
from game.store.session import engine_for, newest_revision


def check_database(settings: Settings) -> list[Finding]:
    """Whether it can be reached, and its tables are of a version that this server knows."""
    try:
        url = make_url(settings.store_url)
        is_file = url.get_backend_name() == "sqlite" and url.database
        if is_file and not os.path.exists(str(url.database)):
            return [ok("database", f"{url.database} (the server will make it)")]
        engine = engine_for(settings.store_url, **({} if is_file else {"connect_args": {"timeout": 5}}))
    except (ArgumentError, InvalidRequestError) as error:
        return [problem("database", str(error), "See docs/hosting.md for how GUESSTROKE_DATABASE_URL is written.")]
    except ModuleNotFoundError as error:
        return [problem("database", f"the driver {error.name} is missing", "pip install 'guesstroke[postgres]'")]
    shown = url.render_as_string(hide_password=True)
    try:
        return [asyncio.run(_ask(engine, shown))]
    except DBAPIError as error:
        reason = str(error.orig or error).strip()
        return [problem("database", f"{shown}: {reason}", "Start it, or correct GUESSTROKE_DATABASE_URL: user, password, host and name.")]


async def _ask(engine: AsyncEngine, shown: str) -> Finding:
    try:
        async with engine.connect() as connection:
            version = ".".join(map(str, engine.dialect.server_version_info or ()))
            try:
                revision = str(await connection.scalar(text("SELECT version_num FROM alembic_version")))
            except DBAPIError:
                return ok("database", f"{shown}, {engine.dialect.name} {version}, still empty")
    finally:
        await engine.dispose()
    newest = newest_revision()
    if revision == newest:
        return ok("database", f"{shown}, {engine.dialect.name} {version}, tables up to date")
    if revision < newest:
        return warning("database", f"{shown}: its tables are of an older version ({revision})", "guesstroke db export, then start the server.")
    return problem("database", f"{shown}: its tables are of a newer version ({revision})", "Use the Guesstroke that made them, or a backup.")


def check_redis(url: str | None) -> list[Finding]:
    """Whether it answers; nothing where none is wanted."""
    if url is None:
        return []
    try:
        import redis
    except ModuleNotFoundError:
        return [problem("Redis", "its library is missing", "pip install redis")]
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            told: Any = client.info("server")
    except ValueError as error:
        return [problem("Redis", f"the address makes no sense: {error}", "redis://host:6379 is one that does.")]
    except (redis.RedisError, OSError) as error:
        return [problem("Redis", f"it does not answer: {error}", "Start it, or correct GUESSTROKE_REDIS_URL.")]
    return [ok("Redis", f"version {told['redis_version']}")]
