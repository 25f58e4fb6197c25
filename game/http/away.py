"""What is answered while the database does not: games go on, but what is kept cannot be looked at."""

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from game.rooms.registry import Unreachable
from game.store.away import in_short, passes

log = structlog.get_logger()
SENTENCE = "The server's database does not answer just now. Games go on and nothing is lost; try this again in a moment."


def install(app: FastAPI) -> None:
    """Answer 503 with a sentence where the database cannot be reached."""

    async def answer(request: Request, error: Exception) -> JSONResponse:
        if not passes(error):
            raise error
        log.warning("the database did not answer", path=request.url.path, reason=in_short(error))
        return JSONResponse({"detail": SENTENCE}, 503, {"Retry-After": "5"})

    async def answer_unreachable(request: Request, error: Exception) -> JSONResponse:
        log.warning("a room could not be reached or opened", path=request.url.path)
        return JSONResponse({"detail": str(error)}, 503, {"Retry-After": "2"})

    app.add_exception_handler(Unreachable, answer_unreachable)
    for kind in (DBAPIError, PoolTimeout):
        app.add_exception_handler(kind, answer)
