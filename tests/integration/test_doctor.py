"""`guesstroke doctor` as people run it."""

import subprocess
import sys

import pytest

from tests.server import Server


def doctor(server: Server, *options: str, **settings: str) -> tuple[int, dict[str, str]]:
    """Its exit status, and the grade of each part."""
    environment = server.environment | {f"GUESSTROKE_{name.upper()}": value for name, value in settings.items()}
    ran = subprocess.run(
        [sys.executable, "-m", "game", "doctor", *options], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    lines = [line for line in ran.stdout.splitlines() if not line.startswith(" ")]
    assert lines, ran.stderr
    return ran.returncode, {line[9:25].strip(): line.split()[0] for line in lines}


def test_a_server_that_runs_is_well_by_its_own_address(serve):
    server = serve()
    status, found = doctor(server, "--no-artist", "--public-url", server.url)
    assert status == 0
    assert found.items() >= {"port": "ok", "database": "ok", "public address": "ok", "TLS": "warning", "WebSocket": "ok"}.items()
    assert "torch" not in found


@pytest.mark.slow
def test_the_artist_is_loaded_and_timed(serve):
    server = serve()
    status, found = doctor(server)
    assert found.items() >= {"torch": "ok", "GPU": "ok"}.items()
    assert found["perceptor"] in ("ok", "warning")
    assert status == 0
    status, found = doctor(server, perceptor="no-such-model")
    assert (status, found["perceptor"]) == (1, "problem")
