"""The artist as people see it: stroke by stroke at the set pace, or all strokes on the move."""

import json
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from game.drawing.operations import Curve, read_operations
from game.protocol.ink import CURVE, decode_frame
from tests.browser.player import DESKTOP, PHONE, Player, expect_text

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.undisturbed, pytest.mark.timeout(400)]
SECONDS = 20
LAST = 0.6 * SECONDS
PATIENCE = 4.0
"""Seconds that a stroke may come later than it should: the artist, the server and the browser share two cores here;"""
COLD_PATIENCE = SECONDS - LAST
"""and one that is still being thought of, where other tests keep those cores busy."""


@dataclass
class Turn:
    """What came over the socket in one turn: (seconds since its start, stroke number, the curve)."""

    began: float
    curves: list[tuple[float, int, Curve]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)


def listen(player: Player) -> list[Turn]:
    """Keep what the player's socket receives, turn by turn."""
    turns: list[Turn] = []

    def hear(payload: str | bytes) -> None:
        if isinstance(payload, str):
            message = json.loads(payload)
            if message["type"] == "turn_started":
                turns.append(Turn(time.monotonic()))
            elif message["type"] == "artist_status" and turns:
                turns[-1].statuses.append(message)
        elif turns:
            for record in decode_frame(payload[4:]).records:
                if record.op == CURVE:
                    (curve,) = read_operations(record.data)
                    assert isinstance(curve, Curve)
                    turns[-1].curves.append((time.monotonic() - turns[-1].began, record.stroke, curve))

    player.page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return turns


async def choose(player: Player, **settings: str) -> None:
    await player.part("artist-settings").locator("summary").click()
    for name, value in settings.items():
        await player.page.locator(f"#setting-{name}").select_option(label=value)


async def test_strokes_come_one_by_one_and_the_next_drawing_is_there_when_its_turn_begins(serve, browser, artifacts):
    server = serve(words=("umbrella", "house", "ladder", "square"), draw_seconds=SECONDS)
    server.wait_for_artist()
    ada = await Player.at(browser, DESKTOP)
    turns = listen(ada)
    await ada.create_room(server.url, "Ada")
    await ada.part("start-game").click()
    await ada.in_phase("drawing")
    ink = []
    for _ in range(5):
        await ada.page.wait_for_timeout(2500)
        ink.append(await ada.canvas_ink())
    await ada.page.screenshot(path=artifacts / "artist-settled.png")
    await ada.in_phase("result")
    cold = turns[0]
    times, numbers = [at for at, _, _ in cold.curves], [stroke for _, stroke, _ in cold.curves]
    assert len(times) >= 5
    assert numbers == list(range(1, len(numbers) + 1))  # each once, and what is shown stays
    assert times[0] < 1 + COLD_PATIENCE
    assert times[-1] < LAST + COLD_PATIENCE
    assert times[-1] - times[0] > LAST / 3  # spread over its part of the turn
    assert ink[0] > 0
    assert all(after > 0.9 * before for before, after in pairwise(ink))  # the pencil itself comes and goes
    assert ink[-1] > 1.5 * ink[0]

    await ada.in_phase("drawing")
    await ada.in_phase("result")
    ahead = turns[1]
    assert ahead.curves[0][0] < PATIENCE
    assert ahead.curves[-1][0] < LAST + PATIENCE
    assert len({round(at, 1) for at, _, _ in ahead.curves}) > 3
    assert ada.problems == []


async def test_all_strokes_move_until_they_fit_where_the_room_wants_that(serve, browser, artifacts):
    server = serve(words=("umbrella",), draw_seconds=SECONDS)
    server.wait_for_artist()
    ada = await Player.at(browser, PHONE, touch=True)
    turns = listen(ada)
    await ada.create_room(server.url, "Ada")
    await choose(ada, artist_show="Move until they fit")
    await ada.part("start-game").click()
    await ada.in_phase("drawing")
    await expect_text(ada, "artist-status", "moves all its strokes")
    pictures = []
    for _ in range(3):
        await ada.page.wait_for_timeout(2000)
        pictures.append(await ada.canvas_pixels())
    await ada.page.screenshot(path=artifacts / "artist-evolving-phone.png")
    assert all((before != after).any() for before, after in pairwise(pictures))
    await ada.in_phase("result")
    moves: dict[int, list[Curve]] = {}
    for _, stroke, curve in turns[0].curves:
        moves.setdefault(stroke, []).append(curve)
    assert len(moves) >= 5
    assert len(moves[1]) > 5
    assert moves[1][0].points != moves[1][-1].points
    assert await ada.has_no_sideways_scroll()
    assert ada.problems == []


async def test_a_room_may_choose_a_style(serve, browser, artifacts):
    server = serve(words=("umbrella",), draw_seconds=SECONDS)
    server.wait_for_artist()
    ada = await Player.at(browser, DESKTOP)
    turns = listen(ada)
    await ada.create_room(server.url, "Ada")
    await choose(ada, artist_style="Neon")
    await ada.page.screenshot(path=artifacts / "artist-settings.png")
    await ada.part("start-game").click()
    await ada.in_phase("drawing")
    await ada.page.wait_for_timeout(9000)
    await ada.page.screenshot(path=artifacts / "artist-neon.png")
    widths = {curve.width for _, _, curve in turns[0].curves}
    assert len(widths) == 4
    assert ada.problems == []
