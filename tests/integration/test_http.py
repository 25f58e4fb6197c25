import asyncio
import gzip
import json
import re
from unittest.mock import ANY
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from game.protocol.ink import encode_curve
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
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


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
        "code": code, "phase": "lobby", "players": 1, "max_players": 8, "language": "en", "has_password": False,
    }  # fmt: skip
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
    assert json.loads(get(server, "/healthz")[2]) == {"status": "ok", "build": ANY}


def test_paths_outside_the_page_are_not_served(server):
    for path in ("/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/nothing"):
        assert get(server, path)[0] == 404


def post(server: Server, path: str, **body: object) -> tuple[int, dict]:
    request = Request(server.url + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, method="POST")
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


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


async def test_a_games_drawings_can_be_had_as_pictures(server):
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    await ada.send("change_settings", human_turns_per_artist_turn=0, rounds=1, choices=1)
    await ada.send("start_game")
    game = (await ben.wait_for("game_started"))["game_id"]
    for turn, drawer, guesser in ((1, ada, ben), (2, ben, ada)):
        started = await drawer.wait_for("turn_started", turn=turn)
        # The word comes just after; the one heard as a guesser of the turn before is not meant.
        while (secret := await drawer.wait_for("secret_word"))["version"] < started["version"]:
            await asyncio.sleep(0.05)
        await drawer.send_ink(turn, encode_curve(1, (200, 0, 0, 255), 8, 0, [(100, 100), (200, 100), (200, 200), (100, 200)]))
        await guesser.wait_for_ink()
        await guesser.send("say", text=secret["word"])
        await guesser.wait_for("turn_ended", turn=turn)
    ended = await ada.wait_for("game_ended", patience=30)
    assert [drawing["turn"] for drawing in ended["drawings"]] == [1, 2]
    for kind, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        for _ in range(50):
            status, _, body = get(server, f"/api/games/{game}/drawings/2.{kind}")
            if status == 200:
                break
            await asyncio.sleep(0.1)
        assert status == 200
        assert body.startswith(start)
    assert get(server, f"/api/games/{game}/drawings/3.svg")[0] == 404
    assert get(server, "/api/games/nogame/drawings/1.svg")[0] == 404
    assert get(server, f"/api/games/{game}/drawings/1.exe")[0] == 422
