"""Deletes over HTTP: through the outbox, after all that was to be written before."""

from typing import Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel

from game.http.answers import Described
from game.store.entries import Entry
from game.store.writer import ResultWriter


class Deleted(BaseModel):
    """Whether it is; if not yet, why."""

    deleted: bool
    detail: str | None = None


DELETED: Final[Described] = {
    200: {"model": Deleted},
    202: {"model": Deleted, "description": "The database is away; it will be deleted when it is back."},
}
"""What `forget` answers, for a route's `responses`."""
_patience: Final = 5.0
"""Seconds to wait for the database before saying that it will be done later."""


async def forget(writer: ResultWriter, what: Entry) -> JSONResponse:
    """Have something deleted: 200 when it is, 202 if the database is away and it will be, in any case, when it is back."""
    if await writer.keep_and_wait(what, _patience):
        return JSONResponse({"deleted": True})
    return JSONResponse({"deleted": False, "detail": "The database does not answer just now; it will be deleted as soon as it does."}, 202)
