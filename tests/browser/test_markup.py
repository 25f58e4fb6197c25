"""What players type is shown as text on every page: it makes no element, runs nothing, and the page's policy has nothing to stop."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from itertools import cycle

import pytest
from playwright.async_api import BrowserContext, expect

from game.protocol.ink import encode_curve
from tests.browser.player import DESKTOP, TURN, Player
from tests.integration.playing import SQUARE
from tests.integration.wire import Wire, open_room
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

HOST, WATCHER = "`${__pwned=1}`", "\"onclick=__pwned=1 '"
LINES = (
    "<script>__pwned=1</script>", "<img src=x onerror=__pwned=1>", "<svg onload=__pwned=1>", "<svg><script>__pwned=1</script></svg>",
    '"><img src=x onerror=__pwned=1>', "'><svg/onload=__pwned=1>", "javascript:__pwned=1", '<a href="javascript:__pwned=1">here</a>',
    '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>', "<body onload=__pwned=1>", "<details open ontoggle=__pwned=1>",
    "<math><mtext><img src=x onerror=__pwned=1>", "</title><script>__pwned=1</script>", "</textarea><script>__pwned=1</script>",
    "--><script>__pwned=1</script>", "]]><script>__pwned=1</script>", "{{constructor.constructor('__pwned=1')()}}", "${__pwned=1}",
    "`${__pwned=1}`", "<%= __pwned=1 %>", "&lt;script&gt;__pwned=1&lt;/script&gt;", "&#60;script&#62;__pwned=1&#60;/script&#62;",
    "\\u003cscript\\u003e__pwned=1\\u003c/script\\u003e", "%3Cscript%3E__pwned=1%3C/script%3E", "<input autofocus onfocus=__pwned=1>",
    '<object data="data:text/html,<script>parent.__pwned=1</script>">', "<embed src=javascript:__pwned=1>", "<style>*{display:none}</style>",
    '<link rel=stylesheet href="//localhost/x.css">', '<meta http-equiv=refresh content="0;url=javascript:__pwned=1">', "<base href=//localhost/x/>",
    "<form action=javascript:__pwned=1><button>here</button></form>", "<noscript><p title='</noscript><img src=x onerror=__pwned=1>'>",
    "W" * 120, "שלום עולם مرحبا", "Z" + "\u0351\u036b" * 50, "{name} {word} {n}", "__proto__", "👩‍🎨" if "👩‍🎨".isprintable() else "👩",
)  # fmt: skip
REFUSED = ("\u202e<gnp.x=crs gmi>", "a\u200bb", "\ufeff<b>", "a\u2066b")
"""Of these nothing is shown: what turns the writing round, and what cannot be seen."""
WORDS = (
    "<script>__pwned=1</script>", "<img src=x onerror=__pwned=1>", "<svg onload=__pwned=1>", '"><svg/onload=__pwned=1>', "</title><script>__pwned=1",
    "javascript:__pwned=1", "${__pwned=1}", "'-__pwned=1-'", "&lt b &#60 i &#x3c u",
)  # fmt: skip
WATCH = """
Object.defineProperty(window, '__pwned', { set() { trouble('a script ran'); }, get() {} });
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => trouble(name);
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => trouble(`${violatedDirective} ${blockedURI}`));
"""
FOREIGN = """() => {
  const tags = ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MATH', 'STYLE', 'FRAME'];
  const texts = ['aria-label', 'title', 'value', 'alt', 'download'];
  const isForeign = (element) => tags.includes(element.tagName.toUpperCase())
    || (element.tagName.toUpperCase() === 'SCRIPT' && !element.src.startsWith(`${location.origin}/static/`))
    || [...element.attributes].some(({ name, value }) =>
      name.startsWith('on') || name === 'srcdoc' || (!texts.includes(name) && /^\\s*javascript:/i.test(value)));
  return [...document.querySelectorAll('*')].filter(isForeign).map((element) => element.outerHTML.slice(0, 200));
}"""
"""Elements that no page of ours has."""
SHAPES = "(log) => [...log.children].map((item) => [item.textContent, [...item.querySelectorAll('*')].map(({ tagName }) => tagName).join()])"


async def trouble_in(context: BrowserContext) -> list[str]:
    """What goes wrong on any page of this profile, from now on."""
    found: list[str] = []
    await context.expose_function("trouble", lambda what: found.append(what))
    await context.add_init_script(WATCH)
    return found


async def tell(talkers: Sequence[Wire], lines: Iterable[str]) -> None:
    """Say one line after the other, by turns and at a pace that is allowed."""
    for wire, line in zip(cycle(talkers), lines):
        await wire.send("say", text=line)
        await wire.wait_for("chat", text=line)
        await asyncio.sleep(0.7)


async def shows(player: Player, part: str, text: str) -> None:
    """Wait until the part has this very text in it."""
    await expect(player.part(part)).to_contain_text(text, timeout=TURN)


async def test_nothing_that_is_typed_becomes_markup(serve, browser):
    server: Server = serve(draw_seconds=60)
    code = open_room(server)
    host = await Wire.join(server, code, HOST)
    watcher = await Wire.join(server, code, WATCHER, role="spectator")
    ada = await Player.at(browser, DESKTOP)
    trouble = await trouble_in(ada.page.context)
    ada.page.on("dialog", lambda dialog: trouble.append(dialog.message))
    await ada.join(f"{server.url}/r/{code}", "Ada")
    for name in (HOST, WATCHER):
        await shows(ada, "player-list", name)

    # Chat: each line is one item of the same elements as a harmless line.
    await tell([host, watcher], ["a harmless line", *LINES])
    await shows(ada, "chat-log", LINES[-1])
    items = await ada.part("chat-log").evaluate(SHAPES)
    (harmless,) = {shape for text, shape in items if text.endswith("a harmless line")}
    for line in LINES:
        assert {shape for text, shape in items if text.endswith(line)} == {harmless}, line
    for line in REFUSED:
        errors = len([each for each in host.heard if each["type"] == "error"])
        await host.send("say", text=line)
        async with asyncio.timeout(10):
            while len([each for each in host.heard if each["type"] == "error"]) == errors:
                await asyncio.sleep(0.05)
        assert host.heard[-1]["code"] == "bad_field", line

    # A name in a vote, and a reason that goes to the owner.
    you = (await watcher.wait_for("welcome"))["you"]
    await host.send_raw(json.dumps({"type": "vote", "kind": "kick", "player_id": you}))
    await shows(ada, "vote", WATCHER.strip())
    await host.send("report", player_id=you, reason=LINES[0])
    await host.wait_for("reported")

    # Words: told by the result, offered, drawn, on the podium and wherever they are kept.
    await host.send("set_words", text="\n".join(WORDS))
    assert (await host.wait_for("words_taken"))["kept"] == len(WORDS)
    await host.send("change_settings", custom_words_only=True, human_turns_per_artist_turn=0, rounds=1, in_gallery=True, is_public=True, choices=3)
    await host.wait_for("settings_changed")
    await host.send("start_game")
    await host.send("choose_word", index=0)
    word = (await host.wait_for("secret_word"))["word"]
    await host.send_ink(1, encode_curve(1, (200, 0, 0, 255), 8, 0, SQUARE))
    await ada.in_phase("drawing")
    await ada.say(word)
    await shows(ada, "turn-result", word)
    await ada.in_phase("choosing")
    offered = ada.part("choice-1")
    own = await offered.inner_text()
    assert any(own.startswith(each) for each in WORDS)
    assert await offered.locator("script, img, svg").count() == 0
    await offered.click()
    await ada.in_phase("drawing")
    await ada.draw_line((0.2, 0.2), (0.8, 0.8))
    own = next(each for each in WORDS if own.startswith(each))
    await host.wait_for_ink_of(2)
    await host.send("say", text=own)
    await ada.in_phase("podium")
    ended = await host.wait_for("game_ended", patience=30)
    for shown in (word, own):
        await shows(ada, "drawings", shown)
    await shows(ada, "podium", HOST)
    assert await ada.page.evaluate(FOREIGN) == []

    # The pages of what is kept; the database is written beside the game.
    async with asyncio.timeout(20):
        while len((await (await ada.page.request.get(f"{server.url}/api/gallery")).json())["drawings"]) < 2:
            await asyncio.sleep(0.2)
    key, game = ended["drawings"][0]["key"], (await host.wait_for("game_started"))["game_id"]
    pages = {f"/r/{code}/gallery": word, "/gallery": own, f"/drawing/{key}": word, f"/game/{game}": HOST, "/scores": HOST, "/stats": "", "/me": "Ada"}
    for path, text in (pages | {"/": HOST}).items():
        await ada.page.goto(server.url + path)
        await expect(ada.page.locator("body")).to_contain_text(text or "", timeout=TURN)
        await ada.page.wait_for_load_state("networkidle")
        assert (path, await ada.page.evaluate(FOREIGN)) == (path, [])
    answer = await ada.page.request.get(f"{server.url}/api/drawings/{key}")
    assert word in (await answer.json())["word"]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"

    assert trouble == []
    assert ada.problems == []
    # The watch would have noticed.
    await ada.page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '__pwned = 1' }))")
    await ada.page.evaluate("__pwned = 1")
    assert any(found.startswith("script-src") for found in trouble)
    assert "a script ran" in trouble
    for wire in (host, watcher):
        await wire.close()
