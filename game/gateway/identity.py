"""Who a player is: an id that the server made and signed, kept by the browser."""

import secrets
import uuid
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer


class Identities:
    """Signs ids and recognises its own signature."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(key, salt="guesstroke.player")

    @classmethod
    def from_key_file(cls, path: Path) -> "Identities":
        """Use the key in the file, made now if there is none, readable by its owner alone."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
        return cls(path.read_text().strip())

    def recognise(self, token: str | None) -> str:
        """Return the player id in the token; a new one if there is none or it is not ours."""
        if token is not None:
            try:
                return str(uuid.UUID(self._serializer.loads(token)))
            except (BadSignature, ValueError, TypeError, AttributeError):
                pass
        return str(uuid.uuid4())

    def token(self, player_id: str) -> str:
        """Return the token that proves this id later."""
        return str(self._serializer.dumps(player_id))
