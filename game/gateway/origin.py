"""Whether a page may open a socket here: only this server's own pages may."""

from urllib.parse import urlsplit


def is_allowed(origin: str | None, host: str | None, public_url: str | None) -> bool:
    """Compare the Origin header with the Host header and the public address.

    Programs that are no browsers send no Origin and are let in: they could send any.
    """
    if origin is None:
        return True
    if public_url is not None and _authority(origin) == _authority(public_url):
        return True
    return host is not None and urlsplit(origin).netloc.lower() == host.lower()


def _authority(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
