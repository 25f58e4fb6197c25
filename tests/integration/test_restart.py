"""A server that is killed, or restarts, in the middle of a game: nobody loses anything."""

import asyncio
import signal
import sqlite3
from contextlib import closing

import pytest

from game.protocol.ink import decode_frame, encode_curve
from tests.integration.leaks import NONCE, leaks
from tests.integration.playing import SQUARE
from tests.integration.wire import Wire, open_room


async def back(server, code, *cookies):
    """The pages come back by themselves, as browsers do."""
    return [await Wire.join(server, code, "whoever", cookie) for cookie in cookies]


def rows(server, query):
    with closing(sqlite3.connect(server.data / "guesstroke.db")) as database:
        return database.execute(query).fetchall()


async def begun(server):
    code = open_room(server)
    ada, ben, cleo = [await Wire.join(server, code, name) for name in ("Ada", "Ben", "Cleo")]
    await ada.send("change_settings", human_turns_per_artist_turn=0, rounds=1, choices=1)
    await ada.send("start_game")
    secret = (await ada.wait_for("secret_word"))["word"]
    await ada.send_ink(1, encode_curve(1, (200, 0, 0, 255), 8, 0, SQUARE))
    await ben.wait_for_ink()
    await ben.send("say", text=secret)
    await cleo.wait_for("guessed")
    return code, ada, ben, cleo, secret


@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
async def test_a_game_goes_on_after_its_server_was_away(serve, how):
    server = serve(words=NONCE)
    code, ada, ben, cleo, secret = await begun(server)
    score = (await Wire.join(server, code, "Ben", ben.cookie)).heard[0]["players"]
    if how == signal.SIGKILL:
        await asyncio.sleep(2)  # the drawing may be two seconds short
    server.stop(how)
    assert await cleo.wait_for_close() == (1012 if how == signal.SIGTERM else 1006)
    if how == signal.SIGTERM:
        assert cleo.heard[-1]["kind"] == "restarting"
    await asyncio.sleep(2)
    server.start()
    ada, ben, cleo = await back(server, code, ada.cookie, ben.cookie, cleo.cookie)
    welcome = cleo.heard[0]
    assert (welcome["phase"], welcome["turn"]["turn"], welcome["host_id"]) == ("drawing", 1, ada.heard[0]["you"])
    assert [line["score"] for line in welcome["players"]] == [line["score"] for line in score]
    assert ada.heard[0]["word"] == secret
    assert ben.heard[0]["word"] == secret
    assert welcome["word"] is None
    assert leaks(cleo.raw, secret) == []
    assert leaks(ben.raw, secret) != []  # the test can fail
    await cleo.wait_for_ink()
    assert decode_frame(cleo.ink[0][4:]).data == decode_frame(ada.ink[0][4:]).data
    goes_on = await cleo.wait_for("goes_on")
    assert 70_000 < goes_on["remaining_ms"] <= 80_000, "the outage cost no time"
    await cleo.send("say", text=secret)
    assert (await cleo.wait_for("turn_ended"))["reason"] == "all_guessed"
    assert "Traceback" not in server.log


@pytest.mark.slow
async def test_results_of_a_game_that_was_killed_again_and_again_are_kept_once(serve):
    server = serve()
    code, *wires, secret = await begun(server)
    cookies = [wire.cookie for wire in wires]
    await wires[2].send("say", text=secret)
    for turn in (2, 3):
        await wires[0].wait_for("turn_ended")
        server.stop(signal.SIGKILL)
        server.start()
        wires = await back(server, code, *cookies)
        drawer = wires[turn - 1]
        await wires[0].wait_for("turn_started", turn=turn, patience=30)
        secret = (await drawer.wait_for("secret_word"))["word"]
        for wire in wires:
            if wire is not drawer:
                await wire.send("say", text=secret)
    ended = await wires[0].wait_for("game_ended", patience=30)
    server.stop(signal.SIGKILL)
    server.start()
    server.stop()
    assert rows(server, "SELECT number FROM turns ORDER BY number") == [(1,), (2,), (3,)]
    assert rows(server, "SELECT count(*) FROM guesses WHERE seconds IS NOT NULL") == [(6,)]
    kept = rows(server, "SELECT nickname, score FROM scores JOIN players ON players.id = player_id")
    assert sorted(kept) == sorted((line["nickname"], line["score"]) for line in ended["podium"])
