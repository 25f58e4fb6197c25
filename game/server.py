"""Runs the server: migrates the database, says where it can be reached, serves."""

import contextlib
import socket
import sys

import segno
import structlog
import uvicorn
from rich.console import Console
from sqlalchemy.exc import OperationalError

from game import collector, logs
from game.addresses import local_url, network_url
from game.app import build_app
from game.gateway.direct_socket import DirectSocket
from game.gateway.patient_http import patient_http
from game.mistake import Mistake
from game.protocol.limits import MAX_FRAME_BYTES
from game.settings import Settings
from game.store.session import migrate

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Serve until a signal ends it. Raises Mistake if the port cannot be had, OSError if the data folder cannot be written."""
    logs.set_up(settings.log_format)
    is_for_people = settings.log_format == "text"
    console = Console(quiet=not is_for_people)
    try:
        listener = listen(settings.host, settings.port, shared=settings.shares_port)
    except OSError as error:
        raise Mistake(f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. Choose another with --port.") from error
    port = listener.getsockname()[1]
    is_migrated = migrated(console, settings.store_url)
    local, network = local_url(settings.host, port), network_url(settings.host, port)
    app = build_app(settings, settings.public_url or network or local, migrated=is_migrated)
    if is_for_people and not settings.shares_port:
        announce(console, local, settings.public_url or network)
    else:
        log.info("the server is open", local=local, public=settings.public_url or network)
    config = uvicorn.Config(
        app,
        log_level="warning",
        log_config=uvicorn.config.LOGGING_CONFIG if is_for_people else None,
        http=patient_http(settings.handshake_seconds),
        ws=DirectSocket if settings.sockets == "direct" else "websockets-sansio",
        ws_max_size=MAX_FRAME_BYTES,
        ws_per_message_deflate=False,  # frames are small: packing them costs more than it saves
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=3,
    )
    _let_many_in()
    _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Uvicorn's, with the collector calmed down once all is in place, and players told before their connections close."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        collector.calm_down()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.config.app.state.suspend()  # type: ignore[union-attr]  # it is ours
        await super().shutdown(sockets)


def _let_many_in() -> None:
    """Allow as many open connections as the system lets this process have; the usual 1,024 are few."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # some systems say "unlimited" and mean less
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def migrated(console: Console, url: str) -> bool:
    """Whether the database is up to date. One that cannot be reached is no reason not to play."""
    try:
        migrate(url)
    except OperationalError as error:
        reason = str(error.orig or error).strip()
        console.print(f"\n  The database does not answer ({reason}).", markup=False)
        console.print("  Games can be played; their results wait in the journal until it does.")
        if console.quiet:
            log.warning("the database does not answer; results wait in the journal until it does", reason=reason)
        return False
    return True


def listen(host: str, port: int, *, shared: bool = False, takes_connections: bool = True) -> socket.socket:
    """Open the listening socket now, so that a taken port is told before anything else happens. `shared`: other servers may listen there, too."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        # What a slow line does not take waits with us, where strokes are merged, and not in the system, which takes megabytes.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, 32 * 1024)
    try:
        listener.bind((host, port))
        if takes_connections:
            listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def announce(console: Console, local: str, network: str | None) -> None:
    """Say to people where the game can be reached."""
    console.print(f"\n  [bold]Guesstroke[/bold] is open.\n\n  On this machine   [bold]{local}[/bold]")
    if network is None:
        console.print("  Other machines cannot reach it: it listens on this machine alone, or there is no network.\n")
    else:
        console.print(f"  For your friends  [bold]{network}[/bold]\n")
        segno.make(network, micro=False).terminal(sys.stdout, compact=True, border=2)
    console.print("  The artist warms up in the background. Ctrl+C ends the game.\n")
