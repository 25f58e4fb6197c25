"""The page of the server's owner, in real Chromium: the token, a word to everybody, a report, a ban, a rest."""

import asyncio
from collections.abc import Callable

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from game.rules.effects import ChatLine, ReportRecord
from game.store.session import connect, migrate
from tests.browser import past
from tests.browser.player import DESKTOP, PHONE, Player, expect_text
from tests.browser.scenes import friends
from tests.server import Server
from tests.unit.game.store.sample import put

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
TOKEN = "the-owners-own-token"


@pytest.fixture
async def reported(tmp_path, serve: Callable[..., Server]) -> Server:
    """A server where Dora was reported for what she drew and said."""
    (tmp_path / "server0").mkdir()
    url = f"sqlite+aiosqlite:///{tmp_path / 'server0' / 'guesstroke.db'}"
    await asyncio.to_thread(migrate, url)
    engine, sessions = connect(url)
    ada, dora = past.PEOPLE[0], past.PEOPLE[3]
    lines = (ChatLine(dora.player_id, "Dora", "I will not draw what you want"), ChatLine(ada.player_id, "Ada", "Is it an umbrella?"))
    ink = next(ink for word, ink, _ in past._drawn_by_people() if word == "umbrella")
    reason = "She writes letters on the canvas"
    await put(sessions, ReportRecord("3k7pzd9wqhx2m", "g1", 3, ada.player_id, "Ada", dora.player_id, "Dora", reason, ink, lines))
    await engine.dispose()
    return await asyncio.to_thread(serve, admin_token=TOKEN)


async def test_the_owner_looks_after_the_server(reported, browser, artifacts):
    ada, ben = await friends(browser, reported, "Ada", "Ben")
    owner = await Player.at(browser, DESKTOP)
    await owner.page.goto(f"{reported.url}/admin")
    await owner.part("admin-token").fill("a-token-that-is-not-it")
    await owner.part("admin-token").press("Enter")
    await expect(owner.page.get_by_role("alert")).to_have_text("That is not the token of this server’s settings.")
    await owner.part("admin-token").fill(TOKEN)
    await owner.part("admin-open").click()
    await expect_text(owner, "admin-rooms", "Ada")
    await expect_text(owner, "admin-rooms", "Ben")
    await expect_text(owner, "admin-reports", "Dora, reported by Ada")
    await expect(owner.page.get_by_role("img", name="What Dora drew")).to_be_visible()

    for name, screen in (("phone", PHONE), ("desktop", DESKTOP)):
        await owner.page.set_viewport_size(screen)
        for theme in ("dark", "light"):
            await owner.page.emulate_media(color_scheme=theme)
            await owner.page.wait_for_timeout(300)
            await owner.page.screenshot(path=artifacts / f"admin-{name}-{theme}.png", full_page=True)
            violations = (await Axe().run(owner.page)).response["violations"]
            assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in violations] == []
            assert await owner.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await owner.part("admin-notice").fill("The server rests at ten.")
    await owner.part("admin-notice").press("Enter")
    for player in (ada, ben):
        await expect(player.page.get_by_text("From whoever runs this server: The server rests at ten.").first).to_be_visible()

    await owner.page.get_by_role("button", name="Ban Ben from the server").click()
    await owner.part("ban-reason").fill("rude")
    await owner.part("confirm-yes").click()
    await expect(ben.page.get_by_role("alert")).to_have_text("You were banned from this server by its owner.")
    await ben.page.goto(ada.page.url)
    await expect(ben.page.get_by_role("alert")).to_have_text("You were banned from this server by its owner.")
    await expect_text(owner, "admin-bans", "rude")
    await owner.page.get_by_role("button", name="Let Ben in again").click()
    await expect(owner.page.get_by_text("Nobody is banned.")).to_be_visible()
    await ben.page.goto(ada.page.url)
    await ben.in_phase("lobby")

    await owner.part("admin-drain").click()
    await owner.part("confirm-yes").click()
    await expect_text(owner, "admin-state", "closed to newcomers")
    late = await Player.at(browser, PHONE)
    await late.page.goto(ada.page.url)
    await late.part("nickname").fill("Late")
    await late.part("enter-room").click()
    await expect(late.page.get_by_text("lets nobody new in").first).to_be_visible()
    # The tab knows the token until it is told to forget it.
    await owner.page.reload()
    await expect_text(owner, "admin-state", "closed to newcomers")
    await owner.part("admin-drain").click()
    await expect_text(owner, "admin-state", "open")
    await owner.page.get_by_role("button", name="Settled: delete it").click()
    await expect(owner.page.get_by_role("img", name="What Dora drew")).to_have_count(0)
    await owner.page.reload()
    await expect(owner.page.get_by_text("Nobody has reported anybody.")).to_be_visible()
    await owner.part("admin-leave").click()
    await owner.page.reload()
    await expect(owner.part("admin-token")).to_be_visible()
    assert [problem for problem in owner.problems if "403" not in problem] == ada.problems == []
