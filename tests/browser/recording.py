"""Records a turn in which the artist draws, as the README shows it:

python -m tests.browser.recording [--out docs/images/turn.gif] [--word house] [--seed 1]
"""

import argparse
import asyncio
import io
import tempfile
import time
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import async_playwright
from rich.progress import Progress

from tests.browser.conftest import FLAGS
from tests.browser.player import PHONE, Player
from tests.server import Server

SCREEN: Final = {"width": 1280, "height": 720}
SHOWN: Final = (800, 450)
"""Pixels of the recording."""
PACE: Final = 4
"""How many times faster than in the room it runs."""
EVERY: Final = 0.8
"""Seconds of the room between two pictures."""
GUESSES: Final = ((12, 0, "a letter?"), (19, 1, "a tent"), (27, 0, "arrow"), (36, 1, None), (40, 0, None))
"""After how many seconds who says what; None is the word."""
TURN: Final = 44.0


async def _record(word: str, seed: int, folder: Path) -> list[Image.Image]:
    server = Server(folder, words=(word,), draw_seconds=80, seed=seed)
    try:
        await asyncio.to_thread(server.start)
        await asyncio.to_thread(server.wait_for_artist)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            host = await Player.at(browser, SCREEN)
            link = await host.create_room(server.url, "Ada")
            friends = [await Player.at(browser, PHONE, touch=True) for _ in range(2)]
            for friend, name in zip(friends, ("Ben", "Cleo"), strict=True):
                await friend.join(link, name)
            await host.part("start-game").click()
            await host.in_phase("drawing")
            pictures = await _watch(host, friends, word)
            await browser.close()
    finally:
        server.stop()
    return pictures


async def _watch(host: Player, friends: list[Player], word: str) -> list[Image.Image]:
    began, waiting, pictures = time.monotonic(), list(GUESSES), []
    with Progress() as progress:
        bar = progress.add_task("recording", total=TURN)
        while (passed := time.monotonic() - began) < TURN + 4:
            if waiting and passed >= waiting[0][0]:
                _, who, said = waiting.pop(0)
                await friends[who].say(said or word)
            if not waiting and passed >= TURN and await host.page.get_attribute("body", "data-phase") == "drawing":
                await host.say(word)
            pictures.append(Image.open(io.BytesIO(await host.page.screenshot())).convert("RGB").resize(SHOWN, Image.Resampling.LANCZOS))
            progress.update(bar, completed=passed)
            await asyncio.sleep(max(0.0, EVERY * len(pictures) - (time.monotonic() - began)))
    return pictures


def _save(pictures: list[Image.Image], out: Path) -> None:
    """One palette for all, so that what stands still is left out of the next picture."""
    palette = Image.new("RGB", (SHOWN[0], 3 * SHOWN[1]))
    for place, picture in enumerate((pictures[0], pictures[len(pictures) // 2], pictures[-1])):
        palette.paste(picture, (0, place * SHOWN[1]))
    colours = palette.quantize(96, Image.Quantize.MEDIANCUT)
    frames = [picture.quantize(palette=colours, dither=Image.Dither.NONE) for picture in pictures]
    lasts = [round(1000 * EVERY / PACE)] * (len(frames) - 1) + [3000]
    frames[0].save(out, save_all=True, append_images=frames[1:], duration=lasts, loop=0, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("docs/images/turn.gif"))
    parser.add_argument("--word", default="house")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _save(asyncio.run(_record(options.word, options.seed, Path(folder))), options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
