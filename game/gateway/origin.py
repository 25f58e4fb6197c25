"""Whether a page may open a socket here: only this server's own pages may."""

from typing import Final
from urllib.parse import urlsplit

_usual_ports: Final = {"http": 80, "https": 443}


def is_allowed(origin: str | None, host: str | None, public_url: str | None) -> bool:
    """Compare the Origin header with the Host header and the public address.

    Programs that are no browsers send no Origin and are let in: they could send any. A page in a sandbox, a file's and one that hides
    where it comes from send `null`, and are not.
    """
    if origin is None:
        return True
    page = _place(origin)
    if page is None:
        return False
    if public_url is not None and page == _place(public_url):
        return True
    return host is not None and page == _place(f"{page[0]}://{host}")


def _place(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of a web address, the usual port spelled out; None if it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _usual_ports or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port if port is not None else _usual_ports[parts.scheme]
