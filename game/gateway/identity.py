"""Who a player is: an id that the server made and signed, kept by the browser in a cookie that scripts cannot read."""

import secrets
import uuid
from dataclasses import dataclass
from hashlib import blake2b
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import HTTPConnection

COOKIE: Final = "guesstroke"
_year: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Identity:
    """A player's id, and the header that makes the browser keep it, where it does not yet."""

    player_id: str
    set_cookie: str | None


class Identities:
    """Signs ids and recognises its own signature."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._serializer = URLSafeSerializer(key, salt="guesstroke.player")

    @classmethod
    def from_key_file(cls, path: Path) -> "Identities":
        """Use the key in the file, made now if there is none, readable by its owner alone."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
        return cls(path.read_text().strip())

    def derived_secret(self, purpose: str) -> str:
        """Return what only this server knows, the same each time for one purpose, and which says nothing about the key."""
        return blake2b(purpose.encode(), key=self._key.encode()[:64], digest_size=16).hexdigest()

    def of(self, connection: HTTPConnection) -> Identity:
        """Return who asks, by the cookie; somebody new if there is none or it is not ours."""
        known = self.recognise(connection.cookies.get(COOKIE))
        if known is not None:
            return Identity(known, None)
        return self.newcomer(connection)

    def newcomer(self, connection: HTTPConnection) -> Identity:
        """Return somebody new, whoever asked before."""
        player_id = str(uuid.uuid4())
        return Identity(player_id, self.cookie_for(player_id, connection))

    def cookie_for(self, player_id: str, connection: HTTPConnection) -> str:
        """Return the header that makes a browser be this player from now on."""
        return self._cookie(player_id, secure=connection.url.scheme in ("https", "wss"))

    def recognise(self, token: str | None) -> str | None:
        """Return the player id in the token; None if there is none or it is not ours."""
        try:
            return str(uuid.UUID(self._serializer.loads(token or "")))
        except (BadSignature, ValueError, TypeError, AttributeError):
            return None

    def _cookie(self, player_id: str, *, secure: bool) -> str:
        cookie: SimpleCookie = SimpleCookie()
        cookie[COOKIE] = str(self._serializer.dumps(player_id))
        cookie[COOKIE].update({"path": "/", "max-age": str(_year), "httponly": "yes", "samesite": "Lax", "secure": "yes" if secure else ""})
        return cookie[COOKIE].OutputString()
