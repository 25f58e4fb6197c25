"""The servers under test, each a process of its own on the servers' core, and what the system says of them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from tests.load.cores import SERVER_CORE, settle_on

_repository: Final = Path(__file__).parents[2]
_here: Final = Path(__file__).parent
_node_folder: Final = _repository / "build" / "load"
_asleep: Final = 0.1
_helpers_start: Final = 3.0
"""Seconds; a second artist follows the first after a moment."""
_ticks: Final = os.sysconf("SC_CLK_TCK")
GAME: Final = "game"
BASELINES: Final = ("fastapi", "broadcast", "ws")
NAMES: Final = (GAME, *BASELINES)


@dataclass
class ServerUnderTest:
    """One of them; `folder` has its data and its log."""

    name: str
    folder: Path
    port: int = field(default_factory=lambda: _free_port())
    environment: dict[str, str] = field(default_factory=dict)
    """Beside what it needs anyway."""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, path: str = "/healthz", patience: float = 90) -> float:
        """Start it and wait until it answers; return after how many seconds it did."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command, environment = _commands[self.name](self)
        began = time.perf_counter()
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=os.environ | environment | self.environment,
                cwd=_repository,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=lambda: settle_on(SERVER_CORE),
            )
        while time.perf_counter() - began < patience and self._process.poll() is None:
            try:
                with urlopen(f"{self.url}{path}", timeout=patience):
                    return time.perf_counter() - began
            except (URLError, OSError):
                time.sleep(0.01)
        self.stop()
        raise RuntimeError(f"{self.name} did not start:\n{(self.folder / 'server.log').read_text(errors='replace')}")

    def stop(self) -> None:
        """End it and wait for the end."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def cpu_seconds(self) -> float:
        """What the process itself has used, in all its threads, in the system's name too; its children are not counted."""
        return cpu_seconds_of(self.pid)

    def wait_for_helpers(self, patience: float = 90) -> None:
        """Wait until the server's own processes, the game's artists, have warmed up and sleep: they share its core here."""
        began, before = time.perf_counter(), -1.0
        while time.perf_counter() - began < patience:
            used = sum(cpu_seconds_of(child) for child in _children(self.pid))
            if used - before < _asleep:
                return
            before = used
            time.sleep(_helpers_start)

    def private_kib(self) -> int:
        """Memory that nobody shares with the process: what would be free without it."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))

    def has_loaded(self, library: str) -> bool:
        """Whether a shared library of this name is in the process."""
        return library in Path(f"/proc/{self.pid}/maps").read_text()


def cpu_seconds_of(pid: int) -> float:
    """What a process has used."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _ticks


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def missing(name: str) -> str:
    """Why this server cannot run here; empty if it can. Fetches what Node's needs, the first time."""
    if name != "ws":
        return ""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node or npm is not installed"
    if not (_node_folder / "node_modules" / "ws").exists():
        _node_folder.mkdir(parents=True, exist_ok=True)
        got = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(_node_folder), "ws@8"], capture_output=True, text=True, check=False
        )
        if got.returncode:
            return f"npm could not fetch ws: {got.stderr.strip()[-300:]}"
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _game(server: ServerUnderTest) -> tuple[list[str], dict[str, str]]:
    settings = {"HOST": "127.0.0.1", "PORT": str(server.port), "DATA_DIR": str(server.folder), "ARTIST_WORKERS": "1"}
    command = [str(Path(sys.executable).parent / "guesstroke"), "serve"]
    return command, {f"GUESSTROKE_{name}": value for name, value in settings.items()}


def _python(module: str) -> Callable[[ServerUnderTest], tuple[list[str], dict[str, str]]]:
    return lambda server: ([sys.executable, "-m", f"tests.load.baselines.{module}", str(server.port)], {})


def _node(server: ServerUnderTest) -> tuple[list[str], dict[str, str]]:
    return ["node", str(_here / "baselines" / "fanout.mjs"), str(server.port)], {"NODE_MODULES": str(_node_folder / "node_modules")}


_commands: Final[dict[str, Callable[[ServerUnderTest], tuple[list[str], dict[str, str]]]]] = {
    GAME: _game,
    "fastapi": _python("fastapi_fanout"),
    "broadcast": _python("broadcast"),
    "ws": _node,
}
