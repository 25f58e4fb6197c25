"""One person with a phone and a keyboard, alone against the artist."""

import pytest

from tests.browser.player import PHONE, Player, expect_text

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.undisturbed, pytest.mark.timeout(400)]


async def test_alone_on_a_phone(serve, browser, artifacts):
    server = serve(words=("castle",), draw_seconds=15)
    server.wait_for_artist()
    ada = await Player.at(browser, PHONE, touch=True)
    await ada.create_room(server.url, "Ada")
    await ada.page.get_by_test_id("start-game").focus()
    await ada.page.keyboard.press("Enter")
    await ada.in_phase("drawing")
    await ada.say("castl")
    await expect_text(ada, "chat-log", "castl")
    await ada.page.wait_for_timeout(8000)
    assert await ada.canvas_ink() > 0.002
    await ada.page.screenshot(path=artifacts / "alone-phone.png")
    await ada.page.reload()
    await ada.in_phase("drawing")
    assert await ada.canvas_ink() > 0.002
    await ada.say("castle")
    await ada.in_phase("result")
    await expect_text(ada, "turn-result", "castle")
    assert await ada.has_no_sideways_scroll()
    assert ada.problems == []


async def test_a_missing_room_and_a_bad_nickname_are_said_in_a_sentence(serve, browser):
    server = serve()
    ada = await Player.at(browser, PHONE)
    await ada.page.goto(f"{server.url}/r/nosuchroom")
    await ada.page.get_by_text("no such room", exact=False).first.wait_for()
    ben = await Player.at(browser, PHONE)
    await ben.page.goto(server.url)
    await ben.part("nickname").fill("<b>Ben</b>")
    await ben.part("create-room").click()
    await ben.page.get_by_text("markup", exact=False).first.wait_for()
