"""The pages beside the game on a server where people have played for weeks, in real Chromium: filters, replay's speed, links, scores, statistics."""

import re
from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.browser import past
from tests.browser.player import DESKTOP, PHONE, Player, expect_text
from tests.browser.screens import see
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

_late_observer = """
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(tell, options) { super((seen, self) => tell([{ isIntersecting: false }, ...seen], self), options); }
};"""
"""A busy page is told of several moments at once: here always."""


@pytest.fixture
def played(tmp_path, serve: Callable[..., Server]) -> Server:
    data = tmp_path / "server0"
    data.mkdir()
    past.fill(data)
    return serve()


async def test_the_gallery_is_narrowed_down_and_remembered(played, browser):
    cyd = await Player.at(browser, DESKTOP)
    await cyd.page.add_init_script(_late_observer)
    await see(cyd, f"{played.url}/gallery")
    cards = cyd.page.locator(".drawing-card")
    await expect(cards).to_have_count(24)
    # The next ones come by themselves, as one gets near the end.
    await cards.last.scroll_into_view_if_needed()
    await expect(cards).to_have_count(48)
    await cyd.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await expect(cards.nth(50)).to_be_attached()
    place = await cyd.page.evaluate("scrollY")
    await cards.nth(45).get_by_role("link").click()
    await expect(cyd.part("scrubber")).to_be_visible()
    await cyd.page.go_back()
    await expect(cards.nth(50)).to_be_attached()
    assert abs(await cyd.page.evaluate("scrollY") - place) < 900

    await cyd.part("filter-drawer").select_option("ai")
    await expect(cards.locator(".ai-badge")).to_have_count(24)
    await cyd.part("filter-sort").select_option("liked")
    await expect(cards.first.locator(".likes")).to_contain_text("3")
    await cyd.part("filter-drawer").select_option("people")
    await cyd.part("filter-liked").check()
    await cyd.part("filter-mode").select_option("hidden")
    await expect(cyd.page).to_have_url(f"{played.url}/gallery?mode=hidden&drawer=people&liked=true&sort=liked")
    await expect(cards.locator(".ai-badge")).to_have_count(0)
    await cyd.page.reload()
    await expect(cyd.part("filter-mode")).to_have_value("hidden")
    await expect(cyd.part("filter-liked")).to_be_checked()
    await expect(cards.first.locator(".likes")).to_contain_text("3")
    await cyd.part("filter-language").select_option("fr")
    await expect(cyd.page.get_by_text("No drawing fits these filters")).to_be_visible()
    await cyd.page.get_by_role("button", name="Show all").click()
    await expect(cards).to_have_count(24)
    await expect(cyd.page).to_have_url(f"{played.url}/gallery")
    # However it is written.
    await cyd.part("filter-word").fill("Snowman")
    await expect(cards.locator(".card-word").first).to_have_text("snowman")
    assert cyd.problems == []


async def test_a_replay_has_a_speed_and_its_link_leads_to_it(played, browser):
    cyd = await Player.at(browser, DESKTOP)
    await cyd.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await see(cyd, f"{played.url}/gallery?word=snowman")
    await cyd.page.locator(".drawing-card a").first.click()
    scrubber = cyd.part("scrubber")
    speed = cyd.page.get_by_role("group", name="Speed")

    async def way_in_a_second() -> float:
        """How far the replay goes in a second, by the page's own clock."""
        await cyd.page.wait_for_timeout(300)
        watch = """async (slider) => {
            const begin = [performance.now(), Number(slider.value)];
            await new Promise((resolve) => setTimeout(resolve, 1000));
            return (Number(slider.value) - begin[1]) / (performance.now() - begin[0]);
        }"""
        return float(await scrubber.evaluate(watch))

    async def from_the_beginning(name: str) -> float:
        await speed.get_by_role("button", name=name).click()
        await cyd.part("restart").click()
        return await way_in_a_second()

    assert 0.3 < await from_the_beginning("½×") < 0.6
    # A busy machine drops frames, and the replay slows down with them.
    assert 1.5 < await from_the_beginning("4×") < 4.2
    await cyd.page.reload()
    await expect(speed.get_by_role("button", name="4×")).to_have_attribute("aria-pressed", "true")

    await cyd.part("share").click()
    await expect_text(cyd, "toast", "Link copied")
    link = await cyd.page.evaluate("navigator.clipboard.readText()")
    assert link == cyd.page.url
    friend = await Player.at(browser, PHONE)
    document = await (await friend.page.request.get(link)).text()
    preview = re.search(r'property="og:image" content="([^"]+)"', document)
    assert preview
    assert "snowman" not in document
    assert (await friend.page.request.get(preview[1])).headers["content-type"] == "image/png"
    await see(friend, link)
    await expect_text(friend, "page-title", "snowman")
    assert cyd.problems == friend.problems == []


async def test_scores_of_a_day_a_week_and_ever_and_of_one_mode(played, browser):
    cyd = await Player.at(browser, DESKTOP)
    await see(cyd, f"{played.url}/scores")
    rows = cyd.part("score-table").locator("tbody tr")
    await expect(rows).to_have_count(len(past.GUESSERS))

    async def games() -> int:
        await expect(cyd.page.get_by_role("tabpanel")).not_to_have_attribute("aria-busy", "true")
        return int(await rows.first.locator("td").nth(1).inner_text()) if await rows.count() else 0

    ever = await games()
    # Tabs are walked through by the arrows.
    await cyd.part("period-all").focus()
    await cyd.page.keyboard.press("ArrowLeft")
    await expect(cyd.part("period-week")).to_be_focused()
    await expect(cyd.part("period-week")).to_have_attribute("aria-selected", "true")
    await expect(cyd.page).to_have_url(f"{played.url}/scores?period=week")
    week = await games()
    await cyd.part("period-day").click()
    assert await games() <= week < ever
    await cyd.part("period-all").click()
    await cyd.part("filter-mode").select_option("hidden")
    await expect(cyd.page).to_have_url(f"{played.url}/scores?mode=hidden")
    assert 0 < await games() < ever
    await cyd.part("filter-mode").select_option("combination")
    await expect(cyd.page.get_by_text("Nobody has played then, or in this way")).to_be_visible()
    assert cyd.problems == []


async def test_statistics_by_day_and_by_word(played, browser):
    cyd = await Player.at(browser, DESKTOP)
    await see(cyd, f"{played.url}/stats")
    totals = cyd.part("stats-totals")
    await expect(totals.locator("div")).to_have_count(4)
    await expect(totals).to_contain_text(re.compile(r"\d+%"))
    plot = cyd.page.get_by_role("img", name="How often it is guessed")
    assert await plot.locator(".plot-path").evaluate_all("paths => paths.filter((path) => path.getTotalLength() > 300).length") == 4
    # The same as a table, for those who cannot see the plot.
    await cyd.page.get_by_text("As a table").click()
    await expect(cyd.page.locator(".plot-table tbody tr").last).to_contain_text(re.compile(r"\d+%"))
    await cyd.part("filter-measure").select_option("seconds")
    await expect(cyd.page.get_by_role("img", name="How long a right guess takes")).to_be_visible()
    words = cyd.part("word-table").locator("tbody tr")
    await expect(words).to_have_count(12)
    await cyd.page.get_by_role("button", name="Show all").click()
    assert await words.count() > 30
    await cyd.part("filter-word").fill("snow")
    await expect(words.get_by_role("link").first).to_have_text("snowman")
    await words.get_by_role("link").first.click()
    await expect(cyd.part("filter-word")).to_have_value("snowman")
    await cyd.page.go_back()
    await expect(cyd.part("filter-word")).to_have_value("snow")
    await cyd.part("filter-language").select_option("pt")
    await expect(cyd.page.get_by_text("No word that fits was played yet")).to_be_visible()
    assert cyd.problems == []
