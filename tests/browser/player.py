"""A person at a browser."""

import io

import numpy as np
from PIL import Image
from playwright.async_api import Browser, Page, expect

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
TURN = 60_000  # milliseconds; generous: the artist shares two cores with the browser


class Player:
    """One page, and what its person does there. `problems`: what the page complained about in its console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", lambda message: self.problems.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    @classmethod
    async def at(cls, browser: Browser, viewport: dict[str, int], *, touch: bool = False) -> "Player":
        """Sit down at a screen; each player has a profile of their own."""
        context = await browser.new_context(viewport=viewport, has_touch=touch)
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
