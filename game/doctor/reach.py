"""How players get here: the local network, and the public address with the proxy before it."""

import asyncio
from ipaddress import ip_network
from urllib.error import HTTPError
from urllib.request import urlopen

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, InvalidStatus

from game.addresses import local_url, network_url
from game.doctor.finding import Finding, ok, problem, warning
from game.doctor.machine import build_at
from game.settings import Settings


def check_trust(settings: Settings) -> list[Finding]:
    """Whether everybody may pretend to be anybody."""
    wide = [each.strip() for each in settings.trusted_proxies.split(",") if ip_network(each.strip()).prefixlen == 0]
    if wide:
        what = f"GUESSTROKE_TRUSTED_PROXIES has {wide[0]}: anybody can pretend to come from any address"
        return [problem("trusted proxies", what, "Name the proxy's own address, and nobody besides.")]
    return []


def check_network(settings: Settings) -> list[Finding]:
    """What friends in the same house type."""
    if settings.public_url:
        return []
    address = network_url(settings.host, settings.port)
    if address is None:
        return [warning("local network", "nobody but this machine can come in", "serve --host 0.0.0.0, or a proxy and --public-url.")]
    return [ok("local network", f"{address}, if no firewall is in the way; from outside see docs/hosting.md")]


def check_public_url(settings: Settings) -> list[Finding]:
    """Whether the public address leads here, by TLS if it says so, WebSockets and all. Needs the server to run."""
    url = settings.public_url
    if url is None:
        return []
    found = _page(url, local_url(settings.host, settings.port))
    return [*found, asyncio.run(_socket(url))] if found[0].grade == "ok" else found


def _page(url: str, local: str) -> list[Finding]:
    """The page, and whose it is."""
    here = build_at(local)
    try:
        with urlopen(f"{url}/", timeout=10) as page:
            cookie = page.headers.get("Set-Cookie") or ""
    except HTTPError as error:
        return [problem("public address", f"{url} answers {error.code} {error.reason}", "See that the proxy passes requests to the game's port.")]
    except OSError as error:
        what = f"{url} does not answer: {error}"
        if here is None:
            return [warning("public address", what, "Start the server, and look again.")]
        return [problem("public address", what, "Look at name, port, certificate and firewall: the game itself runs.")]
    there = build_at(url)
    if there is None or here not in (None, there):
        return [problem("public address", f"{url} is answered by something else than this game", "See where the name and the proxy lead.")]
    if url.startswith("https:"):
        return [ok("public address", url), _headers("secure" in cookie.lower())]
    return [ok("public address", url), warning("TLS", "plain http: passwords and cookies can be read on the way", "See docs/hosting.md on proxies.")]


def _headers(is_told: bool) -> Finding:
    """What the page's cookie tells: it is marked Secure if the game knows of the TLS before it."""
    if is_told:
        return ok("proxy headers", "X-Forwarded-Proto comes, from somebody who is believed")
    remedy = "The proxy must set X-Forwarded-Proto and X-Forwarded-For (docs/deploy), and its address be in GUESSTROKE_TRUSTED_PROXIES."
    return problem("proxy headers", "the game does not hear that this is TLS: all players seem to be the proxy", remedy)


async def _socket(url: str) -> Finding:
    """A page's own handshake; no such room is needed for it."""
    try:
        async with connect(f"{url.replace('http', 'ws', 1)}/ws/doctor", origin=url, open_timeout=10):  # type: ignore[arg-type]
            return ok("WebSocket", "passes")
    except InvalidStatus as error:
        status = error.response.status_code
        if status == 403:
            remedy = "The proxy must pass the Host on, and GUESSTROKE_PUBLIC_URL be what players type."
            return problem("WebSocket", "the game refuses its own page", remedy)
        remedy = "The proxy must pass Upgrade and Connection on, by HTTP/1.1: see docs/deploy."
        return problem("WebSocket", f"it does not pass: {status} came instead of 101", remedy)
    except (OSError, InvalidHandshake, TimeoutError) as error:
        return problem("WebSocket", f"it does not pass: {error}", "See the proxy's log, and docs/deploy.")
