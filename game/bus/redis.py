"""Links between nodes over Redis: each node listens to a channel of its own and to one of all; what goes to one node goes in order.

Frames that come about in the same moment travel as one message: sender (16 ASCII characters), number (u64), and each frame behind its
length (u32), little-endian. Publishing promises nothing, so messages are numbered for each receiver: one that finds a gap tells its
node, which has everything told anew. A message without frames repeats the last number, so that a lost last one is noticed too.

What must be kept before anybody hears of it goes first in the same pipeline (`keep`).
"""

import asyncio
import struct
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from game.redis_connection import connect, ended

log = structlog.get_logger()
PREFIX: Final = "guesstroke:"
_head: Final = struct.Struct("<16sQ")
_length: Final = struct.Struct("<I")
_pace: Final = 0.001
"""Seconds between two messages at least: what comes about meanwhile goes together."""
_calm: Final = 3
"""So many times as long as sending took is waited until the next: the busier a node is, the more goes together."""
_longest_pace: Final = 0.015
_retry: Final = 0.25
_most_waiting: Final = 8 * 1024 * 1024
"""Bytes for one node, beyond which they are given up while Redis is away; it will ask for everything anew."""
_patience: Final = 3.0


class Listener(Protocol):
    """Whom frames are for."""

    def receive(self, sender: str, frame: bytes) -> None:
        """Take one frame."""

    def missed(self, sender: str) -> None:
        """Something of what this node sent did not come."""


_Kept = tuple[Callable[[Any], object], Callable[[Any], None]]


class RedisLinks:
    """One node's: sends, listens, and keeps."""

    def __init__(self, url: str, node: str) -> None:
        """`node`: 16 ASCII characters, never used before."""
        self.node = node
        self._client = connect(url)
        self._ear: Redis = Redis.from_url(url, socket_connect_timeout=_patience)  # which waits for what comes, however long
        self._sent: defaultdict[str, int] = defaultdict(int)
        self._got: dict[str, int] = {}
        self._frames: defaultdict[str, list[bytes]] = defaultdict(list)
        self._waiting: defaultdict[str, int] = defaultdict(int)
        self._kept: dict[str, _Kept] = {}
        self._news = asyncio.Event()
        self._is_sending = False
        self._tasks: list[asyncio.Task[None]] = []
        self._listener: Listener | None = None
        self.is_away = True
        """Whether Redis did not answer the last time."""
        self.messages = 0
        """Sent so far."""

    async def ask(self, command: str, *given: str) -> Any:
        """Ask Redis something that has time; what it keeps comes as bytes. Raises RedisError, OSError, TimeoutError."""
        return await self._client.execute_command(command, *given)

    async def start(self, listener: Listener) -> None:
        """Begin; returns when the links stand, or Redis has not answered for some seconds: they will stand when it does."""
        self._listener = listener
        listens = asyncio.Event()
        self._tasks = [asyncio.create_task(self._send_all()), asyncio.create_task(self._listen(listens))]
        try:
            async with asyncio.timeout(_patience):
                await listens.wait()
        except TimeoutError:
            log.error("Redis does not answer; this node plays alone until it does")

    async def stop(self) -> None:
        """Send what waits, and end."""
        await self.flush()
        await ended(self._tasks)
        await self._client.aclose()
        await self._ear.aclose()

    # --- out

    def send(self, node: str, frame: bytes) -> None:
        """Send one frame to a node; to this one too, in the next moment."""
        if node == self.node:
            asyncio.get_running_loop().call_soon(self._hand_over, node, frame)
            return
        self._frames[node].append(frame)
        self._waiting[node] += len(frame)
        if self._waiting[node] > _most_waiting:
            self._give_up(node)
        self._news.set()

    def broadcast(self, frame: bytes) -> None:
        """Send one frame to all other nodes."""
        self.send("all", frame)

    def beat(self, node: str) -> None:
        """Repeat the last number to a node."""
        if self._sent[node]:
            self._frames[node]  # made if it is not there: a message without frames
            self._news.set()

    def keep(self, name: str, write: Callable[[Any], object], done: Callable[[Any], None]) -> None:
        """Have `write` put a command into the next pipeline before all frames; a later one of the same name takes its place.

        `done` is given Redis's answer, once it has come.
        """
        self._kept[name] = write, done
        self._news.set()

    async def flush(self) -> bool:
        """Wait until what waits has gone; return whether it has."""
        try:
            async with asyncio.timeout(_patience):
                while self._frames or self._kept or self._is_sending:  # noqa: ASYNC110 - for a process that ends; an event would be set all the time
                    await asyncio.sleep(_pace)
        except TimeoutError:
            return False
        return True

    async def _send_all(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            kept, self._kept = self._kept, {}
            frames, self._frames = self._frames, defaultdict(list)
            self._waiting.clear()
            self._is_sending, began = True, asyncio.get_running_loop().time()
            try:
                await self._send(kept, frames)
            except (RedisError, OSError, TimeoutError) as error:
                if not self.is_away:
                    log.error("Redis is away: rooms on other nodes cannot be reached", reason=str(error))
                self.is_away = True
                self._kept = kept | self._kept
                self._news.set()
                await asyncio.sleep(_retry)
                continue
            finally:
                self._is_sending = False
            if self.is_away:
                log.info("Redis answers")
                self.is_away = False
            took = asyncio.get_running_loop().time() - began
            await asyncio.sleep(min(_longest_pace, max(_pace, _calm * took)))

    async def _send(self, kept: dict[str, _Kept], frames: dict[str, list[bytes]]) -> None:
        if not kept and not frames:
            await self._client.ping()
            return
        async with self._client.pipeline(transaction=False) as pipeline:
            for write, _ in kept.values():
                write(pipeline)
            for node, parts in frames.items():
                self._sent[node] += bool(parts)
                pipeline.publish(_channel(node), self._message(node, parts))
            answers = await pipeline.execute()
        self.messages += len(frames)
        for (_, done), answer in zip(kept.values(), answers, strict=False):
            done(answer)

    def _message(self, node: str, parts: Sequence[bytes]) -> bytes:
        pieces = [_head.pack(self.node.encode(), self._sent[node])]
        for part in parts:
            pieces += (_length.pack(len(part)), part)
        return b"".join(pieces)

    def _give_up(self, node: str) -> None:
        self._frames.pop(node, None)
        self._waiting.pop(node, None)
        self._sent[node] += 1

    # --- in

    async def _listen(self, listens: asyncio.Event) -> None:
        while True:
            try:
                async with self._ear.pubsub(ignore_subscribe_messages=True) as ear:
                    await ear.subscribe(_channel(self.node), _channel("all"))
                    listens.set()
                    await self._hear(ear)
            except (RedisError, OSError, TimeoutError) as error:
                log.info("the link to the other nodes broke; trying again", reason=str(error))
            await asyncio.sleep(_retry)
            for sender in list(self._got):
                self._listener.missed(sender.partition("@")[0])  # type: ignore[union-attr]  # `start` has set it

    async def _hear(self, ear: PubSub) -> None:
        own = _channel(self.node).encode()
        async for message in ear.listen():
            data: bytes = message["data"]
            sender_bytes, number = _head.unpack_from(data)
            sender = sender_bytes.decode()
            if sender == self.node:
                continue
            source = sender if message["channel"] == own else f"{sender}@all"
            at, end = _head.size, len(data)
            is_new = at < end
            last = self._got.get(source, number - is_new)
            if is_new and number <= last:
                continue  # it was sent again, for its answer was lost
            if number != last + is_new:
                self._listener.missed(sender)  # type: ignore[union-attr]
            self._got[source] = number
            while at < end:
                (size,) = _length.unpack_from(data, at)
                at += _length.size
                self._hand_over(sender, data[at : at + size])
                at += size

    def _hand_over(self, sender: str, frame: bytes) -> None:
        try:
            self._listener.receive(sender, frame)  # type: ignore[union-attr]
        except Exception:  # a bug, or a node of another version: it costs this frame
            log.exception("what another node sent could not be taken", sender=sender)

    def forget(self, sender: str) -> None:
        """A node is no more. Were it all the same, it would find what is sent to it numbered on."""
        for source in (sender, f"{sender}@all"):
            self._got.pop(source, None)
        self._waiting.pop(sender, None)


def _channel(node: str) -> str:
    return f"{PREFIX}node:{node}"
