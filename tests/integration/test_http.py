import gzip
import json
import re
from unittest.mock import ANY
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.integration.web import ask
from tests.integration.wire import Wire, open_room
from tests.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("http"), public_url="https://play.example.org").start()
    yield server
    server.stop()


def get(server: Server, path: str) -> tuple[int, dict[str, str], bytes]:
    answer = ask(server, path)
    return answer.status, answer.headers, answer.body


def post(server: Server, path: str, **body: object) -> tuple[int, dict]:
    answer = ask(server, path, "POST", body=body)
    return answer.status, answer.json


@pytest.mark.parametrize("path", ["/", "/r/anything"])
def test_the_page_is_served_with_headers_that_keep_other_code_out(server, path):
    status, headers, body = get(server, path)
    assert status == 200
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-cache"
    assert not re.search(rb"<style|style=|<script>| on[a-z]+=", body)


def test_every_file_of_the_page_is_there_under_an_address_that_never_changes_its_meaning(server):
    build = json.loads(get(server, "/healthz")[2])["build"]
    page = get(server, "/r/any")[2].decode() + get(server, "/offline")[2].decode() + get(server, "/manifest.webmanifest")[2].decode()
    files = set(re.findall(r'"(/static/[^"]+)"', page))
    assert len(files) > 40
    assert all(file.startswith(f"/static/{build}/") for file in files)
    for file in files:
        status, headers, _ = get(server, file)
        assert (file, status) == (file, 200)
        assert "immutable" in headers["cache-control"]
    assert get(server, f"/static/{build}/js/nothing.js")[0] == 404
    assert get(server, "/static/another/js/main.js")[0] == 404


def test_the_service_worker_looks_after_the_whole_page_and_keeps_only_what_exists(server):
    status, headers, body = get(server, "/service-worker.js")
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert headers["cache-control"] == "no-cache"
    for path in re.findall(r"'(/[^']+)'", body.decode()):
        assert (path, get(server, path)[0]) == (path, 200)


def test_text_travels_compressed(server):
    request = Request(server.url + "/", headers={"Accept-Encoding": "gzip"})
    with urlopen(request, timeout=10) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == get(server, "/")[2]


async def test_a_room_is_described_and_its_link_follows_the_public_address(server):
    code = open_room(server)
    wire = await Wire.join(server, code, "Ada")
    assert (await wire.wait_for("welcome"))["invite_url"] == f"https://play.example.org/r/{code}"
    assert json.loads(get(server, f"/api/lobbies/{code}")[2]) == {
        "code": code, "phase": "lobby", "players": 1, "max_players": 8, "game_mode": "party", "language": "en", "has_password": False,
    }  # fmt: skip
    status, headers, body = get(server, f"/api/lobbies/{code}/qr.svg")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert body.lstrip().startswith(b"<?xml") or body.lstrip().startswith(b"<svg")


async def test_a_room_can_be_opened_for_a_kind_of_game(server):
    status, opened = post(server, "/api/lobbies", game_mode="versus")
    assert status == 201
    ada = await Wire.join(server, opened["code"], "Ada")
    welcome = await ada.wait_for("welcome")
    assert welcome["settings"]["game_mode"] == "versus"
    assert [player["id"] for player in welcome["players"] if player["is_ai"]] == ["artist", "guesser-1"]
    await ada.send("start_game")
    await ada.wait_for("turn_started")
    assert json.loads(get(server, f"/api/lobbies/{opened['code']}")[2])["game_mode"] == "versus"
    assert post(server, "/api/lobbies", game_mode="chess")[0] == 422


def test_a_game_that_the_owner_does_not_allow_is_refused_in_a_sentence(tmp_path):
    server = Server(tmp_path, room_bounds='{"ai_guessers": [0, 0], "rounds": [1, 4]}').start()
    try:
        status, refusal = post(server, "/api/lobbies", game_mode="versus")
        assert status == 422
        assert "AI guesser" in refusal["detail"]
        assert post(server, "/api/lobbies", game_mode="together")[0] == 201
    finally:
        server.stop()


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), "\ud800", 7, None, ["x"]])
def test_a_body_that_makes_no_sense_is_refused_in_a_sentence(server, odd):
    for path, field in (("/api/lobbies", "game_mode"), ("/api/quick-play", "language"), ("/api/me/adopt", "code")):
        status, refusal = post(server, path, **{field: odd})
        assert (path, status) == (path, 422)
        assert isinstance(refusal["detail"], str)


def test_what_is_no_json_is_refused_in_a_sentence(server):
    for body, status in (("{", 422), ("[" * 9000, 400), ('{"code": ' + "9" * 5000 + "}", 400)):
        request = Request(f"{server.url}/api/me/adopt", body.encode(), {"Content-Type": "application/json"})
        with pytest.raises(HTTPError) as refused, urlopen(request, timeout=10):
            pass
        assert (body[:5], refused.value.code) == (body[:5], status)
        assert "body" in json.loads(refused.value.read())["detail"]


def test_codes_cannot_be_guessed(server):
    codes = {open_room(server) for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 13 for code in codes)


def test_the_leaderboard_starts_empty_and_checks_its_limit(server):
    assert json.loads(get(server, "/api/leaderboard")[2]) == {"players": []}
    assert get(server, "/api/leaderboard?limit=0")[0] == 422


def test_health(server):
    assert json.loads(get(server, "/healthz")[2]) == {"status": "ok", "build": ANY}


def test_paths_outside_the_page_are_not_served(server):
    for path in ("/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/nothing"):
        assert get(server, path)[0] == 404


def test_the_page_brings_an_identity_that_scripts_cannot_read(server):
    headers = {name.lower(): value for name, value in get(server, "/")[1].items()}
    assert headers["set-cookie"].startswith("guesstroke=")
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Lax" in headers["set-cookie"]


async def test_quick_play_finds_a_public_room_of_the_language_or_opens_one(server):
    first = post(server, "/api/quick-play", language="it")[1]
    ada = await Wire.join(server, first["code"], "Ada")
    assert post(server, "/api/quick-play", language="it")[1]["code"] == first["code"]
    assert post(server, "/api/quick-play", language="de")[1]["code"] != first["code"]
    assert post(server, "/api/quick-play", language="xx")[0] == 422
    rooms = json.loads(get(server, "/api/lobbies?language=it")[2])["rooms"]
    assert [(room["code"], room["players"], room["host"], room["language"]) for room in rooms] == [(first["code"], 1, "Ada", "it")]
    await ada.send("change_settings", is_public=False)
    await ada.wait_for("settings_changed")
    assert json.loads(get(server, "/api/lobbies?language=it")[2])["rooms"] == []


async def test_private_rooms_are_on_no_list(server):
    code = open_room(server)
    await Wire.join(server, code, "Ada")
    assert code.encode() not in get(server, "/api/lobbies")[2]
