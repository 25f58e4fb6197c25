"""Opening a room, finding public ones, asking about one, and its invite link as a picture."""

import io
import time
from typing import Annotated

import segno
from fastapi import APIRouter, Body, HTTPException, Request, Response
from pydantic import BaseModel

from game.gateway.identity import Identities
from game.gateway.rate_limits import Budgets
from game.http.answers import content, refusals
from game.protocol.client_messages import GameMode
from game.protocol.views import Phase
from game.rooms.registry import Rooms
from game.rooms.summary import RoomSummary
from game.rules.lobby_settings import SettingsError


class Opened(BaseModel):
    """A room just opened, or found by quick play."""

    code: str
    path: str
    invite_url: str


class LobbyInfo(BaseModel):
    """What one may know of a room before joining it."""

    code: str
    phase: Phase
    players: int
    max_players: int
    game_mode: GameMode
    language: str
    has_password: bool


class PublicLobby(LobbyInfo):
    """A line of the list of public rooms."""

    host: str
    """The host's nickname."""
    round: int
    rounds: int
    custom_words: bool


class PublicLobbies(BaseModel):
    """The public rooms, those with most people first, and the languages there are words in."""

    rooms: list[PublicLobby]
    languages: list[str]


def router(rooms: Rooms, identities: Identities, budgets: Budgets) -> APIRouter:
    """Return the routes under /api/lobbies and /api/quick-play."""
    api = APIRouter(prefix="/api", tags=["lobbies"])

    async def find(code: str) -> RoomSummary:
        room = await rooms.look(code)
        if room is None:
            raise HTTPException(404, "There is no such room. It may have closed; ask for a new link.")
        return room

    def check_pace(request: Request) -> None:
        if rooms.is_draining:
            raise HTTPException(503, "This server opens no rooms just now, for it is about to rest. Try again in a while.", {"Retry-After": "60"})
        address = request.client.host if request.client else ""
        if not budgets.take("room", identities.of(request).player_id, address, time.monotonic()):
            raise HTTPException(429, "Many rooms were opened from here just now. Wait a moment, or join one that is open.")

    def opened(code: str) -> Opened:
        return Opened(code=code, path=f"/r/{code}", invite_url=rooms.invite_url(code))

    def check_language(language: str | None) -> str | None:
        known = rooms.house.vocabulary.languages
        if language is not None and language not in known:
            raise HTTPException(422, f"There are words in {', '.join(known)}; got {language!r}.")
        return language

    @api.post("/lobbies", status_code=201, responses=refusals(400, 413, 422, 429, 503))
    async def open_lobby(
        request: Request, language: Annotated[str | None, Body(embed=True)] = None, game_mode: Annotated[GameMode, Body(embed=True)] = "party"
    ) -> Opened:
        check_pace(request)
        try:
            return opened(await rooms.open(language=check_language(language), game_mode=game_mode))
        except SettingsError as error:
            raise HTTPException(422, str(error)) from error

    @api.post("/quick-play", responses=refusals(400, 413, 422, 429, 503))
    async def quick_play(request: Request, language: Annotated[str, Body(embed=True)] = "en") -> Opened:
        check_pace(request)
        return opened(await rooms.quick(check_language(language) or "en", identities.of(request).player_id))

    @api.get("/lobbies", responses=refusals(422))
    async def public_lobbies(language: str | None = None) -> PublicLobbies:
        found = await rooms.public(check_language(language))
        return PublicLobbies(rooms=[_line(room) for room in found[:100]], languages=list(rooms.house.vocabulary.languages))

    @api.get("/lobbies/{code}", responses=refusals(404, 422))
    async def look(code: str) -> LobbyInfo:
        return _info(await find(code))

    @api.get("/lobbies/{code}/qr.svg", response_class=Response, responses=content("image/svg+xml") | refusals(404, 422))
    async def qr(code: str) -> Response:
        picture = io.BytesIO()
        segno.make(rooms.invite_url((await find(code)).code), micro=False).save(picture, kind="svg", scale=6, border=2)
        return Response(picture.getvalue(), media_type="image/svg+xml")

    return api


def _info(room: RoomSummary) -> LobbyInfo:
    return LobbyInfo(**{name: getattr(room, name) for name in LobbyInfo.model_fields})


def _line(room: RoomSummary) -> PublicLobby:
    return PublicLobby(**{name: getattr(room, name) for name in PublicLobby.model_fields})
