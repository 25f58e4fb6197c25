"""Serves the browser client."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from game.gateway.identity import Identities
from game.http.page import Page, with_preview

_security_headers: Final = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # invite links are secrets
}
_screens: Final = {
    "/": "front",
    "/r/{code}": "room",
    "/r/{code}/gallery": "gallery",
    "/gallery": "gallery",
    "/drawing/{key}": "drawing",
    "/game/{game_id}": "game_page",
    "/scores": "scores",
    "/stats": "stats",
    "/me": "me",
    "/move/{code}": "move",
    "/admin": "admin",
}
"""Which screen each address shows; static/js/routes.js has the same."""
_always_ask: Final = "no-cache"
_for_ever: Final = "public, max-age=31536000, immutable"
_least_to_compress: Final = 500


def install(app: FastAPI, page: Page, identities: Identities) -> None:
    """Serve the page at the addresses of its screens, its parts under /static/{build}, with headers that keep other code out.

    The page brings a newcomer's identity along.
    """
    pages = APIRouter(include_in_schema=False)

    def serve(path: str, screen: str) -> None:
        @pages.get(path, name=screen)
        async def index(request: Request) -> HTMLResponse:
            cookie = identities.of(request).set_cookie
            document = page.screens[screen]
            if key := request.path_params.get("key"):
                document = with_preview(document, f"{request.base_url}api/drawings/{quote(key)}/card.png")
            return HTMLResponse(document, headers={"Set-Cookie": cookie} if cookie else None)

    for path, screen in _screens.items():
        serve(path, screen)

    @pages.get("/offline")
    async def offline() -> HTMLResponse:
        return HTMLResponse(page.offline)

    @pages.get("/manifest.webmanifest")
    async def manifest() -> Response:
        return Response(page.manifest, media_type="application/manifest+json")

    @pages.get("/service-worker.js")  # at the top, for it may only look after what lies below itself
    async def service_worker() -> Response:
        return Response(page.service_worker, media_type="text/javascript")

    @pages.get(f"{page.path}/page.css")
    async def styles() -> Response:
        return Response(page.styles, media_type="text/css")

    @app.middleware("http")
    async def add_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        if response.status_code < 400 and request.url.path.startswith(page.path):
            # Scores of small files: what only a page needs is left out.
            response.headers.update({"Cache-Control": _for_ever, "X-Content-Type-Options": "nosniff"})
            return response
        if not request.url.path.startswith("/docs"):
            response.headers.update(_security_headers)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _always_ask
        return response

    app.add_middleware(GZipMiddleware, minimum_size=_least_to_compress)
    app.include_router(pages)
    app.mount(page.path, StaticFiles(directory=page.folder))
