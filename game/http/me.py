"""What is kept about who asks: the personal page, their drawings, taking it along, having it deleted, and being the same player elsewhere."""

import asyncio
import io
import json
from typing import Annotated

import segno
from fastapi import APIRouter, Body, HTTPException, Query, Request, Response
from pydantic import BaseModel

from game.gateway.rate_limits import ByAddress, for_transfers
from game.http.answers import WITHOUT_NUL, content, refusals
from game.http.asker import Askers
from game.http.forget import DELETED, forget
from game.http.gallery import Gallery, page_of
from game.store.belongings import belongings_of
from game.store.drawings import of_player
from game.store.entries import ForgetDrawings, ForgetPlayer
from game.store.players import PersonalPage, nickname_of, personal_page
from game.store.session import Sessions
from game.store.transfers import LIFETIME, open_transfer, take_transfer
from game.store.writer import ResultWriter


class Transfer(BaseModel):
    """A code with which another device becomes this player, once, within so many seconds."""

    code: str
    link: str
    seconds: int


class Adopted(BaseModel):
    """Whose code it was; empty if no game of theirs is kept yet."""

    nickname: str


def router(sessions: Sessions, writer: ResultWriter, askers: Askers, link_base: str) -> APIRouter:
    """Return the routes under /api/me. `link_base`: the address that links start with."""
    api = APIRouter(prefix="/api/me", tags=["me"], responses=refusals(503))
    attempts = ByAddress(for_transfers)

    def check_pace(request: Request) -> None:
        if not attempts.take(request.client.host if request.client else "", asyncio.get_running_loop().time()):
            raise HTTPException(429, "That was tried often from your address just now. Wait a minute.")

    @api.get("", responses=refusals(404))
    async def me(request: Request) -> PersonalPage:
        page = await personal_page(sessions, askers.player_id(request))
        if page is None:
            raise HTTPException(404, "Nothing is kept about you yet. Play a game, and come back.")
        return page

    @api.get("/drawings", responses=refusals(404, 422))
    async def my_drawings(
        request: Request, after: Annotated[str, Query(max_length=16, pattern=WITHOUT_NUL)] = "", limit: Annotated[int, Query(ge=1, le=48)] = 24
    ) -> Gallery:
        return page_of(await of_player(sessions, askers.player_id(request), limit, after))

    @api.delete("/drawings", responses=DELETED)
    async def delete_drawings(request: Request) -> Response:
        return await forget(writer, ForgetDrawings(drawer_id=askers.player_id(request)))

    @api.get("/export", response_class=Response, responses=content("application/json"))
    async def export(request: Request) -> Response:
        belongings = await belongings_of(sessions, askers.player_id(request))
        body = await asyncio.to_thread(json.dumps, belongings, ensure_ascii=False, indent=1)
        return Response(body, media_type="application/json", headers={"Content-Disposition": 'attachment; filename="guesstroke-me.json"'})

    @api.delete("", responses=DELETED | refusals(409))
    async def delete_me(request: Request) -> Response:
        player_id = askers.player_id(request)
        if await askers.rooms.seats(player_id):
            raise HTTPException(
                409, "You have a seat in a room, where more would be kept. Leave it first; a seat that is left is free after a while."
            )
        answer = await forget(writer, ForgetPlayer(player_id))
        cookie = askers.identities.newcomer(request).set_cookie
        answer.headers["Set-Cookie"] = cookie or ""
        return answer

    @api.post("/transfer", responses=refusals(429))
    async def transfer(request: Request) -> Transfer:
        check_pace(request)
        code = await open_transfer(sessions, askers.player_id(request))
        return Transfer(code=code, link=_link(code), seconds=int(LIFETIME.total_seconds()))

    @api.get("/transfer/{code}/qr.svg", response_class=Response, responses=content("image/svg+xml") | refusals(422))
    async def qr(code: str) -> Response:
        picture = io.BytesIO()
        segno.make(_link(code[:32]), micro=False).save(picture, kind="svg", scale=6, border=2)
        return Response(picture.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})

    def _link(code: str) -> str:
        return f"{link_base}/move/{code}"

    @api.post("/adopt", responses=refusals(400, 404, 413, 422, 429))
    async def adopt(request: Request, response: Response, code: Annotated[str, Body(embed=True, max_length=64)]) -> Adopted:
        check_pace(request)
        player_id = await take_transfer(sessions, code)
        if player_id is None:
            raise HTTPException(404, "This code is wrong, used or too old. Get a new one on the other device: each works once, for ten minutes.")
        response.headers["Set-Cookie"] = askers.identities.cookie_for(player_id, request)
        return Adopted(nickname=await nickname_of(sessions, player_id) or "")

    return api
