"""The HTTP API against its own description: schemathesis makes requests up from /openapi.json, right ones and wrong ones."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import empty_postgres
from tests.integration.playing import play
from tests.integration.test_kept import until_kept
from tests.integration.web import ask
from tests.integration.wire import open_room
from tests.server import Server

REPOSITORY = Path(__file__).parent.parent.parent
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
)
# Not `allow_header_conformance`: FastAPI's 405 names the methods of a path's first route alone.


def check(server: Server, folder: Path, *options: str, checks: tuple[str, ...] = CHECKS, existing: dict[str, str] | None = None) -> int:
    """Have schemathesis try all of the API; return how many requests it made."""
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "tests.integration.api_hooks",
        "PYTHONPATH": str(REPOSITORY),
        "API_EXISTING": json.dumps(existing or {}),
        # Hypothesis keeps its table of characters there; making it anew takes seconds. What it found earlier is not kept: each run is the same.
        "HYPOTHESIS_STORAGE_DIRECTORY": str(REPOSITORY / ".hypothesis"),
    }
    repeatable = ("--seed", "1", "--generation-database", "none")
    command = [SCHEMATHESIS, "run", f"{server.url}/openapi.json", "--checks", ",".join(checks), *repeatable, "--warnings", "off", *options]
    done = subprocess.run([str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in server.log
    made = re.search(r"(\d+) generated, \1 passed", done.stdout)
    assert made, done.stdout
    return int(made[1])


@pytest.mark.slow
def test_each_answer_is_as_described(serve, tmp_path):
    server, owner = serve(admin_token="the-owners-own-token"), ("-H", "Authorization: Bearer the-owners-own-token")
    assert check(server, tmp_path, "--phases", "coverage", *owner, checks=(*CHECKS, "negative_data_rejection")) > 300


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> Iterator[dict[str, str]]:
    """A server's setting."""
    if request.param == "sqlite":
        yield {}
        return
    with empty_postgres("schema") as url:
        yield {"database_url": url}


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_each_answer_is_as_described_when_there_is_something_to_tell(database, serve, tmp_path):
    server = serve(**database)
    game = await play(server, in_gallery=True)
    await until_kept(server, game)
    existing = {"key": game.keys[0], "game_id": game.game_id, "code": open_room(server), "cookie": game.ada}
    assert check(server, tmp_path, "--max-examples", "40", existing=existing) > 700
    assert ask(server, f"/api/drawings/{game.keys[0]}", cookie=game.ada).json["mine"]
