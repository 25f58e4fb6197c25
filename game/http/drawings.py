"""A game's drawings as pictures, for those who know the game's id, which nobody can guess."""

import asyncio
from collections import OrderedDict
from typing import Annotated, Final, Literal

from fastapi import APIRouter, HTTPException, Path, Response
from starlette.concurrency import run_in_threadpool

from game.drawing import png_of, svg_of
from game.store.drawings import ink_of
from game.store.session import Sessions

Kind = Literal["svg", "png"]
_media: Final = {"svg": "image/svg+xml", "png": "image/png"}
_kept_bytes: Final = 16 * 1024 * 1024


class Pictures:
    """Renders one picture at a time, for a drawing full of fills takes seconds, and keeps the last ones."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._turn = asyncio.Lock()
        self._kept: OrderedDict[tuple[str, int, Kind], bytes] = OrderedDict()
        self._bytes = 0

    async def of(self, game_id: str, turn: int, kind: Kind) -> bytes | None:
        """The picture; None if there is no such drawing."""
        key = (game_id, turn, kind)
        async with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            ink = await ink_of(self._sessions, game_id, turn)
            if ink is None:
                return None
            picture = await run_in_threadpool(_render, ink, kind)
            self._kept[key] = picture
            self._bytes += len(picture)
            while self._bytes > _kept_bytes and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1])
            return picture


def _render(ink: bytes, kind: Kind) -> bytes:
    return svg_of(ink).encode() if kind == "svg" else png_of(ink)


def router(sessions: Sessions) -> APIRouter:
    """Return the routes under /api/games."""
    api = APIRouter(prefix="/api/games", tags=["drawings"])
    pictures = Pictures(sessions)

    @api.get("/{game_id}/drawings/{turn}.{kind}", response_class=Response)
    async def drawing(game_id: str, turn: Annotated[int, Path(ge=1, le=65535)], kind: Kind) -> Response:
        picture = await pictures.of(game_id, turn, kind)
        if picture is None:
            raise HTTPException(404, "There is no such drawing. One that was just finished takes a moment to be kept.")
        return Response(picture, media_type=_media[kind], headers={"Cache-Control": "private, max-age=86400"})

    return api
