"""Several servers that are one, with a PostgreSQL and a Redis of the test's own."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from tests.databases import OwnPostgres, own_postgres
from tests.redis import OwnRedis, own_redis
from tests.server import Server

WORDS = ("blafliglo", "drekrusne", "trivlozwu", "prasnebla", "glotridre", "zwuflikru")


class Nodes:
    """Each is a Server with a data folder of its own, and all have the same signing key."""

    def __init__(self, folder: Path, postgres: OwnPostgres, redis: OwnRedis, **settings: str | int) -> None:
        self._folder, self.postgres, self.redis = folder, postgres, redis
        self._settings: dict[str, str | int] = {"database_url": postgres.url, "redis_url": redis.url} | settings
        self.servers: list[Server] = []

    def add(self) -> Server:
        """Start one more."""
        data = self._folder / f"node{len(self.servers)}"
        with_one_key(data)
        server = Server(data, WORDS, **self._settings)
        self.servers.append(server)
        return server.start()

    def stop(self) -> None:
        for server in self.servers:
            server.stop()

    async def rows(self, query: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.postgres.url.replace("+asyncpg", ""))
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()

    async def owner_of(self, code: str) -> str:
        (row,) = await self.rows(f"SELECT owner FROM open_rooms WHERE code = '{code}'")
        return str(row["owner"])

    async def mend(self) -> None:
        """Start those that were stopped, and wait until all have seen each other."""
        for server in self.servers:
            if not server.is_running:
                await asyncio.to_thread(server.start)
        async with asyncio.timeout(30):
            while len(await self.rows("SELECT id FROM nodes WHERE expires > now()")) != len(self.servers):
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)


def with_one_key(data: Path) -> None:
    """A data folder whose server signs as all others of the test do."""
    data.mkdir(parents=True)
    (data / "signing.key").write_text("the same key for all nodes of this test\n")


@contextmanager
def nodes(folder: Path, count: int, **settings: str | int) -> Iterator[Nodes]:
    """So many, that have seen each other."""
    with own_postgres() as postgres, own_redis() as redis:
        those = Nodes(folder, postgres, redis, **settings)
        try:
            for _ in range(count):
                those.add()
            asyncio.run(those.mend())
            yield those
        finally:
            those.stop()


def freeze(server: Server) -> None:
    """The process stands still, and does not know it."""
    os.kill(server.pid, signal.SIGSTOP)


def thaw(server: Server) -> None:
    os.kill(server.pid, signal.SIGCONT)
