"""The game behind the nginx of docs/deploy, by TLS: pages, WebSockets, and who it takes its visitors for."""

import asyncio
import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.conftest import REPOSITORY
from tests.integration.playing import draw_and_find
from tests.integration.test_doctor import doctor
from tests.integration.wire import Wire, open_room
from tests.server import Server

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/guesstroke.conf;
}}
"""


class BehindNginx(Server):
    """A server whose players come in by a proxy."""

    outside = 0
    """The port that nginx listens on."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.outside}" if self.outside else super().url


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path, patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(f"nginx did not start:\n{log.read_text()}")


@pytest.fixture
def behind_nginx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BehindNginx]:
    """The example with this test's ports and certificate put in, and nothing else changed."""
    if NGINX is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not installed: make browser")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    by_itself = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run([*by_itself, *names], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = BehindNginx(tmp_path / "data", ("house", "umbrella"), connections_per_address=2).start()
    plain, outside = free_ports(2)
    config = (REPOSITORY / "docs" / "deploy" / "nginx.conf").read_text()
    for old, new in (
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{outside} ssl http2;"),
        ("    server 127.0.0.1:8000;", f"    server 127.0.0.1:{server.port};"),
        ("server_name play.example.org;", "server_name localhost;"),
        ("/etc/letsencrypt/live/play.example.org/fullchain.pem", str(certificate)),
        ("/etc/letsencrypt/live/play.example.org/privkey.pem", str(key)),
    ):
        assert old in config
        config = config.replace(old, new)
    (tmp_path / "guesstroke.conf").write_text(config)
    (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path))
    nginx = subprocess.Popen([NGINX, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"], stderr=subprocess.PIPE)
    try:
        wait_for(outside, nginx, tmp_path / "error.log")
        server.outside = outside
        yield server
    finally:
        nginx.terminate()
        nginx.communicate(timeout=20)
        server.stop()


def see_the_page(server: Server) -> None:
    with urlopen(server.url, timeout=10) as page:
        assert "/main.js" in page.read().decode()
        assert "Secure" in page.headers["Set-Cookie"], "the game was told that this is TLS"


@pytest.mark.slow
async def test_a_turn_through_the_proxy_of_the_example(behind_nginx):
    server = behind_nginx
    see_the_page(server)
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    await ada.send("change_settings", human_turns_per_artist_turn=0, choices=1)
    await ada.send("start_game")
    assert await draw_and_find(1, ada, ben) in ("house", "umbrella")

    # Both came from this address, and it may have two: a third is one too many, whatever it claims; from another address it is let in.
    address = f"wss://localhost:{server.outside}/ws/{code}"
    with pytest.raises(InvalidStatus, match="429"):
        await connect(address, additional_headers={"X-Forwarded-For": "203.0.113.7"})
    async with connect(address, local_addr=("127.0.0.2", 0), host="127.0.0.1"):
        pass
    # A page of ours may open a socket, as the proxy passes the host on; another's may not.
    async with connect(address, origin=server.url, local_addr=("127.0.0.2", 0), host="127.0.0.1"):
        pass
    with pytest.raises(InvalidStatus, match="403"):
        await connect(address, origin="https://elsewhere.example", local_addr=("127.0.0.2", 0), host="127.0.0.1")

    for wire in (ada, ben):
        await wire.close()
    status, found = await asyncio.to_thread(doctor, server, "--no-artist", "--public-url", server.url)
    assert found.items() >= {"port": "ok", "public address": "ok", "proxy headers": "ok", "WebSocket": "ok"}.items()
    assert status == 0
