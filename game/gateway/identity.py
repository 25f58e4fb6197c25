"""Who a player is: an id that the server made and signed, kept by the browser in a cookie that scripts cannot read."""

import uuid
from dataclasses import dataclass
from hashlib import blake2b
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import HTTPConnection

from game.gateway.signing_keys import read_keys

COOKIE: Final = "guesstroke"
_year: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Identity:
    """A player's id, and the header that makes the browser keep it, where it does not yet as it should."""

    player_id: str
    set_cookie: str | None


class Identities:
    """Signs ids and recognises its own signature."""

    def __init__(self, key: str, *older: str) -> None:
        """`key` signs; `older`, the newest of them first, are still believed."""
        self._oldest_key = (key, *older)[-1]
        self._serializers = [URLSafeSerializer(each, salt="guesstroke.player") for each in (key, *older)]

    @classmethod
    def from_key_file(cls, path: Path) -> "Identities":
        """Use the keys in the file. Raises Mistake if it has none."""
        return cls(*read_keys(path))

    def derived_secret(self, purpose: str) -> str:
        """Return what only this server knows, the same each time for one purpose, and which says nothing about the key.

        It is the oldest key's, so that a new one does not change it; it changes when the oldest is taken out of the file.
        """
        return blake2b(purpose.encode(), key=self._oldest_key.encode()[:64], digest_size=16).hexdigest()

    def of(self, connection: HTTPConnection) -> Identity:
        """Return who asks, by the cookie; somebody new if there is none or it is not ours. One signed with an older key is replaced."""
        token = connection.cookies.get(COOKIE)
        if (known := _signed_id(self._serializers[0], token)) is not None:
            return Identity(known, None)
        if (known := self.recognise(token)) is not None:
            return Identity(known, self.cookie_for(known, connection))
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
        return next((known for each in self._serializers if (known := _signed_id(each, token)) is not None), None)

    def _cookie(self, player_id: str, *, secure: bool) -> str:
        cookie: SimpleCookie = SimpleCookie()
        cookie[COOKIE] = str(self._serializers[0].dumps(player_id))
        cookie[COOKIE].update({"path": "/", "max-age": str(_year), "httponly": "yes", "samesite": "Lax", "secure": "yes" if secure else ""})
        return cookie[COOKIE].OutputString()


def _signed_id(serializer: URLSafeSerializer, token: str | None) -> str | None:
    if not token:  # as newcomers have it: the error would hold its own frames, until the collector comes
        return None
    try:
        return str(uuid.UUID(serializer.loads(token)))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
