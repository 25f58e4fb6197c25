"""A Redis server of a test's own, which may be killed, frozen and started again."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class OwnRedis:
    """On a free port of this machine. It keeps nothing on disk: started again, it has forgotten all."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.address = address
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            pytest.skip("redis-server is not installed")
        self._program = program
        with socket.socket() as probe:
            probe.bind((address, 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def url(self) -> str:
        return f"redis://{self.address}:{self.port}/0"

    def start(self, patience: float = 20) -> None:
        """Start it and wait until it answers."""
        command = [self._program, "--port", str(self.port), "--bind", self.address, "--protected-mode", "no", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/")
        deadline = time.monotonic() + patience
        while not self._answers():
            assert time.monotonic() < deadline, f"redis-server does not answer on port {self.port}"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self.address, self.port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def freeze(self) -> None:
        """It answers nobody, and closes no connection."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, as a machine that loses its power does."""
        self._signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait(20)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self._process.terminate()
            self._process.wait(20)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)


@contextmanager
def own_redis(address: str = "127.0.0.1") -> Iterator[OwnRedis]:
    """One that runs, and is gone afterwards."""
    server = OwnRedis(address)
    server.start()
    try:
        yield server
    finally:
        server.stop()
