"""What programs ask that look after the server."""

import asyncio
from typing import Final

from fastapi import APIRouter, Response
from pydantic import BaseModel

from game.health import Health

_draining: Final = "The server's owner lets nobody new in. Games that have begun play on; the admin page ends it, and so does a new start."

_cut_off: Final = "This server reaches neither the database nor Redis: its rooms are others' by now, and its players were sent there."


class Alive(BaseModel):
    """The server answers. `build`: of the client that it serves."""

    status: str = "ok"
    build: str


class Readiness(BaseModel):
    """Whether players may be sent here, and what is wrong, part by part."""

    ready: bool
    problems: dict[str, str]
    rooms: int
    players: int
    """Whose connection stands."""
    waiting: int
    """Results that the database does not have yet."""
    tasks: int
    """Of the server's event loop: on a server that is well their number follows that of drawings and requests, and does not grow by itself."""


def router(health: Health, build: str) -> APIRouter:
    """Return `/healthz` and `/readyz`."""
    probes = APIRouter(tags=["operating"])

    @probes.get("/healthz")
    async def healthz() -> Alive:
        return Alive(build=build)

    @probes.get("/readyz", responses={503: {"model": Readiness, "description": "What is played now might be lost, or nobody new is let in."}})
    async def readyz(response: Response) -> Readiness:
        ready = health.keeps and not health.rooms.is_draining and not health.rooms.is_cut_off
        if not ready:
            response.status_code = 503
        rooms, players = health.rooms.count()
        return Readiness(
            ready=ready,
            problems=health.problems
            | ({"drain": _draining} if health.rooms.is_draining else {})
            | ({"cluster": _cut_off} if health.rooms.is_cut_off else {}),
            rooms=rooms,
            players=players,
            waiting=health.results.pending,
            tasks=len(asyncio.all_tasks()),
        )

    return probes
