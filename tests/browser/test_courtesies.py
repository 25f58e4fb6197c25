"""Every courtesy that a person sees, in real Chromium: one short scene each, all on one server."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.player import DESKTOP, PHONE, TURN, Player, expect_text
from tests.browser.scenes import choose_setting, friends, menu, own_words, start
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("courtesies"), draw_seconds=60).start()
    yield server
    server.stop()


async def test_all_who_are_ready_start_the_game(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await ada.part("ready").click()
    await expect(ben.page.locator(".player", has_text="Ada").locator(".mark-tick")).to_be_visible()
    await ben.part("ready").click()
    await ada.in_phase("drawing", "choosing")


async def test_a_room_with_a_password_asks_for_it(server, browser):
    (ada,) = await friends(browser, server, "Ada")
    await ada.page.evaluate("document.querySelector('[data-testid=more-settings]').open = true")
    await ada.part("setting-password").fill("sesame")
    await ada.part("setting-password").press("Enter")
    await expect(ada.part("setting-password")).to_have_attribute("placeholder", re.compile("Set"))
    ben = await Player.at(browser, PHONE, touch=True)
    await ben.page.goto(ada.page.url)
    await ben.part("nickname").fill("Ben")
    await ben.part("password").fill("open")
    await ben.part("enter-room").click()
    await ben.page.get_by_text("not this room", exact=False).wait_for()
    await ben.part("password").fill("sesame")
    await ben.part("enter-room").click()
    await ben.in_phase("lobby")
    await ada.part("no-password").click()
    await expect(ada.part("no-password")).to_be_hidden()


async def test_a_full_room_can_be_watched_and_a_seat_taken_when_there_is_one(server, browser, artifacts):
    ada, _ = await friends(browser, server, "Ada", "Ben")
    await choose_setting(ada, "max_players", 2)
    cleo = await Player.at(browser, DESKTOP)
    await cleo.page.goto(ada.page.url)
    await cleo.part("nickname").fill("Cleo")
    await cleo.part("enter-room").click()
    await cleo.page.get_by_text("You can watch").wait_for()
    await cleo.part("enter-room").click()
    await cleo.in_phase("lobby")
    await expect_text(ada, "player-list", "watches")
    await ada.page.screenshot(path=artifacts / "watching-desktop.png")
    await cleo.part("watch").click()
    await expect_text(cleo, "toast", "All seats are taken")
    await choose_setting(ada, "max_players", 3)
    await cleo.part("watch").click()
    await expect(ada.part("player-list")).not_to_contain_text("watches")


async def test_a_player_watches_from_the_next_turn_on(server, browser):
    ada, ben, cleo = await friends(browser, server, "Ada", "Ben", "Cleo")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await start(ada, ben, cleo)
    await menu(cleo, "Cleo", "menu-watch")
    await expect_text(ada, "chat-log", "Cleo will watch from the next turn on")


async def test_the_host_sends_away_and_bans(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await menu(ada, "Ben", "menu-kick")
    await ben.page.get_by_text("sent you out").wait_for()
    await ben.part("enter-room").click()
    await ben.in_phase("lobby")
    await menu(ada, "Ben", "menu-ban")
    await ben.in_phase("home")
    await ben.page.get_by_text("banned").wait_for()


async def test_a_majority_votes_somebody_away(server, browser, artifacts):
    ada, ben, cleo = await friends(browser, server, "Ada", "Ben", "Cleo")
    await menu(ben, "Cleo", "menu-vote")
    await expect_text(ada, "vote", "Send Cleo away?")
    await ada.page.screenshot(path=artifacts / "vote-desktop.png")
    await ben.page.screenshot(path=artifacts / "vote-phone.png")
    await ada.part("vote-agree").click()
    await cleo.in_phase("home")
    await expect(ada.part("player-list")).not_to_contain_text("Cleo")


async def test_the_artist_can_be_let_rest(server, browser):
    ada, _ = await friends(browser, server, "Ada", "Ben")
    await menu(ada, "The Artist", "menu-kick")
    await expect(ada.part("player-list")).not_to_contain_text("The Artist")
    assert await ada.page.input_value("#setting-human_turns_per_artist_turn") == "0"


async def test_lines_can_be_hidden_and_players_reported(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await ben.say("first line")
    await expect_text(ada, "chat-log", "first line")
    await menu(ada, "Ben", "menu-mute")
    await ben.say("second line")
    await ada.say("my line")
    await expect_text(ada, "chat-log", "my line")
    await expect(ada.part("chat-log")).not_to_contain_text("second line")
    await ada.page.locator(".player", has_text="Ben").locator(".player-more").click()
    await ada.part("report-reason").fill("rude")
    await ada.part("report-send").click()
    await expect_text(ada, "chat-log", "Your report about Ben is kept")
    await expect(ben.part("chat-log")).not_to_contain_text("report")


async def test_the_host_pauses_and_others_vote(server, browser, artifacts):
    ada, ben, cleo = await friends(browser, server, "Ada", "Ben", "Cleo")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await start(ada, ben, cleo)
    await ada.part("pause").click()
    await ben.part("paused").wait_for()
    stands = await ben.part("timer").inner_text()
    await ben.page.wait_for_timeout(2200)
    assert await ben.part("timer").inner_text() == stands
    await ada.page.screenshot(path=artifacts / "paused-desktop.png")
    await ada.part("go-on").click()
    await expect(ben.part("paused")).to_be_hidden()
    await ben.part("pause").click()
    await expect_text(cleo, "vote", "Pause the game?")
    await cleo.part("vote-agree").click()
    await ada.part("paused").wait_for()


async def test_a_drawer_who_draws_nothing_is_warned_and_skipped(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await start(ada, ben)
    await expect(ada.part("idle-warning")).to_be_visible(timeout=15_000)
    await expect(ben.part("turn-result")).to_contain_text("Nothing was drawn", timeout=15_000)


async def test_redo_lines_and_colours_from_the_drawing(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await start(ada, ben)
    await ada.page.keyboard.press("l")
    await ada.page.get_by_role("button", name="Red", exact=True).click()
    await ada.draw_line((0.2, 0.3), (0.5, 0.9), (0.8, 0.3))
    await expect_ink(ben, 0.5, 0.3)
    assert not await ben.ink_at(0.35, 0.6), "only the straight way from end to end"
    await ada.part("undo").click()
    await expect_ink(ben, 0.5, 0.3, there=False)
    await ada.part("redo").click()
    await expect_ink(ben, 0.5, 0.3)
    await ada.page.get_by_role("button", name="Black", exact=True).click()
    await ada.page.keyboard.press("i")
    box = await ada.part("canvas").bounding_box()
    await ada.page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.3 * box["height"])
    await expect(ada.page.get_by_role("button", name="Red", exact=True)).to_have_attribute("aria-pressed", "true")
    await ada.page.keyboard.press("]")
    await expect(ada.page.locator(".brush-width")).to_have_text("11 px")
    await ada.part("own-colour").fill("#00ff88")
    await ada.part("clear").click()
    await expect_ink(ben, 0.5, 0.3, there=False)
    await ada.page.keyboard.press("u")
    await expect_ink(ben, 0.5, 0.3)


async def expect_ink(player: Player, x: float, y: float, *, there: bool = True) -> None:
    async with asyncio.timeout(15):
        while await player.ink_at(x, y) is not there:
            await asyncio.sleep(0.1)


async def test_who_comes_late_sees_the_whole_drawing(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await start(ada, ben)
    await ada.draw_line((0.2, 0.2), (0.8, 0.2))
    await ada.draw_line((0.2, 0.8), (0.8, 0.8))
    cleo = await Player.at(browser, DESKTOP)
    await cleo.join(ada.page.url, "Cleo")
    await expect_ink(cleo, 0.5, 0.2)
    await expect_ink(cleo, 0.5, 0.8)


async def test_thumbs_reactions_highlights_and_every_drawing(server, browser, artifacts):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await choose_setting(ada, "rounds", 1)
    await start(ada, ben)
    await ada.draw_line((0.2, 0.2), (0.8, 0.2))
    await ben.part("thumb-up").click()
    await ben.part("react-5").click()
    await expect_text(ada, "reactions", "Ben")
    await ben.say("samovars")
    word = (await ada.part("word").get_attribute("aria-label")) or ""
    await ben.say(word + "s")
    await expect_text(ben, "chat-log", "is close")
    await ben.say(word)
    await ben.in_phase("result")
    await ben.in_phase("drawing")
    await ben.draw_line((0.2, 0.2), (0.8, 0.8))
    await ada.say((await ben.part("word").get_attribute("aria-label")) or "")
    await ada.in_phase("podium")
    await expect_text(ada, "highlights", "Fastest guess")
    await expect_text(ada, "highlights", "Best-liked drawing")
    await expect(ada.part("drawings").locator("figure")).to_have_count(2)
    pictures = ada.part("drawings").locator("img")
    for index in range(2):
        await pictures.nth(index).scroll_into_view_if_needed()
        await ada.page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=await pictures.nth(index).element_handle(), timeout=TURN
        )
    await ada.page.screenshot(path=artifacts / "keepsakes-desktop.png")
    await ben.page.screenshot(path=artifacts / "keepsakes-phone.png")
    for player in (ada, ben):
        assert await player.has_no_sideways_scroll()
        assert player.problems == []


async def test_the_host_changes_the_time_in_a_game(server, browser, artifacts):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await start(ada, ben)
    await ben.part("menu").click()
    await expect(ben.part("menu-dialog")).to_be_visible()
    await expect(ben.page.locator("#setting-draw_seconds")).to_have_count(0)
    await ben.page.keyboard.press("Escape")
    await ada.part("menu").click()
    await ada.page.select_option("#setting-draw_seconds", "30")
    await ada.page.screenshot(path=artifacts / "game-settings-desktop.png")
    await ada.page.keyboard.press("Escape")
    await ben.say((await ada.part("word").get_attribute("aria-label")) or "")
    await ben.in_phase("result")
    await ben.in_phase("drawing")
    assert int(await ben.part("timer").inner_text()) <= 30


async def test_quick_play_brings_strangers_together_in_their_language(server, browser, artifacts):
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=True)
    for player, name in ((ada, "Ada"), (ben, "Ben")):
        await player.page.goto(server.url)
        await player.part("nickname").fill(name)
        await player.part("language").select_option("it")
        await player.part("quick-play").click()
        await player.in_phase("lobby")
    assert ada.page.url == ben.page.url
    await expect_text(ben, "player-list", "Ada")
    visitor = await Player.at(browser, DESKTOP)
    await visitor.page.goto(server.url)
    await expect_text(visitor, "public-rooms", "Ada’s room")
    await expect_text(visitor, "public-rooms", "Italiano")
    await visitor.page.screenshot(path=artifacts / "public-desktop.png")
    await visitor.part("nickname").fill("Cleo")
    await visitor.page.get_by_role("button", name="Join Ada’s room").click()
    await visitor.in_phase("lobby")


async def test_the_longest_list_of_words_reaches_the_server_whole(server, browser):
    ada, _ = await friends(browser, server, "Ada", "Ben")
    # As long as may be: of characters that take up to four bytes, and of some that JSON spells out.
    words = [f"{chr(0x1F300 + number % 500)}{chr(0x4E00 + number)}é" for number in range(3990)]
    await ada.part("custom-words").fill('"\\,' + ",".join(words))
    await ada.part("words-use").click()
    await expect_text(ada, "words-taken", "3,990 words taken. Left out: 1 too long")


async def test_words_of_ones_own_are_counted_and_right_to_left_is_shown_so(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await ada.part("custom-words").fill("בית, בית, , " + "x" * 40)
    await ada.part("words-use").click()
    await expect_text(ada, "words-taken", "1 word taken. Left out: 1 twice, 1 blank, 1 too long")
    await ada.part("custom-only").check()
    await choose_setting(ada, "human_turns_per_artist_turn", 0)
    await start(ada, ben)
    assert await ada.page.evaluate("getComputedStyle(document.getElementById('word')).direction") == "rtl"
    await ben.say("בית")
    await ben.in_phase("result")


async def test_a_word_of_hidden_length(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await own_words(ada, "zeppelin", "samovar", "gazebo")
    await choose_setting(ada, "word_mode", "hidden")
    await start(ada, ben)
    await expect(ben.part("word")).to_have_text("?")


async def test_the_code_can_be_hidden_from_those_who_watch_the_screen(server, browser, artifacts):
    (ada,) = await friends(browser, server, "Ada")
    code = ada.page.url.rpartition("/")[2]
    await ada.part("hide-code").click()
    assert code not in await ada.part("invite-link").input_value()
    await ada.page.screenshot(path=artifacts / "hidden-code-desktop.png")
    await ada.part("hide-code").click()
    assert code in await ada.part("invite-link").input_value()


async def test_a_face_drawn_by_hand_is_seen_by_the_others(server, browser, artifacts):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    before = await ben.page.locator(".player", has_text="Ada").locator(".face").inner_html()
    await ada.part("draw-face").click()
    box = await ada.part("face-sheet").bounding_box()
    await ada.page.mouse.move(box["x"] + 50, box["y"] + 60)
    await ada.page.mouse.down()
    await ada.page.mouse.move(box["x"] + 200, box["y"] + 180, steps=10)
    await ada.page.mouse.up()
    await ada.page.screenshot(path=artifacts / "face-desktop.png")
    await ada.part("face-done").click()
    await expect(ben.page.locator(".player", has_text="Ada").locator(".face path")).to_have_count(1)
    assert await ben.page.locator(".player", has_text="Ada").locator(".face").inner_html() != before


async def test_bad_words_are_starred_and_slow_mode_slows(server, browser):
    ada, ben = await friends(browser, server, "Ada", "Ben")
    await ben.say("oh shit")
    await expect_text(ada, "chat-log", "oh ****")
    await choose_setting(ada, "slow_mode_seconds", 10)
    await expect(ben.page.locator("#setting-slow_mode_seconds")).to_have_value("10")
    await ben.say("one line")
    await ben.say("too much")
    await expect_text(ben, "toast", "Slow mode")
    await expect(ada.part("chat-log")).not_to_contain_text("too much")


async def test_a_second_tab_takes_over_with_a_notice(server, browser):
    (ada,) = await friends(browser, server, "Ada")
    second = Player(await ada.page.context.new_page())
    await second.page.goto(ada.page.url)
    await second.in_phase("lobby")
    await ada.page.get_by_text("another tab or device").wait_for()


async def test_a_lost_connection_comes_back_by_itself_with_what_was_missed(server, browser):
    (ada,) = await friends(browser, server, "Ada")
    ben = await Player.at(browser, DESKTOP)
    sockets = []

    def pass_on(route):
        sockets.append(route)
        route.connect_to_server()

    await ben.page.route_web_socket(re.compile("/ws/"), pass_on)
    await ben.join(ada.page.url, "Ben")
    await ada.say("before")
    await expect_text(ben, "chat-log", "before")
    await sockets[0].close(code=3001)
    await expect_text(ada, "chat-log", "Ben lost the connection")
    await ada.say("in between")
    await expect_text(ben, "chat-log", "in between")
    assert len(sockets) == 2
    await expect(ben.part("chat-log").get_by_text("before")).to_have_count(1)
