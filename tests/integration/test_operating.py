"""The server's owner from outside, and what Prometheus, a balancer and a program that reads the log are told."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote
from uuid import uuid4

import pytest

from game.gateway.identity import Identities
from game.protocol.close_codes import BANNED, KICKED, NOT_LET_IN
from tests.integration.web import ask
from tests.integration.wire import Wire, open_room
from tests.server import Server

TOKEN = "zq-owners-token-71c9"
OWNER = {"Authorization": f"Bearer {TOKEN}"}
SAID = "zq-something-that-the-owner-said"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("operating"), admin_token=TOKEN, log_format="json")
    yield server.start()
    server.stop()


def ids(server: Server, *wires: Wire) -> list[str]:
    identities = Identities.from_key_file(server.data / "signing.key")
    return [str(identities.recognise(str(wire.cookie).partition("=")[2])) for wire in wires]


def admin(server: Server, path: str, method: str = "GET", body: object = None, **headers: str):
    return ask(server, f"/api/admin/{path}", method, None, body, **(OWNER | headers))


async def test_the_owner_sends_people_away_bans_them_and_lets_them_in_again(server):
    code, other = open_room(server), open_room(server)
    ada, ben = await Wire.join(server, code, "Zqada"), await Wire.join(server, code, "Zqben")
    second = await Wire.join(server, other, "Zqben", ben.cookie)
    (ada_id, ben_id) = ids(server, ada, ben)
    house = admin(server, "rooms").json
    assert (house["players"], house["draining"]) == (3, False)
    (room,) = (room for room in house["rooms"] if room["code"] == code)
    assert [seat["nickname"] for seat in room["seats"] if not seat["is_ai"]] == ["Zqada", "Zqben"]

    assert admin(server, "notice", "POST", {"text": f" {SAID} "}).json == {"done": True}
    for wire in (ada, ben, second):
        await wire.wait_for("announcement", text=SAID)
    assert admin(server, f"rooms/{code}/kick/{ada_id}", "POST").json == {"done": True}
    assert await ada.wait_for_close() == KICKED
    assert admin(server, f"rooms/{code}/kick/{ada_id}", "POST").status == 404
    await Wire.join(server, code, "Zqada", ada.cookie)

    assert admin(server, f"bans/{ben_id}", "PUT", {"reason": SAID}).json == {"done": True}
    assert [await wire.wait_for_close() for wire in (ben, second)] == [BANNED, BANNED]
    again = await Wire.hello(server, code, "Zqben", ben.cookie)
    assert await again.wait_for_close() == BANNED
    assert again.heard[-1]["code"] == "banned_from_server"
    (ban,) = admin(server, "bans").json
    assert (ban["player_id"], ban["reason"]) == (ben_id, SAID)
    assert admin(server, f"bans/{ben_id}", "DELETE").json == {"done": True}
    assert admin(server, f"bans/{ben_id}", "DELETE").status == 404
    await Wire.join(server, code, "Zqben", ben.cookie)


async def test_a_reported_player_is_shown_with_what_was_said(server):
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Zqada"), await Wire.join(server, code, "Zqben")
    await ben.send("say", text="zqrude")
    await ada.wait_for("chat", text="zqrude")
    await ada.send("report", player_id=ids(server, ben)[0], reason="zqreason")
    await ada.wait_for("reported")
    while not (found := admin(server, "reports").json["reports"]):
        pass
    (report,) = found
    assert (report["nickname"], report["reporter"], report["reason"], report["is_banned"]) == ("Zqben", "Zqada", "zqreason", False)
    assert [line["text"] for line in report["lines"]] == ["zqrude"]
    assert admin(server, f"reports/{report['id']}", "DELETE").json == {"done": True}
    assert admin(server, "reports").json == {"reports": [], "more": False}
    assert admin(server, "words").json == {"judged": 0, "proposals": [], "never_found": []}


async def test_a_server_that_drains_sends_newcomers_on_and_keeps_its_players(server):
    code = open_room(server)
    ada = await Wire.join(server, code, "Zqada")
    assert admin(server, "drain", "PUT", {"draining": True}).json == {"draining": True}
    try:
        ready = ask(server, "/readyz")
        assert (ready.status, ready.json["ready"], list(ready.json["problems"])) == (503, False, ["drain"])
        assert ask(server, "/healthz").status == 200
        assert [ask(server, path, "POST").status for path in ("/api/lobbies", "/api/quick-play")] == [503, 503]
        late = await Wire.hello(server, code, "Late")
        assert await late.wait_for_close() == NOT_LET_IN
        assert late.heard[-1]["code"] == "draining"
        await ada.close()
        await Wire.join(server, code, "Zqada", ada.cookie)
    finally:
        assert admin(server, "drain", "PUT", {"draining": False}).json == {"draining": False}
    assert ask(server, "/readyz").status == 200
    await Wire.join(server, code, "Late")


def test_metrics_are_for_this_machine_and_for_the_owner(server):
    mine = ask(server, "/metrics")
    assert (mine.status, mine.headers["content-type"].split(";")[0]) == (200, "text/plain")
    assert re.search(rb'^guesstroke_messages_received_total\{type="hello"\} \d', mine.body, re.MULTILINE)
    assert b"process_resident_memory_bytes" in mine.body
    exact = ask(server, "/metrics", Accept="application/openmetrics-text; version=1.0.0")
    assert exact.headers["content-type"].startswith("application/openmetrics-text")
    assert exact.body.endswith(b"# EOF\n")
    forwarded = {"X_Forwarded_For": "203.0.113.9"}
    assert ask(server, "/metrics", **forwarded).status == 403
    assert ask(server, "/metrics", **(forwarded | OWNER)).status == 200


def test_without_the_token_there_is_nothing_to_see_and_tries_are_few(server):
    from_afar = {"X_Forwarded_For": "203.0.113.7"}
    paths = [
        (method.upper(), re.sub(r"\{\w+\}", quote(str(uuid4())), path).removeprefix("/api/admin/"))
        for path, methods in ask(server, "/openapi.json").json["paths"].items() if path.startswith("/api/admin/")
        for method in methods
    ]  # fmt: skip
    assert len(paths) >= 10
    for method, path in paths:
        answer = ask(server, f"/api/admin/{path}", method)
        assert (path, answer.status, answer.headers["www-authenticate"]) == (path, 401, "Bearer")
    wrong = {"Authorization": "Bearer zq-wrong-token-of-somebody"}
    statuses = [ask(server, "/api/admin/rooms", **(from_afar | wrong)).status for _ in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert admin(server, "rooms", **from_afar).status == 429
    assert admin(server, "rooms").status == 200


async def test_the_log_is_json_and_has_ids_and_no_secret(server):
    code = open_room(server)
    ada = await Wire.join(server, code, "Zqada")
    (ada_id,) = ids(server, ada)
    admin(server, "notice", "POST", {"text": SAID})
    admin(server, f"bans/{uuid4()}", "PUT", {"reason": SAID, "nickname": "Zqben"})
    admin(server, f"rooms/{code}/kick/{ada_id}", "POST")
    admin(server, "rooms", Authorization="Bearer zq-wrong-token-of-somebody", X_Forwarded_For="203.0.113.8")
    lines = [json.loads(line) for line in server.log.splitlines()]
    events = {line["event"]: line for line in lines}
    assert {"the server is open", "the owner banned a player", "the owner spoke to all rooms"} <= events.keys()
    assert events["somebody tried to be the server's owner"]["level"] == "warning"
    assert {"room": code, "player": ada_id}.items() <= events["the owner sent a player away"].items()
    assert not re.search("zq(-|ada|ben)", server.log.lower())  # two letters alone may be of a room's code
