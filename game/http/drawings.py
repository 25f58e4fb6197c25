"""A game's drawings as pictures, for those who know the game's id, which nobody can guess."""

from typing import Literal

from fastapi import APIRouter, HTTPException, Response
from starlette.concurrency import run_in_threadpool

from game.drawing import png_of, svg_of
from game.store.drawings import ink_of
from game.store.session import Sessions


def router(sessions: Sessions) -> APIRouter:
    """Return the routes under /api/games."""
    api = APIRouter(prefix="/api/games", tags=["drawings"])

    @api.get("/{game_id}/drawings/{turn}.{kind}", response_class=Response)
    async def drawing(game_id: str, turn: int, kind: Literal["svg", "png"]) -> Response:
        ink = await ink_of(sessions, game_id, turn)
        if ink is None:
            raise HTTPException(404, "There is no such drawing. One that was just finished takes a moment to be kept.")
        picture = await run_in_threadpool(svg_of if kind == "svg" else png_of, ink)
        media = "image/svg+xml" if kind == "svg" else "image/png"
        return Response(picture, media_type=media, headers={"Cache-Control": "private, max-age=86400"})

    return api
