"""The nginx of docs/deploy before several nodes, on a port of its own and without TLS."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

_around = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/guesstroke.conf;
}}
"""


@contextmanager
def balancer(folder: Path, nodes: Sequence[str]) -> Iterator[int]:
    """The port at which nodes at these addresses and ports are reached. Skips where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed: make browser")
    folder.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    (folder / "guesstroke.conf").write_text(_example(port, nodes))
    (folder / "nginx.conf").write_text(_around.format(folder=folder))
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "error.log"], stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _example(port: int, nodes: Sequence[str]) -> str:
    """The file in the docs, but for what a test cannot have: its ports, its name and its certificate."""
    lines = (REPOSITORY / "docs" / "deploy" / "nginx.conf").read_text().splitlines()
    start = max(number for number, line in enumerate(lines) if line.startswith("server {"))
    upstream = [line for line in lines[: lines.index("server {")] if not line.strip().startswith(("server ", "# server"))]
    place = upstream.index("    least_conn;") + 1
    upstream[place:place] = [f"    server {node} max_fails=1 fail_timeout=2s;" for node in nodes]
    main = [line for line in lines[start:] if not line.strip().startswith(("listen", "server_name", "ssl_"))]
    main.insert(1, f"    listen 127.0.0.1:{port};")
    return "\n".join([*upstream, *main])


def _wait(port: int, process: subprocess.Popen[bytes], patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")
