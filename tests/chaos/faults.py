"""What may go wrong, each as a function that does it and waits until the worst is over."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from tests.chaos.scene import Scene

Fault = Callable[[Scene], Awaitable[None]]


async def server_killed(scene: Scene) -> None:
    await scene.restart(signal.SIGKILL)


async def server_restarted(scene: Scene) -> None:
    await scene.restart(signal.SIGTERM)


async def loop_blocked(scene: Scene) -> None:
    """For three seconds nothing moves."""
    os.kill(scene.server.pid, signal.SIGSTOP)
    await asyncio.sleep(3)
    os.kill(scene.server.pid, signal.SIGCONT)


async def clock_jumps(scene: Scene) -> None:
    """The wall clock: an hour on, or a day back."""
    scene.clock.set(scene.random.choice((3600, -86_400, 17, 0)))
    await asyncio.sleep(1.5)


async def worker_killed(scene: Scene) -> None:
    for pid in scene.random.sample(scene.workers, min(1, len(scene.workers))):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(1)


async def worker_hangs(scene: Scene) -> None:
    """It is found out by its silence, and killed by the server."""
    for pid in scene.random.sample(scene.workers, min(1, len(scene.workers))):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    await asyncio.sleep(2)


async def database_killed(scene: Scene) -> None:
    await asyncio.to_thread(scene.postgres.kill)
    await asyncio.sleep(scene.random.uniform(1, 5))
    await asyncio.to_thread(scene.postgres.start)


async def database_slow(scene: Scene) -> None:
    """Up to two seconds each way for whatever it says."""
    scene.database.delay = 2.0
    await asyncio.sleep(6)
    scene.database.delay = 0.0


async def database_drops(scene: Scene) -> None:
    scene.database.drop(5)
    await asyncio.sleep(1)


async def database_read_only(scene: Scene) -> None:
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
    await scene.on_database("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()", others)
    await asyncio.sleep(4)
    await scene.on_database("SET default_transaction_read_only = off", "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
    await scene.on_database("SET default_transaction_read_only = off", others)


async def disk_full(scene: Scene) -> None:
    """Players and probes hear of it before anything is lost; then there is room again."""
    before = {player: (player.entries, len(player.notices)) for player in scene.players if player.is_here}
    scene.limit_files(0)
    try:
        await scene.until_ready(ready=False)
        async with asyncio.timeout(10):
            # Who comes in later is told with the next notice, a minute after.
            while not all(player.notices[count:] for player, (entries, count) in before.items() if player.is_here and player.entries == entries):
                await asyncio.sleep(0.1)
    finally:
        scene.limit_files()
    await scene.until_ready(ready=True)


async def connections_dropped(scene: Scene) -> None:
    """In the midst of a frame."""
    scene.people.drop(scene.random.randint(1, 6))
    await asyncio.sleep(1.5)


async def frames_delayed(scene: Scene) -> None:
    scene.people.delay = 0.25
    await asyncio.sleep(3)
    scene.people.delay = 0.0


async def frames_cut(scene: Scene) -> None:
    """Each byte or two on its own."""
    scene.people.piece = scene.random.choice((1, 2, 7))
    await asyncio.sleep(3)
    scene.people.piece = 0


async def duplicate_reconnect(scene: Scene) -> None:
    """The same player comes in three times at once: the last connection counts, and the page's own comes back."""
    player = scene.random.choice(scene.players)
    await asyncio.gather(*(_hello(scene, player.code, player.cookie) for _ in range(3)))
    await asyncio.sleep(1)


async def one_who_never_reads(scene: Scene) -> None:
    writer = await _hello(scene, scene.random.choice(scene.parties).code, None, stay=True)
    await asyncio.sleep(4)
    writer.transport.abort()


async def one_byte_a_second(scene: Scene) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", scene.server.port)
    for byte in b"GET ":
        with suppress(OSError):
            writer.write(bytes([byte]))
            await writer.drain()
        await asyncio.sleep(1)
    writer.transport.abort()


async def half_open_handshakes(scene: Scene) -> None:
    """A thousand connections that say half of what they have to."""

    async def half() -> asyncio.StreamWriter | None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", scene.server.port)
            writer.write(b"GET /ws/abc HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websoc")
        except OSError:
            return None
        return writer

    writers = [await half() for _ in range(1000)]
    await scene.readiness()  # who has something to say is answered meanwhile
    for writer in writers:
        if writer is not None:
            writer.transport.abort()


async def _hello(scene: Scene, code: str, cookie: str | None, *, stay: bool = False) -> asyncio.StreamWriter:
    """A WebSocket by hand that says hello and then reads nothing."""
    from game.protocol.limits import PROTOCOL_VERSION

    _, writer = await asyncio.open_connection("127.0.0.1", scene.server.port, limit=1024)
    with suppress(OSError):
        lines = [f"GET /ws/{code} HTTP/1.1", f"Host: 127.0.0.1:{scene.server.port}", "Upgrade: websocket", "Connection: Upgrade",
                 "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", *([f"Cookie: {cookie}"] if cookie else [])]  # fmt: skip
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        await asyncio.sleep(0.3)
        hello = b'{"type":"hello","protocol":%d,"nickname":"Ghost","role":"%s"}' % (PROTOCOL_VERSION, b"spectator" if stay else b"player")
        writer.write(b"\x81" + (bytes([0x80 | len(hello)]) if len(hello) < 126 else b"\xfe" + len(hello).to_bytes(2)) + bytes(4) + hello)
        await writer.drain()
        await asyncio.sleep(0.3)
    if not stay:
        writer.transport.abort()
    return writer


SHARES: Final[dict[Fault, int]] = {
    server_killed: 7,
    server_restarted: 4,
    loop_blocked: 5,
    clock_jumps: 6,
    worker_killed: 8,
    worker_hangs: 3,
    database_killed: 5,
    database_slow: 4,
    database_drops: 6,
    database_read_only: 4,
    disk_full: 5,
    connections_dropped: 20,
    frames_delayed: 5,
    frames_cut: 5,
    duplicate_reconnect: 8,
    one_who_never_reads: 4,
    one_byte_a_second: 3,
    half_open_handshakes: 3,
}
"""How often each comes, of about a hundred."""
OF_PAGES: Final = frozenset({connections_dropped, frames_cut, duplicate_reconnect})


def schedule(scene: Scene, count: int) -> list[Fault]:
    """So many faults in a random order, all kinds among them if there is room for that."""
    first = [fault for fault in SHARES if fault is not clock_jumps or scene.clock.is_there]
    all_of_them = [fault for fault in first for _ in range(SHARES[fault])]
    scene.random.shuffle(all_of_them)
    scene.random.shuffle(first)
    chosen = (first + scene.random.choices(all_of_them, k=max(0, count - len(first))))[:count] if count < len(all_of_them) else all_of_them
    scene.random.shuffle(chosen)
    return chosen
