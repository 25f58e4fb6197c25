"""The whole game in real Chromium: a room by link, the artist, a person's drawing, scores, the database, a restart."""

import asyncio
import sqlite3

import pytest
from playwright.async_api import expect

from tests.browser.player import DESKTOP, PHONE, TURN, Player, expect_text
from tests.browser.scenes import choose_setting

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


async def test_one_real_round(serve, browser, artifacts):
    server = serve(words=("house", "umbrella", "rainbow"), draw_seconds=60, seed=1)
    server.wait_for_artist()
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=True)

    link = await ada.create_room(server.url, "Ada")
    await ben.join(link, "Ben")
    await expect_text(ada, "player-list", "Ben")
    await ada.page.screenshot(path=artifacts / "lobby-desktop.png")
    await ben.page.screenshot(path=artifacts / "lobby-phone.png")

    await choose_setting(ada, "rounds", 1)  # a second would be the same

    # The artist draws, by real optimisation; the first strokes come while it goes on.
    await ada.part("start-game").click()
    for player in (ada, ben):
        await player.in_phase("drawing")
    assert "house" not in (await ada.page.content()).lower()
    await _until(ada.canvas_ink, 0.005)
    await _until(ben.canvas_ink, 0.005)
    await ada.page.wait_for_timeout(12_000)
    await ada.page.screenshot(path=artifacts / "artist-desktop.png")
    await ben.page.screenshot(path=artifacts / "artist-phone.png")
    await ben.say("perhaps a boat")
    await expect_text(ada, "chat-log", "perhaps a boat")
    word = await _guess_one_of(ben, "house", "umbrella", "rainbow")
    await expect_text(ada, "chat-log", "Ben")
    await ada.say(word)
    await ada.in_phase("result")
    await expect_text(ben, "turn-result", word)
    await ada.page.screenshot(path=artifacts / "result-desktop.png")

    # Ada draws with the pointer; Ben sees the strokes where she made them.
    await ada.in_phase("choosing")
    await ada.part("choice-0").wait_for()
    await ada.page.screenshot(path=artifacts / "choosing-desktop.png")
    chosen = (await ada.part("choice-0").inner_text()).strip()
    await ada.part("choice-0").click()
    await ben.in_phase("drawing")
    await ada.in_phase("drawing")
    await ada.draw_line((0.2, 0.2), (0.8, 0.2), (0.8, 0.8))
    await ada.draw_line((0.3, 0.5), (0.5, 0.7))
    await _until(ben.canvas_ink, 0.003)
    for x, y in ((0.5, 0.2), (0.8, 0.5), (0.4, 0.6)):
        assert await ben.ink_at(x, y)
    assert not await ben.ink_at(0.15, 0.85)
    await ada.page.screenshot(path=artifacts / "drawing-desktop.png")
    await ben.page.screenshot(path=artifacts / "drawing-phone.png")
    await ada.part("undo").click()
    await _until(lambda: _negated(ben.ink_at(0.4, 0.6)), 1)
    assert await ben.ink_at(0.5, 0.2)
    await ben.say(chosen)
    await ben.in_phase("result")

    # Whoever does not know it lets the time pass.
    await _play_on_to_the_podium(ada, ben)
    await ada.page.screenshot(path=artifacts / "podium-desktop.png")
    await ben.page.screenshot(path=artifacts / "podium-phone.png")
    shown = await ada.part("podium").inner_text()
    async with asyncio.timeout(10):  # the database is written beside the game
        while not (scores := _scores(server)):
            await asyncio.sleep(0.1)
    assert set(scores) == {"Ada", "Ben", "The Artist"}
    for nickname, score in scores.items():
        assert nickname in shown
        assert str(score) in shown.replace(",", "").replace("\u202f", "")
    assert _count(server, "turns") == 3
    # Of those in which nobody drew a line, none is kept.
    assert 2 <= _count(server, "drawings") <= 3
    for player in (ada, ben):
        assert await player.has_no_sideways_scroll()
        assert player.problems == []

    # After a restart the scores are still there.
    server.stop()
    server.start()
    visitor = await Player.at(browser, DESKTOP)
    await visitor.page.goto(server.url)
    for nickname, score in scores.items():
        await expect_text(visitor, "leaderboard", nickname)
        await expect_text(visitor, "leaderboard", f"{score:,}")
    await visitor.page.screenshot(path=artifacts / "home-desktop.png")
    await visitor.page.set_viewport_size(PHONE)
    await visitor.page.screenshot(path=artifacts / "home-phone.png")
    assert await visitor.has_no_sideways_scroll()


async def _until(measure, least, patience=30):
    async with asyncio.timeout(patience):
        while await measure() < least:
            await asyncio.sleep(0.25)


async def _negated(awaitable):
    return not await awaitable


async def _guess_one_of(player, *words):
    """Guess until one is right; the page then shows the word."""
    for word in words:
        await player.say(word)
        try:
            await expect(player.part("word")).to_contain_text(word, timeout=3000, ignore_case=True)
        except AssertionError:
            continue
        return word
    raise AssertionError("none of the words was right")


async def _play_on_to_the_podium(ada, ben):
    """Both guess at once when the artist draws; of people's turns the other guesses. The words are known to the test."""
    while True:
        await ada.in_phase("choosing", "drawing", "podium", patience=2 * TURN)
        phase = await ada.page.get_attribute("body", "data-phase")
        if phase == "podium":
            return
        for player in (ada, ben):
            if await player.part("choice-0").is_visible():
                await player.part("choice-0").click()
        await asyncio.sleep(0.5)
        for player in (ada, ben):
            if await player.part("chat-input").is_enabled():
                for word in ("house", "umbrella", "rainbow"):
                    await player.say(word)
        await asyncio.sleep(2.5)


def _scores(server):
    with sqlite3.connect(server.data / "guesstroke.db") as database:
        query = "SELECT nickname, score FROM scores JOIN players ON players.id = scores.player_id"
        return dict(database.execute(query).fetchall())


def _count(server, table):
    with sqlite3.connect(server.data / "guesstroke.db") as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
