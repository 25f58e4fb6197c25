"""What is kept of a game, in real Chromium: the gallery, replays, files, scores, one's own page; deleting, and playing on elsewhere."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from xml.etree import ElementTree

import pytest
from axe_playwright_python.async_playwright import Axe
from PIL import Image
from playwright.async_api import Browser, expect

from tests.browser.player import DESKTOP, PHONE, TURN, Player, expect_text
from tests.browser.scenes import choose_setting, friends, own_words
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WORDS = ("house", "boat")


async def play(browser: Browser, server: Server) -> tuple[Player, Player]:
    """Ada, the host, and Ben draw once each and guess each other's drawing; they are left at the podium."""
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, *WORDS)
    await choose_setting(ada, "in_gallery", True)
    await ada.page.select_option("#setting-rounds", "1")
    await ada.part("start-game").click()
    for _ in WORDS:
        await asyncio.gather(*(player.in_phase("drawing") for player in (ada, ben)))
        drawer, guesser = (ada, ben) if await ada.part("toolbar").is_visible() else (ben, ada)
        word = await drawer.part("word").get_attribute("aria-label") or ""
        await drawer.draw_line((0.2, 0.8), (0.2, 0.4), (0.5, 0.15), (0.8, 0.4), (0.8, 0.8), (0.2, 0.8))
        await drawer.draw_line((0.45, 0.8), (0.45, 0.6), (0.55, 0.6), (0.55, 0.8))
        await drawer.same_raster_as(guesser)
        await guesser.say(word)
        await ada.in_phase("result")
        await ada.in_phase("choosing", "drawing", "podium", patience=2 * TURN)
    await asyncio.gather(*(player.in_phase("podium") for player in (ada, ben)))
    await until(lambda: drawings(ada, server), len(WORDS))
    return ada, ben


async def drawings(player: Player, server: Server, **filters: str) -> list[dict]:
    """What the gallery has."""
    answer = await player.page.request.get(f"{server.url}/api/gallery", params=filters)
    return (await answer.json())["drawings"]


async def until(ask: Callable[[], Awaitable[list]], count: int) -> None:
    """Wait until a list has so many members: the database is written beside the game."""
    async with asyncio.timeout(20):
        while len(await ask()) != count:
            await asyncio.sleep(0.2)


async def saved(player: Player, part: str) -> bytes:
    """Click a link to a file, and read what the browser saved."""
    async with player.page.expect_download() as download:
        await player.part(part).click()
    path = await (await download.value).path()
    return await asyncio.to_thread(path.read_bytes)


async def strokes(player: Player) -> int:
    return int(await player.on_board("board => board.drawing.operations.length"))


async def moment(player: Player) -> float:
    """Where the replay is, in its own milliseconds."""
    return float(await player.part("scrubber").input_value())


@pytest.mark.slow
async def test_a_game_hangs_in_the_gallery_and_is_played_again(serve, browser, artifacts):
    server = serve(draw_seconds=60)
    ada, ben = await play(browser, server)
    await expect(ada.part("drawings").locator("figure")).to_have_count(len(WORDS))

    # A stranger finds it from the front page, by links alone.
    cyd = await Player.at(browser, DESKTOP)
    await cyd.page.goto(server.url)
    await cyd.page.get_by_role("link", name="Gallery").first.click()
    cards = cyd.page.locator(".drawing-card")
    await expect(cards).to_have_count(len(WORDS))
    assert await cyd.page.title() == "Gallery · Guesstroke"
    await cyd.part("filter-word").fill("boat")
    await expect(cards).to_have_count(1)
    assert cyd.page.url == f"{server.url}/gallery?word=boat"
    await cyd.page.screenshot(path=artifacts / "gallery-desktop.png")

    await cards.get_by_role("link").click()
    await expect(cyd.part("page-title")).to_have_text("boat")
    await expect(cyd.part("scrubber")).to_be_visible()
    assert await cyd.page.title() == "boat · Guesstroke"
    # It plays by itself; Space stops it and the slider's keys go through it.
    await expect(cyd.part("play")).to_have_attribute("aria-label", "Pause")
    await cyd.page.keyboard.press("Space")
    await expect(cyd.part("play")).to_have_attribute("aria-label", "Play")
    stopped = await moment(cyd)
    await cyd.page.wait_for_timeout(300)
    assert await moment(cyd) == stopped
    await cyd.part("scrubber").focus()
    await cyd.page.keyboard.press("End")
    assert await strokes(cyd) == 2
    assert await cyd.canvas_ink() > 0.01
    await cyd.page.keyboard.press("Home")
    assert await strokes(cyd) == 0
    await cyd.page.keyboard.press("ArrowRight")
    assert 900 < await moment(cyd) < 1100
    assert "of" in (await cyd.part("scrubber").get_attribute("aria-valuetext") or "")
    # Whoever guessed it saw both strokes.
    guesser = "Ben" if (await drawings(cyd, server, word="boat"))[0]["drawer"] == "Ada" else "Ada"
    await cyd.part("guesses").get_by_role("button", name=guesser).click()
    assert await strokes(cyd) == 2
    await expect_text(cyd, "replay-said", guesser)
    await cyd.page.screenshot(path=artifacts / "replay-desktop.png")

    # Back to the gallery as it was, on to the game.
    await cyd.page.go_back()
    await expect(cyd.part("filter-word")).to_have_value("boat")
    await cyd.page.go_forward()
    await cyd.page.get_by_role("link", name="All of this game").click()
    await expect(cyd.part("ranking").locator("li")).to_have_count(2)
    assert cyd.problems == ada.problems == ben.problems == []


@pytest.mark.slow
async def test_a_drawing_is_taken_along_as_a_file_of_each_kind(serve, browser):
    server = serve(draw_seconds=60)
    await play(browser, server)
    cyd = await Player.at(browser, PHONE)
    await cyd.page.goto(f"{server.url}/gallery")
    await cyd.page.locator(".drawing-card a").first.click()
    assert Image.open(io.BytesIO(await saved(cyd, "file-png"))).format == "PNG"
    for kind in ("gif", "webp"):
        film = Image.open(io.BytesIO(await saved(cyd, f"file-{kind}")))
        assert film.format == kind.upper()
        assert film.n_frames > 3
    assert ElementTree.fromstring(await saved(cyd, "file-svg")).tag.endswith("svg")
    await cyd.page.get_by_role("link", name="All of this game").click()
    assert Image.open(io.BytesIO(await saved(cyd, "poster"))).width > 800


@pytest.mark.slow
async def test_who_drew_it_and_the_host_can_delete_and_nobody_else(serve, browser):
    server = serve(draw_seconds=60)
    ada, ben = await play(browser, server)
    kept = await drawings(ada, server)
    of = {drawing["drawer"]: drawing for drawing in kept}
    cyd = await Player.at(browser, DESKTOP)
    for drawing in kept:
        await cyd.page.goto(f"{server.url}/drawing/{drawing['key']}")
        await cyd.part("share").wait_for()
        await expect(cyd.part("delete-drawing")).to_have_count(0)
    await ben.page.goto(f"{server.url}/drawing/{of['Ada']['key']}")
    await ben.part("share").wait_for()
    await expect(ben.part("delete-drawing")).to_have_count(0)

    await ben.page.goto(f"{server.url}/drawing/{of['Ben']['key']}")
    await ben.part("delete-drawing").click()
    await ben.part("confirm").get_by_role("button", name="Keep it").click()
    assert len(await drawings(ben, server)) == 2
    await ben.part("delete-drawing").click()
    await ben.part("confirm-yes").click()
    await expect_text(ben, "toast", "The drawing is deleted")
    await expect(ben.page.locator(".drawing-card")).to_have_count(1)
    await ben.page.goto(f"{server.url}/drawing/{of['Ben']['key']}")
    await expect(ben.page.get_by_text("There is no such drawing")).to_be_visible()

    await ada.page.goto(f"{server.url}/game/{of['Ada']['game_id']}")
    await ada.part("delete-game").click()
    await ada.part("confirm-yes").click()
    await expect(ada.page.get_by_text("No drawing of this game is kept")).to_be_visible()
    assert await drawings(ada, server) == []


@pytest.mark.slow
async def test_everything_about_a_player_is_taken_along_and_deleted(serve, browser, artifacts):
    server = serve(draw_seconds=60)
    ada, ben = await play(browser, server)
    beside = Player(await ben.page.context.new_page())
    await beside.page.goto(f"{server.url}/me")
    await expect_text(beside, "page-title", "Ben")
    await expect(beside.page.locator(".drawing-card")).to_have_count(1)
    await beside.page.screenshot(path=artifacts / "me-phone.png", full_page=True)
    assert "Ben" in json.dumps(json.loads(await saved(beside, "export")))

    # Nobody is deleted out of a room, where more would be kept.
    await beside.part("delete-all").click()
    await beside.part("confirm-yes").click()
    await expect(beside.page.get_by_role("alert")).to_contain_text("You still have a seat in a room")
    await beside.page.keyboard.press("Escape")
    await ben.page.get_by_role("button", name="Leave").last.click()
    await ben.in_phase("home")
    await beside.part("delete-all").click()
    await beside.part("confirm-yes").click()
    await expect(beside.page.get_by_text("Everything about you is deleted.")).to_be_visible()
    await expect(beside.part("nickname")).to_have_value("")
    await beside.page.get_by_role("link", name="Profile").first.click()
    await expect(beside.page.get_by_text("Nothing is kept about you yet")).to_be_visible()
    assert [drawing["drawer"] for drawing in await drawings(ada, server)] == ["Ada"]
    await ada.page.goto(f"{server.url}/scores")
    await expect(ada.part("score-table")).to_contain_text("Ada")
    await expect(ada.part("score-table")).not_to_contain_text("Ben")


@pytest.mark.slow
async def test_a_code_makes_another_browser_the_same_player_once(serve, browser):
    server = serve(draw_seconds=60)
    ada, _ = await play(browser, server)
    beside = Player(await ada.page.context.new_page())
    await beside.page.goto(f"{server.url}/me")
    await beside.part("transfer").click()
    code = await beside.part("transfer-code").inner_text()
    picture = beside.page.get_by_role("img", name="QR code of the link")
    assert await picture.evaluate("async picture => (await picture.decode(), picture.naturalWidth > 0)")

    phone, laptop = await Player.at(browser, PHONE), await Player.at(browser, DESKTOP)
    # To look at the link does not use it up.
    await laptop.page.goto(f"{server.url}/move/{code}")
    await phone.page.goto(f"{server.url}/move/{code}")
    await phone.part("move-here").click()
    await expect_text(phone, "page-title", "Ada")
    await laptop.part("move-here").click()
    await expect(laptop.page.get_by_role("alert")).to_contain_text("This code does not work")

    await beside.part("transfer").click()
    await expect(beside.part("transfer-code")).not_to_have_text(code)
    await laptop.page.goto(f"{server.url}/me")
    await laptop.part("adopt-code").fill((await beside.part("transfer-code").inner_text()).lower())
    await laptop.part("adopt").click()
    await expect_text(laptop, "page-title", "Ada")


@pytest.mark.slow
async def test_every_page_is_whole_on_every_screen(serve, browser, artifacts):
    server = serve(draw_seconds=60)
    ada, _ = await play(browser, server)
    drawing = (await drawings(ada, server))[0]
    room = ada.page.url.rsplit("/", 1)[1]
    paths = {
        "gallery": "/gallery", "room-gallery": f"/r/{room}/gallery", "drawing": f"/drawing/{drawing['key']}", "game": f"/game/{drawing['game_id']}",
        "scores": "/scores", "stats": "/stats", "me": "/me", "move": "/move/NOTACODE", "gone": "/drawing/none",
    }  # fmt: skip
    axe, found = Axe(), []
    beside = Player(await ada.page.context.new_page())
    for name, path in paths.items():
        await beside.page.goto(server.url + path)
        await expect(beside.page.locator(".page-body [role=status]", has_text="Just a moment")).to_have_count(0)
        for size, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
            await beside.page.set_viewport_size(viewport)
            for theme in ("light", "dark"):
                await beside.page.emulate_media(color_scheme=theme)
                await beside.page.wait_for_timeout(300)  # colours fade over
                await beside.page.screenshot(path=artifacts / f"{name}-{size}-{theme}.png", full_page=True)
                for each in (await axe.run(beside.page)).response["violations"]:
                    found.append(f"{name}, {size}, {theme}: {each['id']}: {[node['target'] for node in each['nodes']][:4]}")
            if not await beside.has_no_sideways_scroll():
                found.append(f"{name}, {size}: scrolls sideways")
    assert not found, "\n".join(found)
