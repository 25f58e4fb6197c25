import json
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.integration.wire import Wire, open_room
from tests.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("http"), public_url="https://play.example.org").start()
    yield server
    server.stop()


def get(server: Server, path: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(server.url + path, timeout=10) as answer:
            return answer.status, dict(answer.headers.items()), answer.read()
    except HTTPError as error:
        return error.code, dict(error.headers.items()), error.read()


@pytest.mark.parametrize("path", ["/", "/r/anything"])
def test_the_page_is_served_with_headers_that_keep_other_code_out(server, path):
    status, headers, body = get(server, path)
    assert status == 200
    assert b"/static/js/main.js" in body
    assert "default-src 'self'" in {name.lower(): value for name, value in headers.items()}["content-security-policy"]
    assert get(server, "/static/js/main.js")[0] == 200


async def test_a_room_is_described_and_its_link_follows_the_public_address(server):
    code = open_room(server)
    wire = await Wire.join(server, code, "Ada")
    assert (await wire.wait_for("welcome"))["invite_url"] == f"https://play.example.org/r/{code}"
    assert json.loads(get(server, f"/api/lobbies/{code}")[2]) == {"code": code, "phase": "lobby", "players": 1, "max_players": 8}
    status, headers, body = get(server, f"/api/lobbies/{code}/qr.svg")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert body.lstrip().startswith(b"<?xml") or body.lstrip().startswith(b"<svg")


def test_codes_cannot_be_guessed(server):
    codes = {open_room(server) for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 10 for code in codes)


def test_the_leaderboard_starts_empty_and_checks_its_limit(server):
    assert json.loads(get(server, "/api/leaderboard")[2]) == {"players": []}
    assert get(server, "/api/leaderboard?limit=0")[0] == 422


def test_health(server):
    assert json.loads(get(server, "/healthz")[2]) == {"status": "ok"}


def test_paths_outside_the_page_are_not_served(server):
    for path in ("/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/nothing"):
        assert get(server, path)[0] == 404
