"""What is answered while the database does not: games go on, but what is kept cannot be looked at."""

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

log = structlog.get_logger()
SENTENCE = "The server's database does not answer just now. Games go on and nothing is lost; try this again in a moment."


def install(app: FastAPI) -> None:
    """Answer 503 with a sentence where the database cannot be reached."""

    async def answer(request: Request, error: Exception) -> JSONResponse:
        log.warning("the database did not answer", path=request.url.path, reason=str(error.__cause__ or error))
        return JSONResponse({"detail": SENTENCE}, 503, {"Retry-After": "5"})

    for kind in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(kind, answer)
