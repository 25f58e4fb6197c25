"""The browser client's files."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from game.gateway.identity import Identities

_security_headers: Final = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # invite links are secrets
}


def install(app: FastAPI, static: Path, identities: Identities) -> None:
    """Serve the page at / and /r/{code}, its parts under /static, with headers that keep other code out.

    The page brings a newcomer's identity along.
    """
    pages = APIRouter(include_in_schema=False)

    @pages.get("/")
    @pages.get("/r/{code}")
    async def page(request: Request, code: str = "") -> FileResponse:
        cookie = identities.of(request).set_cookie
        return FileResponse(static / "index.html", headers={"Set-Cookie": cookie} if cookie else None)

    @app.middleware("http")
    async def add_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        if not request.url.path.startswith("/docs"):
            response.headers.update(_security_headers)
        if request.url.path.startswith("/static") or response.headers.get("content-type", "").startswith("text/html"):
            response.headers["Cache-Control"] = "no-cache"  # always ask: an upgrade must reach every browser
        return response

    app.include_router(pages)
    app.mount("/static", StaticFiles(directory=static))
