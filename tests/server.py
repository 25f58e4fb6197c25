"""The real server as a process of its own, for tests that come in from outside."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


class Server:
    """`guesstroke serve` on a free port of the loopback, its data in a folder of the test's. `within`: a command that runs it somewhere else."""

    def __init__(
        self, data: Path, words: tuple[str, ...] | None = None, arguments: tuple[str, ...] = (), within: tuple[str, ...] = (), **settings: str | int
    ) -> None:
        self._command = [*within, sys.executable, "-m", "game", "serve", *arguments]
        self.address = str(settings.get("host", "127.0.0.1"))
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(settings.get("port", probe.getsockname()[1]))
        environment = {name.upper(): str(value) for name, value in settings.items()}
        if words is not None:
            (data / "words.txt").write_text("\n".join(words), encoding="utf-8")
            environment["WORDS"] = str(data / "words.txt")
        defaults = {"HOST": "127.0.0.1", "PORT": str(self.port), "DATA_DIR": str(data), "ARTIST_WORKERS": "1"}
        self.environment = os.environ | {f"GUESSTROKE_{name}": value for name, value in (defaults | environment).items()}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.port}"

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text(errors="replace")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, patience: float = 60) -> "Server":
        """Start and wait until it answers."""
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(self._command, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urlopen(f"{self.url}/healthz", timeout=2):
                    return self
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log}")

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait_for_artist(self, patience: float = 90) -> None:
        """Wait until the first worker is warm."""
        deadline = time.monotonic() + patience
        while not re.search("artist ready", self.log):
            assert time.monotonic() < deadline, f"no artist became ready:\n{self.log}"
            time.sleep(0.2)

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it and wait for the end."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(30)
