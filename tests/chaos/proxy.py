"""A bad network: stands between clients and a server, and delays, cuts and drops what goes through."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from random import Random


@dataclass(eq=False)
class _Pipe:
    """One connection, both ways."""

    writers: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    left: int | None = None
    """Bytes until it is dropped, in the midst of whatever goes through; None: it is not."""

    def drop(self) -> None:
        for writer in self.writers:
            writer.transport.abort()


@dataclass
class Proxy:
    """Listens on a free port of the loopback; what is set here holds for all that goes through it."""

    target: int
    random: Random
    delay: float = 0.0
    """Seconds that each piece waits at most, by chance."""
    piece: int = 0
    """Bytes that go on at once, at most; 0: as they came."""
    spread: bool = False
    """Whether each comes from an address of its own, as people do."""
    port: int = 0
    """Of its own: any that is free, and the same when it is started again."""
    _pipes: set[_Pipe] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def start(self) -> "Proxy":
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for pipe in list(self._pipes):
            pipe.drop()

    def drop(self, count: int) -> None:
        """Drop so many connections, each in the midst of what comes next."""
        for pipe in self.random.sample(sorted(self._pipes, key=id), min(count, len(self._pipes))):
            pipe.left = self.random.randint(1, 400)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target, local_addr=(self._here(), 0))
        except OSError:  # nobody listens there just now
            writer.transport.abort()
            return
        pipe = _Pipe((writer, far_writer))
        self._pipes.add(pipe)
        try:
            await asyncio.gather(self._pump(pipe, reader, far_writer), self._pump(pipe, far_reader, writer))
        except OSError:
            pass
        finally:
            self._pipes.discard(pipe)
            pipe.drop()

    def _here(self) -> str:
        if not self.spread:
            return "127.0.0.1"
        return f"127.{self.random.randrange(1, 255)}.{self.random.randrange(256)}.{self.random.randrange(1, 255)}"

    async def _pump(self, pipe: _Pipe, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            while data:
                part, data = (data[: self.piece], data[self.piece :]) if self.piece else (data, b"")
                if self.delay:
                    await asyncio.sleep(self.delay * self.random.random())
                if pipe.left is not None:
                    part = part[: pipe.left]
                    pipe.left -= len(part)
                writer.write(part)
                if pipe.left == 0:
                    with contextlib.suppress(OSError):
                        await writer.drain()
                    raise ConnectionAbortedError("dropped on purpose")
                await writer.drain()
        writer.close()
