"""What makes the client pleasant to use, in real Chromium: keys, fingers, pens, languages, light and dark."""

import asyncio
from itertools import pairwise

import pytest
from playwright.async_api import expect

from tests.browser.player import DESKTOP, PHONE, TURN, Player, expect_text
from tests.browser.scenes import friends, own_words, start
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("client"), draw_seconds=60).start()
    yield server
    server.stop()


async def strokes(player: Player) -> list[dict]:
    """What is on the board, as the page itself has it."""
    return await player.on_board("board => board.drawing.operations.map(({ kind, width, points }) => ({ kind, width, points }))")


async def alone_drawing(browser, server, viewport=DESKTOP, *, touch=False) -> tuple[Player, Player]:
    """A drawer at the screen asked for, and one who watches."""
    drawer = await Player.at(browser, viewport, touch=touch)
    watcher = await Player.at(browser, DESKTOP)
    link = await drawer.create_room(server.url, "Ada")
    await watcher.join(link, "Ben")
    await expect_text(drawer, "player-list", "Ben")
    await own_words(drawer, "house")
    await start(drawer, watcher)
    return (drawer, watcher) if await drawer.part("toolbar").is_visible() else (watcher, drawer)


async def test_a_guess_starts_with_its_first_letter_and_the_arrow_brings_back_the_last(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "house")
    await start(ada, ben)
    guesser = ben if await ada.part("toolbar").is_visible() else ada
    await guesser.page.evaluate("document.activeElement.blur()")
    await guesser.page.keyboard.type("a boat")
    await expect(guesser.part("chat-input")).to_have_value("a boat")
    await guesser.page.keyboard.press("Enter")
    await expect_text(guesser, "chat-log", "a boat")
    await guesser.page.keyboard.press("ArrowUp")
    await expect(guesser.part("chat-input")).to_have_value("a boat")
    await guesser.page.keyboard.press("ArrowDown")
    await expect(guesser.part("chat-input")).to_have_value("")


async def test_keys_pick_tools_and_can_be_other_ones(server, browser, artifacts):
    ada, _ = await alone_drawing(browser, server)
    keyboard = ada.page.keyboard
    for key, part in (("e", "tool-eraser"), ("l", "tool-line"), ("f", "tool-fill"), ("b", "tool-brush")):
        await keyboard.press(key)
        await expect(ada.part(part)).to_have_attribute("aria-pressed", "true")
    await keyboard.press("7")
    await expect(ada.page.get_by_role("button", name="Red", exact=True)).to_have_attribute("aria-pressed", "true")
    await keyboard.press("3")
    await keyboard.press("]")
    await expect(ada.part("brush-width")).to_have_value("20")

    await keyboard.press("?")
    dialog = ada.part("menu-dialog")
    await dialog.get_by_text("Keys while you draw").click()
    await ada.part("key-fill").click()
    await keyboard.press("e")
    await expect_text(ada, "keys-said", "Eraser")
    await ada.part("key-fill").click()
    await keyboard.press("p")
    await expect(ada.part("key-fill")).to_have_text("P")
    await ada.page.screenshot(path=artifacts / "keys-desktop.png")
    await dialog.get_by_role("button", name="Close").click()
    await keyboard.press("p")
    await expect(ada.part("tool-fill")).to_have_attribute("aria-pressed", "true")
    assert "(P)" in (await ada.part("tool-fill").get_attribute("title") or "")
    await keyboard.press("b")
    await keyboard.press("f")
    await expect(ada.part("tool-brush")).to_have_attribute("aria-pressed", "true")


async def test_two_fingers_enlarge_and_leave_no_mark(server, browser, artifacts):
    drawer, _ = await alone_drawing(browser, server, PHONE, touch=True)
    assert drawer.page.viewport_size == PHONE, "the host draws first"
    await drawer.pinch((0.4, 0.5), (0.6, 0.5), (0.2, 0.5), (0.8, 0.5))
    await expect(drawer.part("zoom-out")).to_be_visible()
    assert await strokes(drawer) == []
    await drawer.touch_line((0.4, 0.4), (0.6, 0.6))
    (line,) = await strokes(drawer)
    # What is drawn on the enlarged canvas lies where the finger was.
    xs = line["points"][::2]
    assert 300 < min(xs) < max(xs) < 500
    await drawer.page.screenshot(path=artifacts / "enlarged-phone.png")
    await drawer.part("zoom-out").click()
    await expect(drawer.part("zoom-out")).to_be_hidden()
    # A second finger while the first draws does nothing.
    await drawer.two_fingers_one_late((0.2, 0.2), (0.8, 0.2), (0.5, 0.8))
    await expect(drawer.part("zoom-out")).to_be_hidden()
    assert len(await strokes(drawer)) == 2


async def test_the_wheel_enlarges_with_ctrl(server, browser):
    ada, _ = await alone_drawing(browser, server)
    box = await ada.part("canvas").bounding_box()
    await ada.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await ada.page.keyboard.down("Control")
    await ada.page.mouse.wheel(0, -300)
    await ada.page.keyboard.up("Control")
    await expect(ada.part("zoom-out")).to_be_visible()
    before = await ada.on_board("board => board.canvas.width")
    await ada.part("zoom-out").click()
    assert await ada.on_board("board => board.canvas.width") < before  # it was painted as sharp as it was large


async def test_a_pen_presses_its_width_and_is_undone_as_one(server, browser):
    ada, ben = await alone_drawing(browser, server)
    await ada.pen_line([(0.2 + 0.006 * step, 0.5, 0.1 + 0.008 * step) for step in range(100)])
    pieces = await strokes(ada)
    widths = [piece["width"] for piece in pieces]
    assert len(pieces) > 4
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]
    for before, after in pairwise(pieces):
        assert before["points"][-2:] == after["points"][:2], "the line has no gap"
    await ada.same_raster_as(ben)
    await ada.part("undo").click()
    assert await strokes(ada) == []
    await ada.part("redo").click()
    assert await strokes(ada) == pieces
    await ada.same_raster_as(ben)


async def test_what_others_draw_comes_smoothly(server, browser):
    ada, ben = await alone_drawing(browser, server)
    await ben.on_board("""board => {
      window.seen = [];
      const look = () => { window.seen.push(board.drawing.operations.at(-1)?.points.length ?? 0); requestAnimationFrame(look); };
      look();
    }""")
    await ada.draw_slowly(2.0)
    await asyncio.sleep(0.5)
    growth = [after - before for before, after in await ben.page.evaluate("window.seen.slice(1).map((now, at) => [window.seen[at], now])")]
    grew = [step for step in growth if step > 0]
    # In jumps, thirty batches a second would make half of the frames wait; here most frames bring a little.
    assert len(grew) > 40
    assert max(grew) <= 24


async def test_a_sheet_to_practise_on_while_waiting(server, browser, artifacts):
    ada = await Player.at(browser, DESKTOP)
    await ada.create_room(server.url, "Ada")
    sheet = ada.part("practice-canvas")
    await sheet.scroll_into_view_if_needed()
    box, tools = await sheet.bounding_box(), await ada.part("toolbar").bounding_box()
    assert box["width"] > 400
    assert box["y"] + box["height"] <= tools["y"], "the tools are below the sheet"
    await ada.page.mouse.move(box["x"] + 40, box["y"] + 40)
    await ada.page.mouse.down()
    await ada.page.mouse.move(box["x"] + 200, box["y"] + 140, steps=6)
    await ada.page.mouse.up()
    assert len(await ada.on_board("board => board.drawing.operations.map(({ kind }) => kind)", "practice-canvas")) == 1
    await ada.page.keyboard.press("u")
    assert await ada.on_board("board => board.drawing.operations.length", "practice-canvas") == 0
    await ada.page.screenshot(path=artifacts / "practice-desktop.png")
    await ada.page.mouse.move(5, 5)
    await ada.page.keyboard.type("hi")
    await expect(ada.part("chat-input")).to_have_value("hi")


@pytest.mark.parametrize(("locale", "word"), [("de-AT", "Schnell"), ("fr", "rapide"), ("it", "rapida"), ("es-MX", "rápid"), ("pt-BR", "rápid")])
async def test_the_page_speaks_the_browsers_language(server, browser, artifacts, locale, word):
    player = await Player.at(browser, PHONE, language=locale)
    await player.page.goto(server.url)
    await expect(player.part("quick-play")).to_contain_text(word, ignore_case=True)
    await player.part("nickname").fill("Ada")
    await player.part("create-room").click()
    await player.in_phase("lobby")
    assert await player.has_no_sideways_scroll()
    await player.page.screenshot(path=artifacts / f"lobby-{locale}.png", full_page=True)
    await player.part("start-game").click()
    await player.in_phase("drawing")
    assert await player.has_no_sideways_scroll()
    assert player.problems == []


async def test_language_and_theme_are_chosen_and_kept(server, browser):
    player = await Player.at(browser, DESKTOP)
    await player.page.goto(server.url)
    await player.part("menu").click()
    await player.part("theme").select_option("dark")
    assert await player.page.evaluate("document.documentElement.dataset.theme") == "dark"
    await player.part("interface-language").select_option("it")
    await expect(player.page.locator("html")).to_have_attribute("lang", "it")
    await player.page.reload()
    await expect(player.page.locator("html")).to_have_attribute("lang", "it")
    assert await player.page.evaluate("document.documentElement.dataset.theme") == "dark"


async def test_the_words_and_the_score_are_told_to_a_screen_reader(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "lighthouse")
    await start(ada, ben)
    guesser = ben if await ada.part("toolbar").is_visible() else ada
    await expect_text(guesser, "announcer", "A word of 10 letters")
    await expect(guesser.page.locator("#chat-log")).to_have_attribute("aria-live", "polite")


async def test_after_an_update_the_page_asks_to_be_loaded_again(server, browser):
    ada = await Player.at(browser, DESKTOP)
    await ada.create_room(server.url, "Ada")
    await ada.page.route("**/healthz", lambda route: route.fulfill(json={"status": "ok", "build": "another"}))
    await ada.cut_the_line()
    await expect(ada.page.locator("#banner")).to_contain_text("The game was updated", timeout=20_000)
    await ada.page.unroute("**/healthz")
    async with ada.page.expect_navigation():
        await ada.part("banner-button").click()
    await ada.in_phase("lobby")
    await expect(ada.page.locator("#banner")).to_be_hidden()


async def test_the_page_is_there_without_the_server(serve, browser):
    server = serve()
    player = await Player.at(browser, PHONE)
    await player.page.goto(server.url)
    await player.page.evaluate("navigator.serviceWorker.ready")
    server.stop()
    await player.page.goto(server.url)
    await expect(player.page.get_by_text("The server cannot be reached")).to_be_visible()


async def losing(player: Player, part: str, loads: int) -> list[str]:
    """Let a part of the page get lost in so many loads; return the addresses of all loads to come."""
    loaded: list[str] = []
    player.page.on("request", lambda request: loaded.append(request.url) if request.is_navigation_request() else None)
    await player.page.route(f"**/static/*/{part}", lambda route: route.abort("failed") if len(loaded) <= loads else route.continue_())
    return loaded


@pytest.mark.parametrize("part", ["js/main.js", "js/dom.js", "js/views/home.js", "js/room.js", "languages/en.json"])
async def test_a_page_of_which_a_part_does_not_arrive_is_loaded_again(server, browser, part):
    host = await Player.at(browser, DESKTOP)
    link = await host.create_room(server.url, "Ada")
    player = await Player.at(browser, PHONE)
    loaded = await losing(player, part, loads=2)
    await player.join(link, "Ben") if part == "js/room.js" else await player.create_room(server.url, "Ben")
    assert len(loaded) == 3
    assert await player.page.evaluate("history.state") is None


async def test_a_page_that_never_arrives_whole_says_so_after_four_tries(server, browser, artifacts):
    player = await Player.at(browser, PHONE)
    loaded = await losing(player, "js/dom.js", loads=4)
    await player.page.goto(server.url)
    await expect(player.page.locator("#banner")).to_contain_text("did not arrive", timeout=TURN)
    await player.page.screenshot(path=artifacts / "not-whole-phone.png")
    await player.page.wait_for_timeout(3000)
    assert len(loaded) == 4
    await player.page.reload()
    await expect(player.part("nickname")).to_be_visible()


async def test_the_times_below_what_the_machine_thought_are_whole_seconds_in_even_steps(server, browser):
    ada = await Player.at(browser, DESKTOP)
    await ada.page.goto(server.url)
    seconds = [1, 2.1, 4.9, 9.6, 10.1, 80, 299.9, 600]
    ticks = await ada.page.evaluate(
        """async (seconds) => {
            const main = document.querySelector('script[src$="/main.js"]').src;
            const { ticksUpTo } = await import(main.replace('main.js', 'views/thoughts.js'));
            return seconds.map(ticksUpTo);
        }""",
        seconds,
    )
    assert [each[:3] for each in ticks] == [[0, 1], [0, 1, 2], [0, 1, 2], [0, 2, 4], [0, 5, 10], [0, 20, 40], [0, 60, 120], [0, 150, 300]]
    for last, each in zip(seconds, ticks, strict=True):
        assert len({after - before for before, after in pairwise(each)}) == 1
        assert 2 <= len(each) <= 5
        assert last - each[-1] < each[1]
