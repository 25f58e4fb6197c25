"""axe finds nothing to complain about on any screen, light or dark."""

import asyncio

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.screens import SCREENS, THEMES, server_for, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


async def test_axe_finds_no_violation_on_any_screen(tmp_path, browser):
    server = await asyncio.to_thread(server_for, tmp_path)
    axe, seen, found = Axe(), [], []

    async def look(name, player):
        seen.append(name)
        for theme in THEMES:
            await player.page.emulate_media(color_scheme=theme)
            await player.page.wait_for_timeout(300)  # colours fade over
            results = await axe.run(player.page)
            found.extend(
                f"{name}, {theme}: {violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']][:4]}"
                for violation in results.response["violations"]
            )
        await player.page.emulate_media(color_scheme="light")

    try:
        await walk(server, browser, look)
    finally:
        server.stop()
    assert set(seen) == set(SCREENS)
    assert not found, "\n".join(found)
