"""Databases for tests: SQLite, and the PostgreSQL that runs on this machine, or one of the test's own."""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from game.store.models import Base
from game.store.session import migrate

_server = "postgresql://postgres@127.0.0.1:5432"


def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


class Templates:
    """Migrated databases, made once and copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._names: list[str] = []

    def sqlite(self) -> str:
        template = self._folder / "template.db"
        if not template.exists():
            migrate(sqlite_url(template))
        self._count += 1
        return sqlite_url(Path(shutil.copy(template, self._folder / f"{self._count}.db")))

    def postgres(self) -> str:
        template = f"guesstroke_test_{os.getpid()}"
        if not self._names:
            on_postgres(f'CREATE DATABASE "{template}"')
            self._names.append(template)
            migrate(_url(template))
        self._count += 1
        name = f"{template}_{self._count}"
        on_postgres(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._names.append(name)
        return _url(name)

    def drop(self) -> None:
        for name in reversed(self._names):
            on_postgres(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def empty_postgres(name: str) -> Iterator[str]:
    """The URL of a database with nothing in it on this machine's PostgreSQL, dropped afterwards."""
    name = f"guesstroke_test_{os.getpid()}_{name}"
    on_postgres(f'CREATE DATABASE "{name}"')
    try:
        yield _url(name)
    finally:
        on_postgres(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _url(name: str) -> str:
    return f"{_server.replace('postgresql', 'postgresql+asyncpg')}/{name}"


def on_postgres(statement: str) -> None:
    """Run a statement on this machine's PostgreSQL; skips where there is none."""

    async def run() -> None:
        try:
            connection = await asyncpg.connect(f"{_server}/postgres", timeout=5)
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            pytest.skip(f"PostgreSQL is not running at 127.0.0.1:5432: {error}")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


def emptied(url: str) -> str:
    """The URL again, when nothing is in the tables any more."""

    async def run() -> None:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=5)
        try:
            await connection.execute("; ".join(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables)))
        finally:
            await connection.close()

    asyncio.run(run())
    return url


class OwnPostgres:
    """A PostgreSQL server of the test's own, on a free port, run by an unprivileged user; it may be killed and started again."""

    def __init__(self, folder: Path, address: str = "127.0.0.1") -> None:
        self._folder = folder
        self._log = folder / "log"
        self.address = address
        with socket.socket() as probe:
            probe.bind((address, 0))
            self.port = int(probe.getsockname()[1])
        self._programs = programs_of_postgres()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://postgres@{self.address}:{self.port}/postgres"

    def make(self) -> None:
        """Make its files."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, _unprivileged)
        subprocess.run(
            self._as_user([self._programs / "initdb", "--auth=trust", "--username=postgres", "--no-sync", "-D", self._folder / "data"]),
            check=True,
            capture_output=True,
        )
        with (self._folder / "data" / "pg_hba.conf").open("a") as who:
            who.write(f"host all all {self.address}/24 trust\n")

    def start(self, patience: float = 30) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._as_user(
                    [
                        self._programs / "postgres",
                        "-D",
                        self._folder / "data",
                        "-p",
                        str(self.port),
                        "-k",
                        "",
                        "-c",
                        f"listen_addresses={self.address}",
                    ]
                ),
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + patience
        while subprocess.run([self._programs / "pg_isready", "-q", "-h", self.address, "-p", str(self.port)], check=False).returncode:
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.1)

    def kill(self) -> None:
        """End it at once, as a machine that loses its power does."""
        pid = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 9)
        if self._process is not None:
            self._process.wait(30)
        # Its children notice and go; until then their shared memory is in use, and a new server would not start.
        deadline = time.monotonic() + 30
        while subprocess.run(["pgrep", "-f", str(self._folder / "data")], check=False, capture_output=True).returncode == 0:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # at once: it would wait for those who are still connected
            self._process.wait(30)

    def _as_user(self, command: list[object]) -> list[str]:
        """PostgreSQL refuses to be run by root."""
        somebody = pwd.getpwnam(_unprivileged)
        prefix = ["setpriv", f"--reuid={somebody.pw_uid}", f"--regid={somebody.pw_gid}", "--clear-groups"] if os.geteuid() == 0 else []
        return [*prefix, *map(str, command)]


_unprivileged = "nobody"


def programs_of_postgres() -> Path:
    """Where PostgreSQL's programs are; Debian keeps them out of the way. Skips where there are none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if not folders:
        pytest.skip("PostgreSQL is not installed")
    return folders[0]


@contextmanager
def own_postgres(address: str = "127.0.0.1") -> Iterator[OwnPostgres]:
    """One that runs, and is gone afterwards. Its files are not among pytest's, which only their owner may enter."""
    with tempfile.TemporaryDirectory(prefix="guesstroke-postgres-") as folder:
        server = OwnPostgres(Path(folder), address)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
