"""Several servers that are one: any serves any player, and a game outlives the node that its room stands on."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from game.protocol.close_codes import RESTARTING
from game.protocol.ink import encode_curve
from tests.integration.nodes import WORDS, Nodes, freeze, nodes, thaw, with_one_key
from tests.integration.playing import SQUARE
from tests.integration.wire import Wire, open_room
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    with nodes(tmp_path_factory.mktemp("nodes"), 3) as those:
        yield those


@pytest.fixture
async def three(cluster: Nodes) -> tuple[Server, Server, Server]:
    """Three that live and know each other, whatever the test before has done to them."""
    await cluster.mend()
    return (cluster.servers[0], cluster.servers[1], cluster.servers[2])


def ask(server: Server, path: str, cookie: str = "", method: str = "GET", **body: object) -> tuple[int, object]:
    headers = {"Cookie": cookie, "Content-Type": "application/json"}
    try:
        with urlopen(Request(server.url + path, json.dumps(body).encode() if body else None, headers, method=method), timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


async def begun(one: Server, two: Server, three: Server, **settings: object) -> tuple[str, Wire, Wire, Wire]:
    """A game in a room of the first, whose players are at all three; Ada draws."""
    code = await asyncio.to_thread(open_room, one)
    ada = await Wire.join(one, code, "Ada")
    ben, cleo = await Wire.join(two, code, "Ben"), await Wire.join(three, code, "Cleo")
    await ada.send("change_settings", **{"human_turns_per_artist_turn": 0, "rounds": 1, "choices": 1, **settings})
    await ada.send("start_game")
    for wire in (ada, ben, cleo):
        await wire.wait_for("turn_started", turn=1)
    return code, ada, ben, cleo


async def drawn_by(drawer: Wire, *others: Wire, turn: int = 1) -> None:
    await drawer.send_ink(turn, encode_curve(1, (200, 0, 0, 255), 8, 0, SQUARE))
    for wire in others:
        await wire.wait_for_ink_of(turn)


async def returned(server: Server, code: str, before: Wire, nickname: str) -> Wire:
    """As a page does: try until it is let in."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await Wire.join(server, code, nickname, before.cookie)
            except (AssertionError, OSError, TimeoutError):
                await asyncio.sleep(0.3)


async def test_any_node_serves_any_player(cluster: Nodes, three: tuple[Server, Server, Server]):
    one, two, third = three
    status, opened = await asyncio.to_thread(ask, one, "/api/quick-play", method="POST", language="en")
    assert status == 200
    code = opened["code"]
    ada = await Wire.join(one, code, "Ada")
    await asyncio.sleep(2.5)
    listed = await asyncio.to_thread(ask, two, "/api/lobbies")
    assert [room["code"] for room in listed[1]["rooms"]] == [code]
    assert (await asyncio.to_thread(ask, third, "/api/quick-play", method="POST", language="en"))[1]["code"] == code
    ben, cleo = await Wire.join(two, code.upper(), "Ben"), await Wire.join(third, code, "Cleo")
    await ada.send("change_settings", human_turns_per_artist_turn=0, rounds=1, choices=1)
    await cleo.send("say", text="from far away")
    assert (await ben.wait_for("chat", text="from far away"))["player_id"]
    await ada.send("start_game")
    for turn in (1, 2):
        await played(turn, ada, ben, cleo)
    assert (await asyncio.to_thread(ask, two, "/api/me", ada.cookie, "DELETE"))[0] == 409, "she has a seat at another node"
    assert (await asyncio.to_thread(ask, two, f"/api/lobbies/{code}"))[1]["players"] == 3
    for wire in (ada, ben, cleo):
        await wire.close()


async def played(turn: int, *wires: Wire) -> None:
    """One turn: somebody draws, all others see it and find the word, which nobody has told them."""
    ids = {(await wire.wait_for("welcome"))["you"]: wire for wire in wires}
    started = await wires[0].wait_for("turn_started", turn=turn, patience=40)
    drawer = ids[started["drawer_id"]]
    while (secret := await drawer.wait_for("secret_word"))["version"] < started["version"]:
        await asyncio.sleep(0.05)
    guessers = [wire for wire in wires if wire is not drawer]
    await drawn_by(drawer, *guessers, turn=turn)
    for wire in guessers:
        assert secret["word"].encode() not in b"".join(wire.raw), "a guesser has heard the word early"
    for wire in guessers:
        await wire.send("say", text=secret["word"])
    await wires[0].wait_for("turn_ended", turn=turn)


async def test_a_player_has_one_connection_wherever_it_is(three: tuple[Server, Server, Server]):
    one, two, third = three
    code = await asyncio.to_thread(open_room, one)
    first = await Wire.join(two, code, "Ada")
    again = await Wire.join(third, code, "Ada", first.cookie)
    assert await first.wait_for_close() == 4410
    home = await Wire.join(one, code, "Ada", first.cookie)
    assert await again.wait_for_close() == 4410
    await home.send("say", text="here")
    await home.wait_for("chat", text="here")
    await home.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_a_game_outlives_its_node(cluster: Nodes, three: tuple[Server, Server, Server], how: signal.Signals):
    one, two, third = three
    code, ada, ben, cleo = await begun(one, two, third)
    secret = (await ada.wait_for("secret_word"))["word"]
    await ben.send("say", text=secret)
    await cleo.wait_for("guessed")
    await drawn_by(ada, ben, cleo)
    await asyncio.sleep(2)
    owner = await cluster.owner_of(code)
    heard = len(ben.heard)
    await asyncio.to_thread(one.stop, how)
    ada = await returned(two, code, ada, "Ada")
    assert await cluster.owner_of(code) != owner
    welcome = await ben.wait_for("welcome", after=heard, patience=30)
    assert welcome["turn"]["turn"] == 1
    assert welcome["phase"] == "drawing"
    assert ben.close_code is None, "a socket at a living node stays"
    assert (await ada.wait_for("welcome"))["word"] == secret
    await ada.wait_for_ink_of(1)  # the drawing is there again
    await cleo.send("say", text=secret)
    await cleo.wait_for("turn_ended", turn=1)
    await played(2, ada, ben, cleo)
    game = (await cleo.wait_for("game_started"))["game_id"]
    rows = await until_rows(cluster, f"SELECT number FROM turns WHERE game_id = '{game}' ORDER BY number", 1)
    assert [row["number"] for row in rows] == [1], "the turn once"
    for wire in (ada, ben, cleo):
        await wire.close()


async def until_rows(cluster: Nodes, query: str, count: int) -> list[dict[str, object]]:
    async with asyncio.timeout(30):
        while len(rows := await cluster.rows(query)) < count:
            await asyncio.sleep(0.2)
    return [dict(row) for row in rows]


async def test_an_owner_that_stood_still_can_write_no_more(cluster: Nodes, three: tuple[Server, Server, Server]):
    one, two, third = three
    code, ada, ben, cleo = await begun(one, two, third, draw_seconds=240)
    secret = (await ada.wait_for("secret_word"))["word"]
    await drawn_by(ada, ben, cleo)
    await asyncio.sleep(2)
    heard = len(ben.heard)
    freeze(one)
    await ben.wait_for("welcome", after=heard, patience=30)
    (before,) = await cluster.rows(f"SELECT owner, fence FROM open_rooms WHERE code = '{code}'")
    await ada.send("say", text="into the void")  # which the node hears when it wakes
    await ada.send_ink(1, encode_curve(2, (0, 0, 200, 255), 8, 0, SQUARE))
    thaw(one)
    assert await ada.wait_for_close() == RESTARTING
    ada = await returned(one, code, ada, "Ada")
    assert (await ada.wait_for("welcome"))["word"] == secret
    await ben.send("say", text="still there?")
    await ada.wait_for("chat", text="still there?")
    for wire in (ada, ben, cleo):
        assert not any(message.get("text") == "into the void" for message in wire.heard)
        await wire.close()
    (after,) = await cluster.rows(f"SELECT owner, fence FROM open_rooms WHERE code = '{code}'")
    assert (after["owner"], after["fence"]) == (before["owner"], before["fence"])
    assert "another node has this room now" in one.log


async def test_rooms_play_on_after_redis_returns(cluster: Nodes, three: tuple[Server, Server, Server]):
    one, two, third = three
    _, ada, ben, cleo = await begun(one, two, third, draw_seconds=240)
    await drawn_by(ada, ben, cleo)
    heard = len(ben.heard)
    cluster.redis.kill()
    await ada.send_ink(1, encode_curve(2, (0, 0, 200, 255), 8, 0, SQUARE))
    await asyncio.sleep(3)
    cluster.redis.start()
    for wire in (ben, cleo):
        await wire.wait_for_ink(2, patience=30)
    assert not any(message["type"] == "welcome" for message in ben.heard[heard:]), "what was missed was told, and nothing else"
    secret = (await ada.wait_for("secret_word"))["word"]
    for wire in (ben, cleo):
        await wire.send("say", text=secret)
    await cleo.wait_for("turn_ended", turn=1)
    for wire in (ada, ben, cleo):
        await wire.close()


async def test_workers_of_one_machine_are_nodes_on_one_port(cluster: Nodes, tmp_path: Path):
    with_one_key(tmp_path / "many")
    many = Server(tmp_path / "many", WORDS, arguments=("--workers", "2"), database_url=cluster.postgres.url, redis_url=cluster.redis.url)
    try:
        await asyncio.to_thread(many.start)
        async with asyncio.timeout(60):
            while len(await cluster.rows("SELECT id FROM nodes WHERE expires > now()")) < 5:
                await asyncio.sleep(0.2)
        code = await asyncio.to_thread(open_room, cluster.servers[0])
        there = [await Wire.join(many, code, f"Player {number}") for number in range(6)]
        await there[0].send("say", text="are we all here?")
        for wire in there:
            await wire.wait_for("chat", text="are we all here?")
            await wire.close()
    finally:
        await asyncio.to_thread(many.stop)
    left = await cluster.rows("SELECT id FROM nodes WHERE expires > now()")
    assert len(left) == 3, "who ends says so"


def test_workers_that_cannot_meet_are_refused(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "game", "serve", "--workers", "2", "--port", "0"],
        capture_output=True,
        text=True,
        env=os.environ | {"GUESSTROKE_DATA_DIR": str(tmp_path)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "--redis-url" in done.stderr
