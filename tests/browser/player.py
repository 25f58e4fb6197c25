"""A person at a browser."""

import asyncio
import io
import math
from itertools import pairwise
from typing import Any

import numpy as np
from PIL import Image
from playwright.async_api import Browser, ConsoleMessage, Page, expect

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
# No file of the page is fetched twice: this is the very module that the page runs.
_on_board = """async () => {
  const module = document.querySelector('script[src$="/main.js"]').src.replace('/main.js', '/canvas/board.js');
  const { boardOn } = await import(module);
  // A page that the server has told of the turn a moment later than another one has no board yet.
  for (const end = performance.now() + 10000; !boardOn(document.getElementById('CANVAS')) && performance.now() < end; )
    await new Promise((later) => setTimeout(later, 50));
  return await (QUESTION)(boardOn(document.getElementById('CANVAS')));
}"""
_raster = """async (board) => {
  const pixels = board.raster();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', pixels));
  return { hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''), ink: pixels.filter((pixel) => pixel !== 0xffffff).length };
}"""
_catch_sockets = """
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...all) { super(...all); window.sockets.push(this); } };
"""
TURN = 60_000  # milliseconds; generous: the artist shares two cores with the browser

Place = tuple[float, float]
"""Parts of the canvas's width and height."""


def _between(begin: list[Place], end: list[Place], part: float) -> list[Place]:
    return [(x0 + part * (x1 - x0), y0 + part * (y1 - y0)) for (x0, y0), (x1, y1) in zip(begin, end, strict=True)]


class Player:
    """One page, and what its person does there. `problems`: what the page complained about in its console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.text} {message.location.get('url', '')}".rstrip())

    @classmethod
    async def at(
        cls, browser: Browser, viewport: dict[str, int], *, touch: bool = False, ratio: float = 1, dark: bool = False, language: str = "en-GB"
    ) -> "Player":
        """Sit down at a screen, of `ratio` device pixels to a CSS pixel; each player has a profile of their own."""
        context = await browser.new_context(
            viewport=viewport, has_touch=touch, device_scale_factor=ratio, color_scheme="dark" if dark else "light", locale=language
        )  # fmt: skip
        await context.add_init_script(_catch_sockets)
        return cls(await context.new_page())

    def part(self, name: str):
        """An element by its data-testid."""
        return self.page.get_by_test_id(name)

    async def in_phase(self, *phases: str, patience: int = TURN) -> None:
        """Wait until the page shows one of these phases."""
        selector = ", ".join(f'body[data-phase="{phase}"]' for phase in phases)
        await self.page.wait_for_selector(selector, timeout=patience, state="attached")

    async def create_room(self, url: str, nickname: str) -> str:
        """Open a private room; return the invite link as shown."""
        await self.page.goto(url)
        await self.part("nickname").fill(nickname)
        await self.part("create-room").click()
        await self.in_phase("lobby")
        return self.page.url

    async def join(self, link: str, nickname: str) -> None:
        """Follow an invite link."""
        await self.page.goto(link)
        await self.in_phase("join")
        await self.part("nickname").fill(nickname)
        await self.part("enter-room").click()
        await self.in_phase("lobby", "choosing", "drawing", "result")

    async def say(self, text: str) -> None:
        """Type a line of chat, or a guess."""
        await self.part("chat-input").fill(text)
        await self.part("chat-input").press("Enter")

    async def draw_line(self, *points: tuple[float, float]) -> None:
        """Drag the pointer along points given as parts of the canvas's width and height."""
        box = await self.part("canvas").bounding_box()
        assert box is not None
        (x, y), *rest = [(box["x"] + px * box["width"], box["y"] + py * box["height"]) for px, py in points]
        await self.page.mouse.move(x, y)
        await self.page.mouse.down()
        for x, y in rest:
            await self.page.mouse.move(x, y, steps=8)
        await self.page.mouse.up()

    async def touch_line(self, *points: tuple[float, float]) -> None:
        """Draw with a finger."""
        box = await self.part("canvas").bounding_box()
        assert box is not None
        client = await self.page.context.new_cdp_session(self.page)
        places = [(box["x"] + px * box["width"], box["y"] + py * box["height"]) for px, py in points]
        await client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": places[0][0], "y": places[0][1]}]})
        for (x0, y0), (x1, y1) in pairwise(places):
            for step in range(1, 9):
                at = {"x": x0 + (x1 - x0) * step / 8, "y": y0 + (y1 - y0) * step / 8}
                await client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        await client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        await client.detach()

    async def tap_canvas(self, x: float, y: float, *, touch: bool = False) -> None:
        """Tap or click a place, given as parts of the canvas's width and height."""
        box = await self.part("canvas").bounding_box()
        assert box is not None
        hand = self.page.touchscreen.tap if touch else self.page.mouse.click
        await hand(box["x"] + x * box["width"], box["y"] + y * box["height"])

    async def pinch(self, left: Place, right: Place, left_to: Place, right_to: Place) -> None:
        """Two fingers come down one after the other, move apart or together, and go."""
        await self._fingers([[left], [left, right], *(_between([left, right], [left_to, right_to], step / 6) for step in range(1, 7)), []])

    async def two_fingers_one_late(self, begin: Place, end: Place, late: Place) -> None:
        """A finger draws a line; on the way a second one touches the canvas."""
        half = _between([begin], [end], 0.5)
        await self._fingers([[begin], *(_between([begin], half, step / 5) for step in range(1, 6)), [half[0], late], [end, late], [end], []])

    async def _fingers(self, course: list[list[Place]]) -> None:
        box = await self.part("canvas").bounding_box()
        assert box is not None
        client, down = await self.page.context.new_cdp_session(self.page), 0
        for places in course:
            points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"], "id": number} for number, (x, y) in enumerate(places)]
            kind = "touchStart" if len(points) > down else "touchEnd" if len(points) < down else "touchMove"
            await client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            down = len(points)
        await client.detach()

    async def pen_line(self, course: list[tuple[float, float, float]]) -> None:
        """Draw with a pen through places (parts of width and height), each with a pressure in 0..1."""
        box = await self.part("canvas").bounding_box()
        assert box is not None
        client = await self.page.context.new_cdp_session(self.page)

        async def pen(kind: str, x: float, y: float, force: float) -> None:
            at = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
            await client.send(
                "Input.dispatchMouseEvent",
                {"type": kind, **at, "pointerType": "pen", "force": force, "button": "left", "buttons": 1, "clickCount": 1},
            )  # fmt: skip

        await pen("mousePressed", *course[0])
        for place in course[1:]:
            await pen("mouseMoved", *place)
        await pen("mouseReleased", *course[-1])
        await client.detach()

    async def draw_slowly(self, seconds: float) -> None:
        """One line across the canvas, at a person's pace."""
        box = await self.part("canvas").bounding_box()
        assert box is not None
        steps = int(seconds * 120)
        await self.page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + box["height"] / 2)
        await self.page.mouse.down()
        for step in range(steps):
            y = 0.5 + 0.3 * math.sin(step / 9)
            await self.page.mouse.move(box["x"] + (0.1 + 0.8 * step / steps) * box["width"], box["y"] + y * box["height"])
            await asyncio.sleep(seconds / steps / 2)
        await self.page.mouse.up()

    async def on_board(self, question: str, canvas: str = "canvas") -> Any:
        """The answer of a function that is given the page's board."""
        return await self.page.evaluate(_on_board.replace("CANVAS", canvas).replace("QUESTION", question))

    async def same_raster_as(self, other: "Player") -> None:
        """Wait until both have the same logical raster; ink on its way takes a moment."""
        async with asyncio.timeout(10):
            while await self.raster() != await other.raster():
                await asyncio.sleep(0.2)

    async def raster(self) -> dict[str, str | int]:
        """A hash of the logical raster, and how many of its pixels are not paper."""
        return dict(await self.on_board(_raster))

    async def cut_the_line(self) -> None:
        """Close the page's sockets as a network that fails does: without a close code."""
        await self.page.evaluate("for (const socket of window.sockets) socket.close()")

    async def canvas_ink(self) -> float:
        """The part of the canvas that is not paper, as the screen shows it."""
        return float(self._ink(await self.canvas_pixels()).mean())

    async def ink_at(self, x: float, y: float) -> bool:
        """Whether there is ink within a few pixels of a place, given as parts of the canvas's width and height."""
        ink = self._ink(await self.canvas_pixels())
        row, column = int(y * ink.shape[0]), int(x * ink.shape[1])
        return bool(ink[max(0, row - 4) : row + 5, max(0, column - 4) : column + 5].any())

    async def canvas_pixels(self) -> np.ndarray:
        picture = Image.open(io.BytesIO(await self.part("canvas").screenshot())).convert("RGB")
        return np.asarray(picture).astype(int)[6:-6, 6:-6]  # less the frame around it

    @staticmethod
    def _ink(pixels: np.ndarray) -> np.ndarray:
        paper = np.median(pixels.reshape(-1, 3), axis=0)
        return np.abs(pixels - paper).sum(axis=2) > 90

    async def has_no_sideways_scroll(self) -> bool:
        return bool(await self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def expect_text(player: Player, part: str, text: str) -> None:
    await expect(player.part(part)).to_contain_text(text, timeout=TURN)
