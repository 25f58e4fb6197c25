"""One drawing over HTTP, for those who know its key, which nobody can guess: its strokes with their times, a picture, a film."""

from base64 import b64encode
from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response

from game.drawing.archive import Archived
from game.http.answers import Key, content, refusals
from game.http.asker import Askers
from game.http.forget import DELETED, forget
from game.protocol.limits import CANVAS_WIDTH
from game.rendering import Maker, Renderer
from game.store.drawings import Card, Guess, Told, archived, told
from game.store.entries import ForgetDrawings
from game.store.session import Sessions
from game.store.writer import ResultWriter

Kind = Literal["svg", "png", "gif", "webp"]
NO_DRAWING: Final = "There is no such drawing. It may have been deleted; one that was just finished takes a moment to be kept."
_media: Final = {"svg": "image/svg+xml", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
_for_a_while: Final = {"Cache-Control": "private, max-age=600"}
_film_width: Final = 480
"""Pixels of an animation, unless it is asked for in another."""


@dataclass(frozen=True, slots=True)
class DrawingView(Card):
    """A card, and all that a replay needs."""

    seconds: float
    reason: str
    guesses: list[Guess]
    ink: str
    """Records as docs/protocol.md has them, one after another, in base64."""
    times: list[int]
    """When each record came, in milliseconds from the turn's start."""
    may_delete: bool


def router(sessions: Sessions, writer: ResultWriter, askers: Askers, renderer: Renderer) -> APIRouter:
    """Return the routes under /api/drawings."""
    api = APIRouter(prefix="/api/drawings", tags=["drawings"], responses=refusals(404, 422, 503))

    async def find(key: str, request: Request) -> Told:
        found = await told(sessions, key, askers.player_id(request))
        if found is None:
            raise HTTPException(404, NO_DRAWING)
        return found

    # Before the one below it, whose `key` would take in the dot.
    @api.get("/{key}/card.png", response_class=Response, responses=content("image/png"))
    async def card(key: Key) -> Response:
        """The picture that previews of a link show: it does not tell the word."""
        kept = await archived(sessions, key)
        if kept is None:
            raise HTTPException(404, NO_DRAWING)
        picture = await renderer.render(("card", key), "card_of", kept.ink, "What is it?", "Drawn in Guesstroke, by people and an AI.")
        return Response(picture, media_type="image/png", headers=_for_a_while)

    @api.get("/{key}.{kind}", response_class=Response, responses=content(*_media.values()))
    async def picture(key: Key, kind: Kind, width: Annotated[int | None, Query(ge=16, le=4000)] = None) -> Response:
        kept = await archived(sessions, key)
        if kept is None:
            raise HTTPException(404, NO_DRAWING)
        made = await renderer.render((key, kind, width), *_work(kept, kind, width))
        return Response(made, media_type=_media[kind], headers=_for_a_while)

    @api.get("/{key}")
    async def drawing(key: Key, request: Request) -> DrawingView:
        found = await find(key, request)
        return DrawingView(
            **{field.name: getattr(found.card, field.name) for field in fields(Card)},
            seconds=found.seconds,
            reason=found.reason,
            guesses=found.guesses,
            ink=b64encode(found.archived.ink).decode(),
            times=list(found.archived.times),
            may_delete=askers.may_delete(request, found.owners, found.room),
        )

    @api.delete("/{key}", responses=DELETED | refusals(403))
    async def delete(key: Key, request: Request) -> Response:
        found = await find(key, request)
        if not askers.may_delete(request, found.owners, found.room):
            raise HTTPException(403, "Only who drew it, the host of its room, or the server's owner, can delete a drawing.")
        return await forget(writer, ForgetDrawings(key=key))

    return api


def _work(kept: Archived, kind: Kind, width: int | None) -> tuple[Maker, *tuple[Any, ...]]:
    """A function of game.drawing and its arguments."""
    if kind == "svg":
        return "svg_of", kept.ink
    if kind == "png":
        return "png_of", kept.ink, width or CANVAS_WIDTH
    return "animation_of", kept, kind, min(width or _film_width, CANVAS_WIDTH)
