"""Autobahn's fuzzing client, a program for Python 2.7, tried on an echo server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.conftest import REPOSITORY

CLIENT: Final = REPOSITORY / ".venv-autobahn" / "bin" / "wstest"
CASES: Final = 301
"""So many there are without those about compression."""
_compression: Final = ["12.*", "13.*"]
_patience: Final = 540.0
"""Seconds for all cases; half a minute is usual."""


class CannotTry(Exception):
    """The cases could not be tried."""


def try_cases(sockets: str, folder: Path) -> dict[str, str]:
    """Try all cases on `direct` or `asgi`; return the outcome of each. The client's reports are left in the folder. Raises CannotTry."""
    folder.mkdir(parents=True, exist_ok=True)
    with _echo_server(sockets, folder / "server.log") as port:
        plan = {
            "outdir": str(folder),
            "servers": [{"agent": sockets, "url": f"ws://127.0.0.1:{port}"}],
            "cases": ["*"],
            "exclude-cases": _compression,
            "exclude-agent-cases": {},
        }
        (folder / "plan.json").write_text(json.dumps(plan))
        with (folder / "client.log").open("wb") as log:
            command = [CLIENT, "--mode", "fuzzingclient", "--spec", folder / "plan.json"]
            tried = subprocess.run(command, cwd=folder, stdout=log, stderr=log, timeout=_patience)
    if tried.returncode or not (folder / "index.json").exists():
        raise CannotTry(f"the fuzzing client ended with {tried.returncode} and no report:\n{(folder / 'client.log').read_text()[-2000:]}")
    return {case: _outcome(told) for case, told in json.loads((folder / "index.json").read_text())[sockets].items()}


def _outcome(told: dict[str, str]) -> str:
    """What is not as it should be with the messages, with the closing, or with both; OK if all is."""
    return ", ".join(sorted({told["behavior"], told["behaviorClose"]} - {"OK"})) or "OK"


@contextmanager
def _echo_server(sockets: str, log: Path) -> Iterator[int]:
    """Its port, for as long as it runs."""
    with log.open("wb") as errors:
        command = [sys.executable, "-m", "tests.conformance.echo_server", sockets]
        server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=errors)
    with server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline()  # it says this when it listens, or ends
            if not port:
                raise CannotTry(f"the echo server did not start:\n{log.read_text()[-2000:]}")
            yield int(port)
        finally:
            server.terminate()
