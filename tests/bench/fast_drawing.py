"""How much the browser's main thread has to do per frame while somebody draws fast: in the drawer's page and in a watcher's.

    python -m tests.bench.fast_drawing [--seconds 60] [--bots 6]

The room has the two pages and so many players without a browser, who chat. The work of a frame is all that the main thread of the page
computed between two animation frames (the time of its processor, for here two pages share two cores with the server, the compositor without a
GPU and the trace itself), by Chromium's own trace. The last line is one JSON object: milliseconds and frames a second.
"""

import argparse
import asyncio
import json
import math
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright
from rich.console import Console
from rich.table import Table

from tests.browser.conftest import FLAGS
from tests.browser.player import DESKTOP, Player
from tests.integration.wire import Wire
from tests.server import Server

_one_frame = 4000  # microseconds
_categories = ["toplevel", "devtools.timeline", "blink.user_timing", "__metadata"]


async def draw_fast(player: Player, seconds: float) -> int:
    """Loop over the canvas as fast as the browser takes it, a new stroke every two seconds; return how many moves were made."""
    box = await player.part("canvas").bounding_box()
    assert box is not None
    mouse, moves, end = player.page.mouse, 0, time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        stroke_end = min(end, now + 2)
        down = False
        while (now := time.perf_counter()) < stroke_end:
            x = box["x"] + box["width"] * (0.5 + 0.45 * math.sin(now * 5.1))
            y = box["y"] + box["height"] * (0.5 + 0.45 * math.cos(now * 7.3))
            await mouse.move(x, y)
            if not down:
                await mouse.down()
                down = True
            moves += 1
        await mouse.up()
        if moves % 5 == 0:
            await player.page.keyboard.press(str(1 + moves % 4))
    return moves


async def chatter(wires: list[Wire], seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for wire in wires:
            await wire.send("say", text="is it a spiral?")
            await asyncio.sleep(0.5)


def work_of_frames(events: list[dict[str, Any]]) -> dict[int, list[float]]:
    """Milliseconds of main-thread work between two animation frames, by process, of those that drew any."""
    main = {(event["pid"], event["tid"]) for event in events if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"}
    tasks, frames = defaultdict(list), defaultdict(list)
    for event in events:
        if (event["pid"], event.get("tid")) not in main:
            continue
        if event["name"] == "ThreadControllerImpl::RunTask" and "tdur" in event:
            tasks[event["pid"]].append((event["ts"], event["tdur"]))
        elif event["name"] == "FireAnimationFrame":
            frames[event["pid"]].append(event["ts"])
    work = {}
    for pid, starts in frames.items():
        starts.sort()
        # Several callbacks of one frame each have an event of their own.
        starts = [start for before, start in pairwise([-math.inf, *starts]) if start - before > _one_frame]
        spent = [0.0] * len(starts)
        ordered = sorted(tasks[pid])
        at = 0
        for begin, lasts in ordered:
            while at + 1 < len(starts) and starts[at + 1] <= begin + lasts / 2:
                at += 1
            spent[at] += lasts / 1000
        # A page that rests for a while fires no frames; what lies before such a rest is not the work of one frame.
        work[pid] = [spent[index] for index, (here, there) in enumerate(pairwise(starts)) if there - here < 100_000]
    return work


async def measure(server: Server, seconds: float, bots: int) -> dict[str, list[float]]:
    """The work of each frame in the drawer's and in the watcher's page."""
    async with async_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        ada, ben = await Player.at(browser, DESKTOP), await Player.at(browser, DESKTOP)
        link = await ada.create_room(server.url, "Ada")
        await ben.join(link, "Ben")
        await ada.page.evaluate("document.querySelector('[data-testid=more-settings]').open = true")
        for name, value in (("clients_per_address", "12"), ("human_turns_per_artist_turn", "0"), ("draw_seconds", "120")):
            await ada.page.select_option(f"#setting-{name}", value)
        wires = [await Wire.join(server, link.rsplit("/", 1)[1], f"Bot {number}") for number in range(bots)]
        await ada.part("start-game").click()
        await ada.in_phase("choosing")
        while not await ada.part("toolbar").is_visible():
            if await ada.part("choice-0").is_visible():
                await ada.part("choice-0").click()
            elif await ben.part("choice-0").is_visible() or await ben.part("toolbar").is_visible():
                ada, ben = ben, ada
            await asyncio.sleep(0.3)
        await ben.in_phase("drawing")
        pids = {}
        await browser.start_tracing(page=ada.page, categories=_categories)
        for name, player in (("drawer", ada), ("watcher", ben)):
            await player.page.evaluate("name => performance.mark(name)", f"this is the {name}")
        moves, _ = await asyncio.gather(draw_fast(ada, seconds), chatter(wires, seconds))
        events = json.loads(await browser.stop_tracing())["traceEvents"]
        await browser.close()
    for event in events:
        for name in ("drawer", "watcher"):
            if event["name"] == f"this is the {name}":
                pids[name] = event["pid"]
    work = work_of_frames(events)
    Console().print(f"{moves} moves of the pointer in {seconds:.0f} s")
    return {name: work[pids[name]] for name in ("drawer", "watcher")}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long to draw")
    parser.add_argument("--bots", type=int, default=6, help="how many players without a browser")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), draw_seconds=120).start()
        try:
            work = asyncio.run(measure(server, asked.seconds, asked.bots))
        finally:
            server.stop()
    table = Table("main thread", "frames", "frames a second", "median", "95 %", "slowest")
    figures = {}
    for name, spent in work.items():
        ordered = sorted(spent)
        p95 = ordered[int(0.95 * len(ordered))]
        rate = len(spent) / asked.seconds
        table.add_row(name, str(len(spent)), f"{rate:.0f}", f"{statistics.median(spent):.1f} ms", f"{p95:.1f} ms", f"{ordered[-1]:.1f} ms")
        figures[name] = {"median_ms": round(statistics.median(spent), 2), "p95_ms": round(p95, 2), "frames_per_s": round(rate, 1)}
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
