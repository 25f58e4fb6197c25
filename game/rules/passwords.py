"""A room's password as the room keeps it: who reads the server's memory or its snapshots does not learn it."""

from hashlib import scrypt
from hmac import compare_digest
from typing import Final

_cost: Final = 2**9
"""About two milliseconds and half a mebibyte: it is reckoned on the event loop, once or twice for one who comes in."""
_bytes: Final = 16


def hashed(password: str, code: str) -> str:
    """Return what to keep of a password of the room with this code, which is its salt: no two rooms have the same. An empty one stays empty."""
    if not password:
        return ""
    return scrypt(password.encode(errors="surrogatepass"), salt=code.encode(), n=_cost, r=8, p=1, dklen=_bytes).hex()


def is_right(password: str, kept: str, code: str) -> bool:
    """Whether this is the password of which `kept` was kept; without one, any is."""
    return not kept or (bool(password) and compare_digest(hashed(password, code), kept))
