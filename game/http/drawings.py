"""One drawing over HTTP, for those who know its key, which nobody can guess: its strokes with their times, a picture, a film."""

from base64 import b64encode
from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response

from game.drawing.archive import Archived
from game.http.answers import Key, content, refusals
from game.http.asker import Askers
from game.http.forget import DELETED, forget
from game.http.just_now import found
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
        player_id = askers.player_id(request)
        drawing = await found(lambda: told(sessions, key, player_id), writer)
        if drawing is None:
            raise HTTPException(404, NO_DRAWING)
        return drawing

    async def find_archived(key: str) -> Archived:
        kept = await found(lambda: archived(sessions, key), writer)
        if kept is None:
            raise HTTPException(404, NO_DRAWING)
        return kept

    # Before the one below it, whose `key` would take in the dot.
    @api.get("/{key}/card.png", response_class=Response, responses=content("image/png"))
    async def card(key: Key) -> Response:
        """The picture that previews of a link show: it does not tell the word."""
        kept = await find_archived(key)
        picture = await renderer.render(("card", key), "card_of", kept.ink, "What is it?", "Drawn in Guesstroke, by people and an AI.")
        return Response(picture, media_type="image/png", headers=_for_a_while)

    @api.get("/{key}.{kind}", response_class=Response, responses=content(*_media.values()))
    async def picture(key: Key, kind: Kind, width: Annotated[int | None, Query(ge=16, le=4000)] = None) -> Response:
        kept = await find_archived(key)
        made = await renderer.render((key, kind, width), *_work(kept, kind, width))
        return Response(made, media_type=_media[kind], headers=_for_a_while)

    @api.get("/{key}")
    async def drawing(key: Key, request: Request) -> DrawingView:
        kept = await find(key, request)
        return DrawingView(
            **{field.name: getattr(kept.card, field.name) for field in fields(Card)},
            seconds=kept.seconds,
            reason=kept.reason,
            guesses=kept.guesses,
            ink=b64encode(kept.archived.ink).decode(),
            times=list(kept.archived.times),
            may_delete=await askers.may_delete(request, kept.owners, kept.room),
        )

    @api.delete("/{key}", responses=DELETED | refusals(403))
    async def delete(key: Key, request: Request) -> Response:
        kept = await find(key, request)
        if not await askers.may_delete(request, kept.owners, kept.room):
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
