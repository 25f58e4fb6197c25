import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.integration.conftest import close_wires as close_wires

# Chromium must not look for the outside world by itself: where there is none, its attempts fill the log.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
ARTIFACTS = Path(os.environ.get("GUESSTROKE_TEST_ARTIFACTS", "test-artifacts"))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("Chromium is not installed: make browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def artifacts() -> Path:
    """Where screenshots go, to be looked at."""
    ARTIFACTS.mkdir(exist_ok=True)
    return ARTIFACTS
