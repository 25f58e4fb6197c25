"""No request brings along more than a few words: whoever sends more is refused before it is read."""

from typing import Final

from fastapi import HTTPException
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY_BYTES: Final = 16 * 1024
"""The largest body that means anything here, a transfer's code, has some hundred bytes."""
_too_large: Final = f"A request has at most {MOST_BODY_BYTES} bytes here; nothing larger is ever needed."


class BodyLimit:
    """ASGI middleware: 413 for a body that says that it is too large, at once, and for one that turns out to be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, with an eye on how much comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"")
        if told.isdigit() and int(told) > MOST_BODY_BYTES:
            # What still comes on this connection is not waited for.
            await JSONResponse({"detail": _too_large}, 413, {"Connection": "close"})(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BODY_BYTES:
                raise HTTPException(413, _too_large, {"Connection": "close"})
            return message

        await self._app(scope, counted, send)
