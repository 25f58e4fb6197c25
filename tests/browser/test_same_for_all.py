"""Three people, three screens, two rounds: after every turn the canvas is the same for all, to the last pixel, whatever happened on the way."""

import asyncio

import pytest

from tests.browser.player import DESKTOP, PHONE, Player, expect_text

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

TABLET = {"width": 820, "height": 1180}
WORDS = ("house", "umbrella", "rainbow", "tree", "flower", "cat")


async def test_the_canvas_is_the_same_for_all(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=60, seed=3)
    server.wait_for_artist()
    ada = await Player.at(browser, DESKTOP)
    ben = await Player.at(browser, PHONE, touch=True, ratio=3)
    cyd = await Player.at(browser, TABLET, ratio=2)
    people = {"Ada": ada, "Ben": ben, "Cyd": cyd}
    link = await ada.create_room(server.url, "Ada")
    await ben.join(link, "Ben")
    await cyd.join(link, "Cyd")
    await expect_text(ada, "player-list", "Cyd")
    await ada.page.select_option("#setting-rounds", "1")
    await ada.part("start-game").click()

    seen, mishaps = [], {"Ada": lose_the_line, "Ben": reload_in_mid_drawing, "Cyd": turn_the_screen}
    while True:
        await ada.in_phase("choosing", "drawing", "podium")
        if await phase(ada) == "podium":
            break
        drawer = await begin_turn(people)
        seen.append(drawer)
        if drawer is None:
            # The artist's turn: the three come to it in different ways.
            await asyncio.sleep(6)
            await reload_in_mid_drawing(ben)
            await asyncio.sleep(6)
        else:
            hand = people[drawer]
            await draw(hand, touch=drawer == "Ben", first=True)
            watcher = people[{"Ada": "Ben", "Ben": "Cyd", "Cyd": "Ada"}[drawer]]
            if mishap := mishaps.pop(drawer, None):
                await asyncio.gather(mishap(watcher), draw(hand, touch=drawer == "Ben"))
            await hand.part("undo").click()
            await hand.part("undo").click()
            await hand.part("redo").click()
            await hand.page.screenshot(path=artifacts / f"same-{drawer}.png")
        rasters = await the_same_raster([ada, ben, cyd])
        assert rasters["ink"] > 500
        await guess(people, drawer)
        await ada.in_phase("result")
        await the_same_raster([ada, ben, cyd])
        await ada.in_phase("choosing", "drawing", "podium")
    assert all(seen.count(name) == 1 for name in people), seen
    assert None in seen
    assert not mishaps
    assert [player.problems for player in (ada, cyd)] == [[], []]
    # A page that loses the line says so in its console by itself.
    assert [problem for problem in ben.problems if "ERR_INTERNET_DISCONNECTED" not in problem] == []


async def phase(player):
    return await player.page.get_attribute("body", "data-phase")


async def begin_turn(people):
    """Pick a word where one is to be picked; return who draws, None for the artist."""
    while await phase(people["Ada"]) == "choosing":
        for player in people.values():
            if await player.part("choice-0").is_visible():
                await player.part("choice-0").click()
        await asyncio.sleep(0.2)
    for player in people.values():
        await player.in_phase("drawing")
    for name, player in people.items():
        if await player.part("toolbar").is_visible():
            return name
    return None


async def draw(player, *, touch, first=False):
    """Lines, a fill and another width; by finger where there is one."""
    line = player.touch_line if touch else player.draw_line
    if first:
        await line((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2))
        await player.part("tool-fill").click()
        await player.page.get_by_role("button", name="Sky", exact=True).click()
        await player.tap_canvas(0.5, 0.5, touch=touch)
        await player.part("tool-brush").click()
        await player.page.get_by_role("button", name="Wine", exact=True).click()
        return
    for step in range(6):
        await line((0.25 + 0.05 * step, 0.3), (0.4, 0.5), (0.3 + 0.05 * step, 0.7))
        await asyncio.sleep(0.4)


async def the_same_raster(players):
    """Wait until all three have the same; ink on its way takes a moment."""
    for _ in range(40):
        rasters = [await player.raster() for player in players]
        if all(raster == rasters[0] for raster in rasters):
            return rasters[0]
        await asyncio.sleep(0.25)
    raise AssertionError(f"the canvases differ: {rasters}")


async def guess(people, drawer):
    for name, player in people.items():
        if name != drawer:
            for word in WORDS:
                await player.say(word)
                await asyncio.sleep(0.3)
                if await player.page.locator(".word.is-known").count():
                    break


async def reload_in_mid_drawing(player):
    await player.page.reload()
    await player.in_phase("drawing")


async def lose_the_line(player):
    await player.page.context.set_offline(True)
    await player.cut_the_line()
    await player.page.locator("#banner").wait_for(state="visible")
    await asyncio.sleep(5)
    await player.page.context.set_offline(False)
    await player.page.locator("#banner").wait_for(state="hidden", timeout=20_000)


async def turn_the_screen(player):
    size = player.page.viewport_size
    await player.page.set_viewport_size({"width": size["height"], "height": size["width"]})
    await asyncio.sleep(0.5)
    await player.page.set_viewport_size(size)
