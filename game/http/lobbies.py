"""Opening a room, asking about one, and its invite link as a picture."""

import io

import segno
from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel

from game.protocol.server_messages import Phase
from game.rooms.registry import Rooms
from game.rooms.room import Room


class Opened(BaseModel):
    """A room just opened."""

    code: str
    path: str
    invite_url: str


class LobbyInfo(BaseModel):
    """What one may know of a room before joining it."""

    code: str
    phase: Phase
    players: int
    max_players: int


def router(rooms: Rooms) -> APIRouter:
    """Return the routes under /api/lobbies."""
    api = APIRouter(prefix="/api/lobbies", tags=["lobbies"])

    def find(code: str) -> Room:
        room = rooms.find(code)
        if room is None:
            raise HTTPException(404, "There is no such room. It may have closed; ask for a new link.")
        return room

    @api.post("", status_code=201)
    async def open_lobby() -> Opened:
        room = rooms.open()
        return Opened(code=room.code, path=f"/r/{room.code}", invite_url=rooms.invite_url(room.code))

    @api.get("/{code}")
    async def look(code: str) -> LobbyInfo:
        room = find(code)
        return LobbyInfo(code=room.code, phase=room.game.phase, players=len(room.game.seats.people), max_players=room.game.settings.max_players)

    @api.get("/{code}/qr.svg", response_class=Response)
    async def qr(code: str) -> Response:
        picture = io.BytesIO()
        segno.make(rooms.invite_url(find(code).code), micro=False).save(picture, kind="svg", scale=6, border=2)
        return Response(picture.getvalue(), media_type="image/svg+xml")

    return api
