"""A server that goes away in the middle of a drawing, in real Chromium: the pages come back by themselves, and the game goes on."""

import asyncio
import signal

import pytest
from playwright.async_api import expect

from tests.browser.player import DESKTOP, PHONE, Player, expect_text
from tests.browser.scenes import own_words, start

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


async def at_a_drawing(browser, server):
    """Ada at a desktop and Ben at a phone, in a room of one word, and who of them draws first."""
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=True)
    await ben.join(await ada.create_room(server.url, "Ada"), "Ben")
    await own_words(ada, "lighthouse")
    await start(ada, ben)
    return (ada, ben) if await ada.part("toolbar").is_visible() else (ben, ada)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_the_game_goes_on_where_it_was(serve, browser, artifacts, how):
    server = serve(draw_seconds=60)
    drawer, guesser = await at_a_drawing(browser, server)
    await drawer.draw_line((0.2, 0.2), (0.8, 0.2), (0.8, 0.8))
    async with asyncio.timeout(20):
        while not await guesser.ink_at(0.5, 0.2):
            await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    before = await guesser.raster()
    await asyncio.to_thread(server.stop, how)
    banner = guesser.page.locator("#banner")
    await expect(banner).to_be_visible(timeout=10_000)
    if how == signal.SIGTERM:
        await expect(banner).to_contain_text("The server is restarting")
        await expect_text(guesser, "chat-log", "goes on in a moment")
    # One page is held back, so that the other is seen to wait for it.
    await drawer.page.context.set_offline(True)
    await asyncio.to_thread(server.start)
    await expect(guesser.part("paused")).to_contain_text("We wait for the others to come back", timeout=20_000)
    await expect(banner).to_be_hidden()
    if how == signal.SIGKILL:
        await guesser.page.screenshot(path=artifacts / f"waiting-{'phone' if guesser.page.viewport_size == PHONE else 'desktop'}.png")
        assert await guesser.has_no_sideways_scroll()
    await drawer.page.context.set_offline(False)
    for player in (drawer, guesser):
        await expect(player.part("paused")).to_be_hidden(timeout=20_000)
    assert await guesser.raster() == before == await drawer.raster()
    await drawer.draw_line((0.3, 0.5), (0.5, 0.7))
    async with asyncio.timeout(20):
        while not await guesser.ink_at(0.4, 0.6):
            await asyncio.sleep(0.1)
    await guesser.say("lighthouse")
    await guesser.in_phase("result")
    await expect_text(guesser, "turn-result", "lighthouse")
