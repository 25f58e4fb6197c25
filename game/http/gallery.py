"""Drawings to look at over HTTP: the gallery, a room's, a game's."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel

from game.drawing.card import Card as PosterCard
from game.http.answers import WITHOUT_NUL, Key, content, refusals
from game.http.asker import Askers
from game.http.forget import DELETED, forget
from game.http.just_now import found
from game.rendering import Renderer
from game.store import drawings
from game.store.entries import ForgetDrawings
from game.store.games import Game, Place, game_of, inks_of
from game.store.session import Sessions
from game.store.writer import ResultWriter

NO_GAME = "There is no such game. One that has just ended takes a moment to be kept."
_most = 48


class Gallery(BaseModel):
    """Some drawings, and the key after which to go on."""

    drawings: list[drawings.Card]
    next: str | None


class GameView(BaseModel):
    """A game as it is remembered. Its room is not told: by a drawing's link nobody gets into a private room."""

    id: str
    language: str
    mode: str
    rounds: int
    started: datetime
    ended: datetime | None
    podium: list[Place]
    drawings: list[drawings.Card]
    may_delete: bool


def router(sessions: Sessions, writer: ResultWriter, askers: Askers, renderer: Renderer) -> APIRouter:
    """Return the routes /api/gallery and those under /api/games."""
    api = APIRouter(prefix="/api", tags=["gallery"], responses=refusals(404, 422, 503))

    @api.get("/gallery")
    async def gallery(
        request: Request,
        room: Annotated[str, Query(max_length=16, pattern=WITHOUT_NUL)] = "",
        word: Annotated[str, Query(max_length=80, pattern=WITHOUT_NUL)] = "",
        language: Annotated[str, Query(max_length=8, pattern=WITHOUT_NUL)] = "",
        mode: Annotated[str, Query(max_length=16, pattern=WITHOUT_NUL)] = "",
        drawer: Literal["people", "ai"] | None = None,
        liked: bool = False,
        sort: Literal["new", "liked"] = "new",
        after: Annotated[str, Query(max_length=16, pattern=WITHOUT_NUL)] = "",
        limit: Annotated[int, Query(ge=1, le=_most)] = 24,
    ) -> Gallery:
        wanted = drawings.Wanted(room.lower(), word.strip(), language, mode, drawer, liked, sort)
        return page_of(await drawings.in_gallery(sessions, wanted, askers.player_id(request), limit, after))

    async def find(game_id: str, request: Request) -> Game:
        player_id = askers.player_id(request)
        game = await found(lambda: game_of(sessions, game_id, player_id), writer)
        if game is None:
            raise HTTPException(404, NO_GAME)
        return game

    @api.get("/games/{game_id}")
    async def game(game_id: Key, request: Request) -> GameView:
        kept = await find(game_id, request)
        shown = {name: getattr(kept, name) for name in GameView.model_fields if name != "may_delete"}
        return GameView(**shown, may_delete=await may_delete(kept, request))

    async def may_delete(game: Game, request: Request) -> bool:
        return await askers.may_delete(request, frozenset({game.host_id} if game.host_id else ()), game.room)

    @api.get("/games/{game_id}/poster.png", response_class=Response, responses=content("image/png"))
    async def poster(game_id: Key, request: Request) -> Response:
        game = await find(game_id, request)
        inks = await inks_of(sessions, game_id)
        cards = [PosterCard(inks[card.key].ink, card.word, _caption(card)) for card in game.drawings if card.key in inks]
        podium = [(place.rank, f"{place.nickname} {place.score}") for place in game.podium]
        names = " · ".join(place.nickname for place in game.podium) or "Guesstroke"
        key = ("poster", game_id, tuple(card.key for card in game.drawings), names)
        picture = await renderer.render(key, "poster_of", names, f"{game.started:%Y-%m-%d}", cards, podium)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=60"})

    @api.delete("/games/{game_id}/drawings", responses=DELETED | refusals(403))
    async def delete_all(game_id: Key, request: Request) -> Response:
        if not await may_delete(await find(game_id, request), request):
            raise HTTPException(403, "Only the host of its room, or the server's owner, can delete a game's drawings.")
        return await forget(writer, ForgetDrawings(game_id=game_id))

    return api


def page_of(some: drawings.Some | None) -> Gallery:
    """The answer with some drawings; 404 where the one to go on after is not known."""
    if some is None:
        raise HTTPException(404, "There is no drawing to go on after. Start again from the first page.")
    return Gallery(drawings=some.drawings, next=some.next)


def _caption(card: drawings.Card) -> str:
    return f"{card.drawer}, {card.likes} ♥" if card.likes else card.drawer
