import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from game import logs
from tests.server import Server

REPOSITORY = Path(__file__).parent.parent
logs.set_up()  # as the server's
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the artist's: torch's threads that wait leave the cores to the servers of tests beside
# How long an example takes says what else the machine does; what takes too long is pytest-timeout's.
settings.register_profile("guesstroke", deadline=None)
settings.load_profile("guesstroke")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers; what is still running is stopped after the test."""
    servers: list[Server] = []

    def start(words: tuple[str, ...] | None = None, **settings: str | int) -> Server:
        server = Server(tmp_path / f"server{len(servers)}", words, **settings)
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.stop()


ALLOWED_SKIPS = [line for line in (Path(__file__).parent / "allowed_skips.txt").read_text().splitlines() if line and not line.startswith("#")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Under CI=true a part must not be missing: a skip that the list does not name is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(allowed in reason for allowed in ALLOWED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"skipped, which tests/allowed_skips.txt does not allow under CI=true: {reason}"
    return report
