"""Walks two people through every screen. As a command it keeps a picture of each:

python -m tests.browser.screens [--out docs/screens]
"""

import argparse
import asyncio
import io
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, async_playwright
from rich.progress import Progress

from tests.browser import past
from tests.browser.conftest import FLAGS
from tests.browser.player import DESKTOP, PHONE, Player
from tests.server import Server

SIZES: Final = {"phone": PHONE, "tablet": {"width": 820, "height": 1180}, "desktop": DESKTOP}
THEMES: Final = ("light", "dark")
SCREENS: Final = (
    "home", "menu", "face", "no-room", "offline", "invited", "lobby-alone", "lobby", "lobby-guest", "artist", "artist-guest", "player-menu", "paused",
    "result", "choosing", "choosing-guest", "drawing", "watching", "lost", "podium", "sent-away", "room-full",
    "gallery", "gallery-none", "scores", "stats", "gone", "me-nobody", "move", "me", "transfer", "replay", "game", "confirm",
    "lobby-mode", "duel", "duel-guest", "duel-pick", "imitation", "imitation-guest", "daily-over",
)  # fmt: skip

Visit = Callable[[str, Player], Awaitable[None]]


def server_for(folder: Path) -> Server:
    """One whose artist draws what is easy to see, and where people have played for weeks. Blocks; not for the thread of an event loop."""
    folder.mkdir(exist_ok=True)
    past.fill(folder)
    return Server(folder, words=("house", "umbrella", "rainbow", "tree"), draw_seconds=90, seed=1).start()


async def walk(server: Server, browser: Browser, visit: Visit, *, touch: bool = False) -> None:
    """Call `visit` with the name of each screen and the player who sees it, in the order of SCREENS."""
    server.wait_for_artist()
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=touch)
    await ada.page.goto(server.url)
    await ada.part("public-rooms").wait_for(state="attached")
    await ada.page.wait_for_timeout(4000)  # the sketch pad draws meanwhile
    await visit("home", ada)
    await ada.part("menu").click()
    for part in await ada.page.locator("dialog details").all():
        await part.evaluate("part => { part.open = true; }")
    await visit("menu", ada)
    await ada.page.keyboard.press("Escape")
    await ada.part("nickname").fill("Ada")
    await ada.part("draw-face").click()
    await visit("face", ada)
    await ada.page.keyboard.press("Escape")
    await ben.page.goto(f"{server.url}/r/nothing")
    await ben.page.get_by_role("alert").wait_for()
    await visit("no-room", ben)
    await ben.page.goto(f"{server.url}/offline")
    await visit("offline", ben)

    await ada.part("create-room").click()
    await ada.in_phase("lobby")
    await visit("lobby-alone", ada)
    await ben.page.goto(ada.page.url)
    await ben.part("nickname").wait_for()
    await visit("invited", ben)
    await ben.part("nickname").fill("Ben")
    await ben.part("enter-room").click()
    await ben.in_phase("lobby")
    await ben.say("Hello! Is the artist here too?")
    await ada.say("It is. Let us see who knows it better")
    await visit("lobby", ada)
    await visit("lobby-guest", ben)

    await ada.page.select_option("#setting-max_players", "2")
    await ada.page.select_option("#setting-rounds", "1")
    await ada.part("start-game").click()
    await ada.in_phase("drawing")
    await ada.page.wait_for_timeout(25_000)
    await ben.say("Is it a boat?")
    await ben.part("react-0").click()
    await visit("artist", ada)
    await visit("artist-guest", ben)
    await ben.page.locator(".player", has_text="Ada").locator(".player-more").click()
    await visit("player-menu", ben)
    await ben.page.keyboard.press("Escape")
    await ada.part("pause").click()
    await ben.part("paused").wait_for()
    await visit("paused", ben)
    await ada.part("go-on").click()
    for player in (ada, ben):
        for word in ("house", "umbrella", "rainbow", "tree"):
            await player.say(word)
            await player.page.wait_for_timeout(300)
    await ada.in_phase("result")
    await visit("result", ada)

    await ada.in_phase("choosing")
    drawer, watcher = (ada, ben) if await ada.part("choice-0").is_visible() else (ben, ada)
    await visit("choosing", drawer)
    await visit("choosing-guest", watcher)
    if await drawer.part("choice-0").is_visible():
        await drawer.part("choice-0").click()
    await drawer.in_phase("drawing")
    await doodle(drawer)
    await visit("drawing", drawer)
    await visit("watching", watcher)
    await watcher.page.context.set_offline(True)
    await watcher.cut_the_line()
    await watcher.page.locator("#banner").wait_for()
    await visit("lost", watcher)
    await watcher.page.context.set_offline(False)
    await watcher.page.locator("#banner").wait_for(state="hidden")

    while await ada.page.get_attribute("body", "data-phase") != "podium":
        for player in (ada, ben):
            if await player.part("choice-0").is_visible():
                await player.part("choice-0").click()
            if await player.part("chat-input").is_visible():
                for word in ("house", "umbrella", "rainbow", "tree"):
                    await player.say(word)
                    await player.page.wait_for_timeout(200)
        await ada.page.wait_for_timeout(1000)
    await ada.page.wait_for_timeout(2500)
    await visit("podium", ada)

    cyd = await Player.at(browser, PHONE)
    await cyd.page.goto(ada.page.url)
    await cyd.part("nickname").fill("Cyd")
    await cyd.part("enter-room").click()
    await cyd.page.get_by_role("heading", level=1).last.wait_for()
    await cyd.page.wait_for_timeout(1000)
    await visit("room-full", cyd)
    await ada.page.locator(".player", has_text="Ben").locator(".player-more").click()
    await ada.part("menu-kick").click()
    await ben.part("enter-room").wait_for()
    await visit("sent-away", ben)
    for player in (ada, ben, cyd):
        await player.page.context.close()
    await walk_pages(server, browser, visit)
    await walk_modes(server, browser, visit, touch=touch)


async def walk_pages(server: Server, browser: Browser, visit: Visit) -> None:
    """The pages beside the game, as somebody new sees them, and as a player of the past weeks."""
    eve = await Player.at(browser, DESKTOP)
    for name, path in (
        ("gallery", "gallery"),
        ("gallery-none", "gallery?word=nonesuch"),
        ("scores", "scores"),
        ("stats", "stats"),
        ("gone", "drawing/gone"),
    ):
        await see(eve, f"{server.url}/{path}")
        await visit(name, eve)
    await see(eve, f"{server.url}/me")
    await visit("me-nobody", eve)
    await see(eve, f"{server.url}/move/{await past.code_of_ada(server.data)}")
    await visit("move", eve)
    await eve.part("move-here").click()
    await eve.part("my-numbers").wait_for()
    await eve.page.locator("#toast").wait_for(state="hidden", timeout=15_000)
    await visit("me", eve)
    await eve.part("transfer").click()
    await eve.part("transfer-code").wait_for()
    await visit("transfer", eve)

    await see(eve, f"{server.url}/gallery?drawer=people&sort=liked")
    await eve.page.locator(".drawing-card a").first.click()
    await eve.part("guesses").get_by_role("button").first.click()
    await visit("replay", eve)
    await eve.page.get_by_role("link", name="All of this game").click()
    await eve.part("ranking").wait_for()
    await eve.page.wait_for_timeout(1000)
    await visit("game", eve)
    await eve.page.goto(f"{server.url}/me")
    await eve.part("delete-all").click()
    await visit("confirm", eve)
    await eve.page.context.close()


async def walk_modes(server: Server, browser: Browser, visit: Visit, *, touch: bool = False) -> None:
    """A duel, an imitation, and the words of the day."""
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=touch)
    link = await ada.create_room(server.url, "Ada")
    await ben.join(link, "Ben")
    await ada.part("mode-duel").click()
    await ada.page.select_option("#setting-ai_guessers", "2")
    await ada.page.locator(".player", has_text="Vector").wait_for()
    await visit("lobby-mode", ada)
    await ada.part("start-game").click()
    await ada.part("choice-0").click()
    await ada.in_phase("drawing")
    await doodle(ada)
    await ada.page.wait_for_timeout(6000)
    await visit("duel", ada)
    await visit("duel-guest", ben)
    await ben.say(await ada.part("word").get_attribute("aria-label") or "")
    await ben.part("judge-machine").wait_for()
    await visit("duel-pick", ben)

    link = await ada.create_room(server.url, "Ada")
    await ben.page.goto(link)  # the page knows the nickname and asks for none
    await ben.in_phase("lobby")
    await ada.part("mode-imitation").click()
    await ada.part("start-game").click()
    await ada.in_phase("drawing")
    while not await ada.part("toolbar").is_visible():  # till the coin says that it is Ada's turn
        for player in (ada, ben):
            if await player.part("judge-machine").is_visible() and await player.part("judge-machine").is_enabled():
                await player.part("judge-machine").click()
        await ada.in_phase("result")
        await ada.in_phase("drawing")
        await ada.page.wait_for_timeout(300)
    await ada.draw_line((0.3, 0.5), (0.5, 0.3), (0.7, 0.5))
    await ada.draw_line((0.32, 0.5), (0.32, 0.85), (0.68, 0.85), (0.68, 0.5))
    await ben.page.wait_for_timeout(2000)
    await visit("imitation", ada)
    await visit("imitation-guest", ben)

    await ada.page.goto(server.url)
    await ada.part("play-daily").click()
    await ada.part("start-game").click()
    await ada.in_phase("drawing", "result")
    while await ada.page.get_attribute("body", "data-phase") != "podium":
        for word in ("house", "umbrella", "rainbow", "tree"):
            await ada.say(word)
            await ada.page.wait_for_timeout(300)
        await ada.in_phase("result")
        await ada.in_phase("drawing", "podium")
    await ada.page.wait_for_timeout(1500)
    await visit("daily-over", ada)
    for player in (ada, ben):
        await player.page.context.close()


async def see(player: Player, address: str) -> None:
    """Open a page and wait for what it asks the server for."""
    await player.page.goto(address)
    await player.page.locator(".page-body").wait_for()
    await player.page.get_by_text("Just a moment").wait_for(state="detached")
    await player.page.wait_for_load_state("networkidle")


async def doodle(player: Player) -> None:
    """A house under a sun, in colours."""
    await player.draw_line((0.3, 0.85), (0.3, 0.5), (0.5, 0.3), (0.7, 0.5), (0.7, 0.85), (0.3, 0.85))
    await player.draw_line((0.45, 0.85), (0.45, 0.65), (0.55, 0.65), (0.55, 0.85))
    await player.part("tool-fill").click()
    await player.page.get_by_role("button", name="Coral", exact=True).click()
    await player.tap_canvas(0.36, 0.7)
    await player.part("tool-brush").click()
    await player.page.get_by_role("button", name="Amber", exact=True).click()
    await player.page.keyboard.press("5")
    await player.draw_line((0.85, 0.17), (0.86, 0.17))
    await player.page.keyboard.press("2")
    for x, y in ((0.78, 0.1), (0.75, 0.2), (0.79, 0.29), (0.93, 0.28)):
        await player.draw_line((x, y), (x + (0.83 - x) * 0.4, y + (0.17 - y) * 0.4))


async def everywhere(player: Player, each: Callable[[str, str], Awaitable[None]]) -> None:
    """Call `each` with the screen at every size, light and dark; then all is as it was."""
    before = player.page.viewport_size
    for size, viewport in SIZES.items():
        await player.page.set_viewport_size(viewport)
        for theme in THEMES:
            await player.page.emulate_media(color_scheme=theme)
            await player.page.wait_for_timeout(250)
            await each(size, theme)
    await player.page.emulate_media(color_scheme="light")
    await player.page.set_viewport_size(before or DESKTOP)


async def _keep_all(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, Progress() as progress:
        task = progress.add_task("screens", total=len(SCREENS))
        server = await asyncio.to_thread(server_for, Path(folder))

        async def keep(name: str, player: Player) -> None:
            async def shoot(size: str, theme: str) -> None:
                picture = Image.open(io.BytesIO(await player.page.screenshot()))
                picture.save(out / f"{name}-{size}-{theme}.webp", quality=82, method=6)

            await everywhere(player, shoot)
            progress.advance(task)

        try:
            async with async_playwright() as playwright:
                executable = shutil.which("chromium") or shutil.which("google-chrome")
                browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
                await walk(server, browser, keep)
                await browser.close()
        finally:
            server.stop()


def main() -> None:
    """Keep a picture of every screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screens"), help="where the pictures go")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    asyncio.run(_keep_all(out))


if __name__ == "__main__":
    main()
