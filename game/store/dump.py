"""A whole store as one file, to be read into another: JSON Lines, compressed with gzip where its name ends in `.gz`.

The first line says what it is and of which revision the tables are, the last how many rows there are; each other one is a row: its
table's name, then its values in the order of the table's columns. Bytes are base64, times ISO 8601.
"""

import gzip
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from sqlalchemy import Column, Connection, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from game.store.away import in_short, passes
from game.store.models import Base
from game.store.session import newest_revision

_format: Final = "guesstroke store 1"
_at_once: Final = 1000
Progress = Callable[[str, int, int], None]
"""Told a table's name, how many of its rows are done, and how many there are."""


class DumpError(ValueError):
    """A file that is no store of this version, or a database that cannot take one."""


async def export_store(engine: AsyncEngine, path: Path, progress: Progress) -> int:
    """Write all rows to a file, as they are at one moment; return how many. An export that fails leaves no file."""
    temporary = path.with_name(path.name + ".part")
    try:
        with _open(temporary, path, "wt") as file:
            async with engine.connect() as connection:
                await _hold_still(connection)
                count = await connection.run_sync(_write_all, file, progress)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


async def _hold_still(connection: AsyncConnection) -> None:
    """See the same rows in all tables, whatever is played meanwhile."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN")  # which Python's driver does not do for reading
    else:
        await connection.execution_options(isolation_level="REPEATABLE READ")


def _write_all(connection: Connection, file: TextIO, progress: Progress) -> int:
    file.write(json.dumps({"format": _format, "revision": newest_revision()}) + "\n")
    count = 0
    for table in _lasting_tables():
        total = connection.scalar(select(func.count()).select_from(table)) or 0
        progress(table.name, 0, total)
        rows = connection.execution_options(yield_per=_at_once).execute(select(table).order_by(*table.primary_key))
        for done, row in enumerate(rows, start=1):
            file.write(json.dumps([table.name, *map(_to_json, row)], ensure_ascii=False) + "\n")
            if done % _at_once == 0 or done == total:
                progress(table.name, done, total)
            count += 1
    file.write(json.dumps({"rows": count}) + "\n")
    return count


def _lasting_tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if not table.info.get("of_the_moment")]


async def import_store(engine: AsyncEngine, path: Path, progress: Progress) -> int:
    """Read a file into a database whose tables are empty; return how many rows. All or nothing. Raises DumpError."""
    with _open(path, path, "rt") as file:
        try:
            _check_header(file.readline(), path)
            async with engine.begin() as connection:
                return await connection.run_sync(_read_all, file, progress)
        except DumpError:
            raise
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise DumpError(f"{path} cannot be read to its end ({error}). Nothing was imported.") from error
        except Exception as error:
            if passes(error):
                raise
            raise DumpError(f"{path} has rows that this database does not take ({in_short(error)}). Nothing was imported.") from error


def _check_header(line: str, path: Path) -> None:
    try:
        header = json.loads(line)
        form, revision = header["format"], header["revision"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DumpError(f"{path} is no export of a store: `guesstroke db export` makes one.") from error
    if (form, revision) != (_format, newest_revision()):
        raise DumpError(
            f"{path} is {form!r} of revision {revision}; this version reads {_format!r} of revision {newest_revision()}. "
            "Import it with the version that wrote it, and upgrade that database."
        )


def _read_all(connection: Connection, file: TextIO, progress: Progress) -> int:
    tables = {table.name: table for table in _lasting_tables()}
    full = [name for name, table in tables.items() if connection.scalar(select(func.count()).select_from(table))]
    if full:
        raise DumpError(f"An import needs an empty store; this one has rows in {', '.join(full)}. Give another GUESSTROKE_DATABASE_URL.")
    counts = dict.fromkeys(tables, 0)
    for table, rows in _batches(file, tables):
        connection.execute(insert(table), rows)
        counts[table.name] += len(rows)
        progress(table.name, counts[table.name], 0)
    if connection.dialect.name == "postgresql":
        _move_sequences(connection, tables.values())
    return sum(counts.values())


def _batches(file: TextIO, tables: dict[str, Table]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Rows of one table at a time. In the file the tables come in an order in which each row finds what it refers to."""
    waiting: list[dict[str, Any]] = []
    last: Table | None = None
    count: int | None = None
    number = 1
    for number, line in enumerate(file, start=2):
        if count is not None:
            raise DumpError(f"Line {number} comes after the end. Nothing was imported.")
        count = _end_of(line)
        if count is not None:
            continue
        try:
            name, *values = json.loads(line)
            table = tables[name]
            row = {column.name: _from_json(column, value) for column, value in zip(table.columns, values, strict=True)}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DumpError(f"Line {number} is no row of a store ({error}). Nothing was imported.") from error
        if last is not None and waiting and (table is not last or len(waiting) >= _at_once):
            yield last, waiting
            waiting = []
        waiting.append(row)
        last = table
    if count is None or count != number - 2:
        raise DumpError(f"The file is not whole: it ends with line {number}, and not with the number of its rows. Nothing was imported.")
    if last is not None and waiting:
        yield last, waiting


def _end_of(line: str) -> int | None:
    """The number of rows that the last line says; None for any other."""
    if not line.startswith("{"):
        return None
    try:
        return int(json.loads(line)["rows"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _move_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """The next row that PostgreSQL numbers itself comes after those imported."""
    for table in tables:
        if table.autoincrement_column is not None:
            column = table.autoincrement_column.name
            sequence = f"pg_get_serial_sequence('{table.name}', '{column}')"
            connection.execute(text(f"SELECT setval({sequence}, COALESCE(MAX({column}), 0) + 1, false) FROM {table.name}"))


def _to_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _from_json(column: Column[Any], value: Any) -> Any:
    """Raises ValueError or TypeError for what is no value of the column."""
    if value is None and column.nullable:
        return value
    kind = column.type.python_type
    if kind is bytes:
        return b64decode(value, validate=True)
    if issubclass(kind, date | datetime):
        return kind.fromisoformat(value)
    if type(value) is not kind and (kind, type(value)) != (float, int):
        raise TypeError(f"{column} is {kind.__name__}; got {value!r}")
    return value


def _open(path: Path, named: Path, mode: str) -> TextIO:
    opener: Callable[..., TextIO] = gzip.open if named.suffix == ".gz" else open
    return opener(path, mode, encoding="utf-8")
