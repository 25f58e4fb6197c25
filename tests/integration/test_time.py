"""Clocks that jump and loops that stand still: turns last as long as they should."""

import asyncio
import os
import signal

import pytest

from tests.clock import Clock
from tests.integration.wire import Wire, open_room

pytestmark = pytest.mark.slow


@pytest.fixture
def clock(tmp_path):
    clock = Clock(tmp_path / "clock")
    if not clock.is_there:
        pytest.skip("libfaketime is not installed: make browser")
    return clock


async def turn_of_fifteen_seconds(server):
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    await ada.send("change_settings", human_turns_per_artist_turn=0, rounds=1, choices=1, draw_seconds=15, hints=0)
    await ada.send("start_game")
    await ben.wait_for("turn_started")
    return code, ada, ben


@pytest.mark.parametrize("jump", [86_400, -86_400])
async def test_a_wall_clock_that_jumps_moves_no_timer(serve, clock, jump, monkeypatch):
    for name, value in clock.environment.items():
        monkeypatch.setenv(name, value)
    server = serve()
    code, ada, ben = await turn_of_fifteen_seconds(server)
    await ada.send_ink(1, b"\x06")
    clock.set(jump)
    await asyncio.sleep(3)
    again = await Wire.join(server, code, "Ben", ben.cookie)
    assert 5_000 < again.heard[0]["turn"]["remaining_ms"] < 13_500
    assert (await ada.wait_for("turn_ended"))["reason"] == "time_up"


async def test_a_loop_that_is_blocked_for_three_seconds_goes_on_as_if_nothing_had_been(serve):
    server = serve()
    code, ada, ben = await turn_of_fifteen_seconds(server)
    await ada.send_ink(1, b"\x06")
    os.kill(server.pid, signal.SIGSTOP)
    await asyncio.sleep(3)
    os.kill(server.pid, signal.SIGCONT)
    again = await Wire.join(server, code, "Ben", ben.cookie)
    assert 5_000 < again.heard[0]["turn"]["remaining_ms"] < 12_500, "the time that it stood still counts"
    assert (await ada.wait_for("turn_ended"))["reason"] == "time_up"
    assert ada.close_code is None, "nobody was thrown out for it"
