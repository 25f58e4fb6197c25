"""Several servers on one machine, that share a port and are one (docs/scaling.md): each is a process, and one that dies is started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

import structlog
from rich.console import Console

from game import logs
from game.addresses import local_url, network_url
from game.mistake import Mistake
from game.server import announce, listen, migrated
from game.settings import Settings

log = structlog.get_logger()
_again: Final = 1.0
"""Seconds until one that has died is started again."""
_look_every: Final = 0.1


def serve_many(settings: Settings, count: int) -> None:
    """Keep so many servers running until a signal ends them. Raises Mistake if they cannot be one, or the port cannot be had."""
    if settings.redis_url is None or not settings.store_url.startswith("postgresql"):
        raise Mistake(
            "Several workers meet over Redis, and share their rooms in PostgreSQL: give --redis-url and --database-url, "
            "or set GUESSTROKE_REDIS_URL and GUESSTROKE_DATABASE_URL."
        )
    logs.set_up(settings.log_format)
    console = Console(quiet=settings.log_format == "json")
    # The port is held by this process, which takes no connections; each server listens on it for itself, and the system shares them out.
    place = listen(settings.host, settings.port, shared=True, takes_connections=False)
    port = place.getsockname()[1]
    migrated(console, settings.store_url)
    announce(console, local_url(settings.host, port), settings.public_url or network_url(settings.host, port))
    artists = settings.artist_workers or max(1, ((os.cpu_count() or 2) - 1) // count)
    environment = os.environ | _given(settings) | {"GUESSTROKE_PORT": str(port), "GUESSTROKE_ARTIST_WORKERS": str(artists)}
    _keep([lambda: _start(environment)] * count)
    place.close()


def _given(settings: Settings) -> dict[str, str]:
    """What the command line has said, for those who only see the environment."""
    given = {"HOST": settings.host, "PUBLIC_URL": settings.public_url, "REDIS_URL": settings.redis_url, "DATABASE_URL": settings.database_url}
    return {f"GUESSTROKE_{name}": value for name, value in given.items() if value is not None} | {"GUESSTROKE_SHARES_PORT": "true"}


def _start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "game", "serve"], env=environment, stdin=subprocess.DEVNULL)


def _keep(starts: list[Callable[[], subprocess.Popen[bytes]]]) -> None:
    """Start all, and again what ends, until this process is told to end; then end them."""
    ending: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        ending.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    servers = [start() for start in starts]
    died: dict[int, float] = {}
    while not ending:
        time.sleep(_look_every)
        for index, server in enumerate(servers):
            if server.poll() is None:
                continue
            if index not in died:
                log.error("a server has ended; starting another", pid=server.pid, status=server.returncode)
                died[index] = time.monotonic()
            elif time.monotonic() - died[index] > _again:
                servers[index] = starts[index]()
                del died[index]
    for server in servers:
        if server.poll() is None:
            server.terminate()
    for server in servers:
        server.wait()
