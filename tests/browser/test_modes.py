"""Each kind of game in real Chromium, played to its end, with the real artist and the real guesser."""

import asyncio
import json
import re

import pytest
from playwright.async_api import expect

from tests.browser.player import DESKTOP, PHONE, Player, expect_text
from tests.browser.scenes import choose_setting

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.undisturbed, pytest.mark.timeout(400)]
WORDS = ("umbrella", "house", "fish", "tree", "clock", "ladder")
HOUSE = [
    [(0.3, 0.45), (0.5, 0.2), (0.7, 0.45)],
    [(0.3, 0.45), (0.3, 0.8), (0.7, 0.8), (0.7, 0.45), (0.3, 0.45)],
    [(0.45, 0.8), (0.45, 0.6), (0.55, 0.6), (0.55, 0.8)],
]


async def table(browser, server, mode: str, **settings: object) -> tuple[Player, Player]:
    """Ada at a desk, the host, and Ben at a phone, in the lobby of such a game of one round."""
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=True)
    link = await ada.create_room(server.url, "Ada")
    await ben.join(link, "Ben")
    await ada.part(f"mode-{mode}").click()
    await expect(ben.part(f"mode-{mode}")).to_have_attribute("aria-checked", "true")
    about = await ben.part("mode-about").inner_text()
    assert len(about) > 30
    for name, value in ({"rounds": 1} | settings).items():
        await choose_setting(ada, name, value)
    return ada, ben


async def look(artifacts, name: str, *players: Player) -> None:
    for player, size in zip(players, ("desktop", "phone"), strict=False):
        await player.page.screenshot(path=artifacts / f"{name}-{size}.png")
        assert await player.has_no_sideways_scroll()


async def drawer_of(ada: Player, ben: Player, word: str = "") -> tuple[Player, Player]:
    """Who draws now, the word chosen if there is one to choose, and who guesses."""
    for player in (ada, ben):
        await player.in_phase("choosing", "drawing")
    for drawer, guesser in ((ada, ben), (ben, ada)):
        choices = drawer.page.locator(".choices button")
        if await choices.count():
            wanted = choices.filter(has_text=word) if word else choices
            await (wanted if word and await wanted.count() else choices).first.click()
            await drawer.in_phase("drawing")
        if await drawer.part("toolbar").is_visible():
            return drawer, guesser
    raise AssertionError("nobody draws")


async def draw(player: Player, lines: list[list[tuple[float, float]]]) -> None:
    for line in lines:
        await (player.draw_line if await player.page.evaluate("matchMedia('(pointer: fine)').matches") else player.touch_line)(*line)


async def word_of(drawer: Player) -> str:
    label = await drawer.part("word").get_attribute("aria-label")
    assert label in WORDS
    return label


async def artist_is_seen(player: Player, canvas: str = "canvas", strokes: int = 2) -> None:
    """Wait until so many of the artist's strokes are on a canvas."""
    async with asyncio.timeout(40):
        while await player.on_board("(board) => board.drawing.operations.filter((each) => each.kind === 'curve').length", canvas) < strokes:
            await asyncio.sleep(0.3)


async def guess_till_found(player: Player, phase: str = "result") -> None:
    for word in WORDS:
        await player.say(word)
        await player.page.wait_for_timeout(250)
    await player.in_phase(phase)


async def to_the_podium(*players: Player) -> None:
    for player in players:
        await player.in_phase("podium", patience=120_000)
        await expect(player.part("podium")).to_be_visible()
    for player in players:
        assert player.problems == []


async def test_party_with_a_guesser_that_looks(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=60, seed=2)
    server.wait_for_artist()
    ada, ben = await table(browser, server, "party", ai_guessers=1, ai_strength="sharp", human_turns_per_artist_turn=2, choices=5)
    await expect_text(ben, "player-list", "Pixel")
    await look(artifacts, "mode-lobby", ada, ben)
    await ada.part("start-game").click()
    await ada.in_phase("drawing")
    await artist_is_seen(ben)
    for player in (ada, ben):
        await guess_till_found(player, "drawing" if player is ada else "result")
    # What the artist has drawn, the AI guesser has seen too; now people draw, and it looks again.
    await ada.in_phase("choosing")
    drawer, guesser = await drawer_of(ada, ben, "house")
    await draw(drawer, HOUSE)
    word = await word_of(drawer)
    said, found = (guesser.page.locator(each, has_text="Pixel") for each in (".line .author", ".line-good"))
    await expect(said.or_(found).first).to_be_visible(timeout=45_000)
    if word == "house":
        await expect(found.last).to_be_visible(timeout=45_000)
    await guesser.say(word)
    await guesser.in_phase("result")
    await expect(guesser.page.locator(".thoughts-plot").last).to_be_visible()
    await look(artifacts, "mode-party", ada, ben)
    await ada.in_phase("choosing")
    drawer, guesser = await drawer_of(ada, ben)
    await draw(drawer, HOUSE[:1])
    await guesser.say(await word_of(drawer))
    await to_the_podium(ada, ben)
    await expect_text(ada, "podium", "Pixel")


async def test_against_the_machine(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=40, seed=3)
    server.wait_for_artist()
    ada, ben = await table(browser, server, "versus", ai_guessers=2, ai_strength="sharp", choices=5)
    await ada.part("start-game").click()
    for _ in range(2):
        drawer, guesser = await drawer_of(ada, ben, "house")
        word = await word_of(drawer)
        await draw(drawer, HOUSE)
        await drawer.page.wait_for_timeout(9000)
        await look(artifacts, "mode-versus", ada, ben)
        await guesser.say(word)
        await guesser.in_phase("result")
        await look(artifacts, "mode-versus-result", ada, ben)
        await guesser.in_phase("choosing", "podium")
    await to_the_podium(ada, ben)
    people, machine = map(int, re.findall(r"\d+", (await ada.part("final-match").inner_text()).replace(",", "")))
    assert people > 100
    assert machine >= 0
    await look(artifacts, "mode-versus-podium", ada, ben)


async def test_alone_with_the_artist(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=20, seed=4)
    server.wait_for_artist()
    ada = await Player.at(browser, PHONE, touch=True)
    await ada.page.goto(server.url)
    await ada.part("nickname").fill("Ada")
    await ada.part("play-together").click()
    await ada.in_phase("lobby")
    await ada.page.select_option("#setting-rounds", json.dumps(3))
    await ada.page.select_option("#setting-draw_seconds", json.dumps(20))
    await ada.part("start-game").click()
    for turn in range(3):
        await ada.in_phase("drawing")
        if turn < 2:
            await artist_is_seen(ada, strokes=1)
            await guess_till_found(ada)
        if turn == 1:
            await expect_text(ada, "match", "2 of 2")
            await ada.page.screenshot(path=artifacts / "mode-together-phone.png")
        await ada.in_phase("result")
        await ada.in_phase("drawing", "podium")
    await to_the_podium(ada)
    await expect_text(ada, "final-match", "2 of 3 words found")
    await expect_text(ada, "podium", "Longest streak: 2 words")
    await ada.page.screenshot(path=artifacts / "mode-together-podium-phone.png")


async def test_duel(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=60, seed=5)
    server.wait_for_artist()
    ada, ben = await table(browser, server, "duel")
    await ada.part("start-game").click()
    for hand in ("machine", "person"):
        drawer, guesser = await drawer_of(ada, ben)
        await draw(drawer, HOUSE)
        for player in (ada, ben):
            await artist_is_seen(player, "rival-canvas")
        assert await guesser.on_board("(board) => board.drawing.operations.length", "canvas") == len(HOUSE)
        await look(artifacts, "mode-duel", ada, ben)
        await expect(guesser.part("jury")).to_be_hidden()
        await guesser.say(await word_of(drawer))
        await guesser.part(f"judge-{hand}").click()
        await expect(drawer.part(f"judge-{hand}")).to_contain_text("1")
        await look(artifacts, "mode-duel-result", ada, ben)
        await ada.in_phase("choosing", "podium")
    await to_the_podium(ada, ben)
    await expect_text(ada, "final-match", "People 1 : AI 1")
    assert await ada.page.locator(".drawings figure").count() == 4
    await look(artifacts, "mode-duel-podium", ada, ben)
    await ben.page.goto(f"{server.url}/stats")
    await expect_text(ben, "stats-hands", "People 1 : AI 1")
    await ben.page.screenshot(path=artifacts / "mode-duel-stats-phone.png", full_page=True)


async def test_imitation(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=60, seed=6)
    server.wait_for_artist()
    ada, ben = await table(browser, server, "imitation")
    await ada.part("start-game").click()
    hands: list[str] = []
    while True:
        await ada.in_phase("drawing", "podium")
        if await ada.page.get_attribute("body", "data-phase") == "podium":
            break
        await ben.in_phase("drawing")
        await ada.page.wait_for_timeout(300)
        drawers = [player for player in (ada, ben) if await player.part("toolbar").is_visible()]
        hands.append("person" if drawers else "machine")
        for drawer in drawers:
            await draw(drawer, HOUSE)
            await expect_text(drawer, "strokes-left", "13 strokes left")
        guessers = [player for player in (ada, ben) if player not in drawers]
        for guesser in guessers:
            await artist_is_seen(guesser)  # a person's strokes look like the artist's
            assert await guesser.page.locator(".player.is-drawing").count() == 0
        await look(artifacts, f"mode-imitation-{hands[-1]}", ada, ben)
        for guesser in guessers:
            await guesser.part("judge-machine").click()
        await ada.in_phase("result")
        await expect_text(ada, "turn-result", "It was the machine!" if not drawers else "It was ")
        await look(artifacts, f"mode-imitation-{hands[-1]}-result", ada, ben)
    await to_the_podium(ada, ben)
    assert hands.count("person") == 2
    assert "machine" in hands, "choose a seed with which the coin falls for the machine once"
    await expect_text(ada, "final-match", f"Unmasked {2 * hands.count('machine')} : fooled 2")
    await ben.page.goto(f"{server.url}/stats")
    await expect_text(ben, "stats-hands", "100%")


async def test_finish_my_drawing(serve, browser, artifacts):
    server = serve(words=WORDS, draw_seconds=60, seed=7)
    server.wait_for_artist()
    ada, ben = await table(browser, server, "finish")
    await ada.part("start-game").click()
    for _ in range(2):
        drawer, guesser = await drawer_of(ada, ben)
        await draw(drawer, HOUSE[:1])
        await expect_text(drawer, "strokes-left", "2 strokes left")
        await draw(drawer, HOUSE[1:])
        await expect(drawer.part("toolbar")).to_be_hidden()
        await artist_is_seen(guesser)
        await look(artifacts, "mode-finish", ada, ben)
        await drawer.same_raster_as(guesser)
        await guesser.say(await word_of(drawer))
        await guesser.in_phase("result")
        await ada.in_phase("choosing", "podium")
    await to_the_podium(ada, ben)
    await look(artifacts, "mode-finish-podium", ada, ben)


async def test_the_words_of_the_day(serve, browser, artifacts):
    server = serve(words=WORDS[:2], draw_seconds=30, seed=8)
    server.wait_for_artist()
    ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, PHONE, touch=True)
    await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first: list[object] = []
    for player, name in ((ada, "Ada"), (ben, "Ben")):
        await player.page.goto(server.url)
        await player.part("nickname").fill(name)
        await player.part("play-daily").click()
        await player.in_phase("lobby")
        await player.part("start-game").click()
        await player.in_phase("drawing")
        await artist_is_seen(player, strokes=3)
        first.append(await player.on_board("(board) => JSON.stringify(board.drawing.operations.slice(0, 3).map((each) => each.points))"))
        await guess_till_found(player)
        await player.in_phase("drawing")
        if player is ada:
            await artist_is_seen(ada, strokes=1)
            await guess_till_found(ada)
            await to_the_podium(ada)
    assert first[0] == first[1]
    await expect_text(ada, "final-match", "2 of 2 words found")
    await ada.part("share-daily").click()
    shared = await ada.page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"Guesstroke \d{4}-\d\d-\d\d\n[🟩🟨🟧]{2} 2/2\nhttp", shared)
    assert not any(word in shared for word in WORDS)
    await ada.page.screenshot(path=artifacts / "mode-daily-podium-desktop.png")
    await to_the_podium(ben)
    await expect_text(ben, "final-match", "1 of 2 words found")
    await ben.page.screenshot(path=artifacts / "mode-daily-podium-phone.png")
