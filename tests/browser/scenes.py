"""How scenes begin: people in a room, with words and settings of their own."""

import json

from playwright.async_api import Browser

from tests.browser.player import DESKTOP, PHONE, Player, expect_text
from tests.server import Server


async def friends(browser: Browser, server: Server, *names: str) -> list[Player]:
    """People in one room, the first its host; the others sit at phones."""
    host = await Player.at(browser, DESKTOP)
    link = await host.create_room(server.url, names[0])
    others = [await Player.at(browser, PHONE, touch=True) for _ in names[1:]]
    for player, name in zip(others, names[1:], strict=True):
        await player.join(link, name)
        await expect_text(host, "player-list", name)
    return [host, *others]


async def choose_setting(host: Player, name: str, value: object) -> None:
    await host.page.evaluate("document.querySelector('[data-testid=more-settings]').open = true")
    await host.page.select_option(f"#setting-{name}", json.dumps(value))


async def own_words(host: Player, *words: str) -> None:
    """Nothing but these words, one of them at a time, and people alone draw."""
    await host.part("custom-words").fill("\n".join(words))
    await host.part("words-use").click()
    await expect_text(host, "words-taken", f"{len(words)} word{'s' if len(words) > 1 else ''} taken")
    await host.part("custom-only").check()
    await choose_setting(host, "choices", 1)
    await choose_setting(host, "human_turns_per_artist_turn", 0)


async def start(host: Player, *players: Player) -> None:
    await host.part("start-game").click()
    for player in (host, *players):
        await player.in_phase("drawing")


async def menu(player: Player, about: str, item: str) -> None:
    """Open the menu of the player of this name and press one of its buttons."""
    row = player.page.locator(".player", has_text=about).first
    await row.locator(".player-more").click()
    await player.part(item).click()
