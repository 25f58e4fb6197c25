"""Where this server can be reached."""

import socket
from typing import Final

_anywhere: Final = ("0.0.0.0", "::", "")


def lan_address() -> str | None:
    """Return the machine's address on its local network, None if it has none but its own loopback.

    Connecting a UDP socket sends nothing; it asks the system which address it would send from.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address


def local_url(host: str, port: int) -> str:
    """The address to type on this machine."""
    return f"http://{_bracketed('127.0.0.1' if host in _anywhere else host)}:{port}"


def network_url(host: str, port: int) -> str | None:
    """The address to type elsewhere on the local network; None if the server listens on loopback or there is no network."""
    if host not in _anywhere:
        return None if host in ("127.0.0.1", "localhost", "::1") else f"http://{_bracketed(host)}:{port}"
    address = lan_address()
    return f"http://{address}:{port}" if address else None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
