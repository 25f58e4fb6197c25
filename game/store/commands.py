"""The `guesstroke db` commands."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, InvalidRequestError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from game.mistake import Mistake
from game.settings import read_settings
from game.store.dump import DumpError, export_store, import_store
from game.store.entries import ForgetDrawings
from game.store.forgetting import forget_drawings, forget_player, forget_what_is_over
from game.store.session import Sessions, connect, migrate
from game.store.size import Size, size_of

app = typer.Typer(help="The database: players, games, scores and drawings.", no_args_is_help=True)
T = TypeVar("T")
_tables_missing: Final = ("42P01", "42703")
"""PostgreSQL's SQLSTATEs for a table and a column that are not there; SQLite has only words."""


@app.command()
def upgrade() -> None:
    """Bring the database's tables up to date; `serve` does it by itself."""
    url = read_settings().store_url
    with _clear_errors(url):
        migrate(url)
    Console().print(f"{_shown(url)} is up to date.", soft_wrap=True)


@app.command()
def stats() -> None:
    """Say what is kept: rows by table, the size, and how much a drawing takes."""
    size = with_store(lambda engine, _: size_of(engine))
    _print_size(size)


def _print_size(size: Size) -> None:
    table = Table("table", "rows")
    table.columns[1].justify = "right"
    for name, rows in size.rows.items():
        table.add_row(name, f"{rows:,}")
    console = Console()
    console.print(table)
    console.print(f"The database takes {size.megabytes:.1f} MB.")
    if size.median_drawing is not None:
        console.print(f"The median drawing takes {size.median_drawing:,} bytes, the largest {size.largest_drawing:,}.")


@app.command("export")
def export_(path: Annotated[Path, typer.Argument(help="The file to write; compressed if its name ends in .gz.")]) -> None:
    """Write everything to one file, to be read into another database."""
    with _bar() as progress:
        count = with_store(lambda engine, _: export_store(engine, path, progress))
    Console().print(f"{count:,} rows are in {path}.", soft_wrap=True)


@app.command("import")
def import_(path: Annotated[Path, typer.Argument(help="What `export` wrote.", exists=True, dir_okay=False)]) -> None:
    """Read what `export` wrote into an empty database: from SQLite to PostgreSQL, say. All or nothing."""
    upgrade()
    with _bar() as progress:
        count = with_store(lambda engine, _: import_store(engine, path, progress))
    Console().print(f"{count:,} rows were read from {path}.", soft_wrap=True)


@app.command()
def purge(
    older_than: Annotated[int | None, typer.Option(min=0, max=36500, metavar="DAYS", help="Delete drawings older than so many days.")] = None,
    drawing: Annotated[str | None, typer.Option(metavar="KEY", help="Delete one drawing; its key is in its link.")] = None,
    game: Annotated[str | None, typer.Option(metavar="ID", help="Delete a game's drawings; its id is in its link.")] = None,
    player: Annotated[str | None, typer.Option(metavar="ID", help="Delete all that is kept about a player.")] = None,
) -> None:
    """Delete drawings, or somebody, and what is over: codes that have expired, the standings of past days and weeks."""
    before = datetime.now(UTC) - timedelta(days=older_than) if older_than is not None else None
    wanted = [ForgetDrawings(**{name: value}) for name, value in (("key", drawing), ("game_id", game), ("before", before)) if value]  # type: ignore[arg-type]

    async def work(_: AsyncEngine, sessions: Sessions) -> tuple[int, bool, int]:
        async with sessions.begin() as session:
            gone = sum([await forget_drawings(session, which) for which in wanted])
            was_known = await forget_player(session, player) if player else False
            return gone, was_known, await forget_what_is_over(session)

    drawings, was_known, over = with_store(work)
    about = f", all about {player}" if was_known else ""
    Console().print(f"{drawings:,} drawings{about} and {over:,} rows that are over were deleted.", soft_wrap=True, markup=False)
    if player and not was_known:
        raise Mistake(f"Nobody with the id {player!r} has played here.")


def with_store(work: Callable[[AsyncEngine, Sessions], Awaitable[T]]) -> T:
    """Do work on the database of the settings. Raises Mistake if it is away or not up to date."""
    url = read_settings().store_url

    async def run() -> T:
        engine, sessions = connect(url)
        try:
            return await work(engine, sessions)
        finally:
            await engine.dispose()

    with _clear_errors(url):
        return asyncio.run(run())


def _shown(url: str) -> str:
    """A database's URL without its password."""
    return make_url(url).render_as_string(hide_password=True)


@contextmanager
def _clear_errors(url: str) -> Iterator[None]:
    try:
        yield
    except DumpError as error:
        raise Mistake(str(error)) from error
    except DBAPIError as error:
        raise Mistake(_explained(_shown(url), error)) from error
    except (ArgumentError, InvalidRequestError) as error:
        raise Mistake(
            f"GUESSTROKE_DATABASE_URL is no URL of a database that can be used here ({error}). "
            "sqlite+aiosqlite:////path/to/file.db or postgresql+asyncpg://user@host/name was expected."
        ) from error
    except ModuleNotFoundError as error:
        raise Mistake(f"{_shown(url)} needs the Python module {error.name}, which is not installed.") from error
    except OSError as error:
        raise Mistake(f"{error.filename or 'The file'}: {error.strerror or error}") from error


def _explained(url: str, error: DBAPIError) -> str:
    words = str(error.orig)
    if getattr(error.orig, "sqlstate", None) in _tables_missing or "no such table" in words or "no such column" in words:
        return f"The tables of {url} are not up to date: `guesstroke db upgrade` brings them there. ({words})"
    if isinstance(error, OperationalError | InterfaceError):
        return f"{url} does not answer: {words}. Is it running, and is GUESSTROKE_DATABASE_URL right?"
    return f"{url} refuses this: {words}"


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for each table."""
    with Progress() as bar:
        tasks: dict[str, Any] = {}

        def report(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total or None)
            bar.update(tasks[name], completed=done, total=total or None)

        yield report
