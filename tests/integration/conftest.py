from collections.abc import AsyncIterator

import pytest

from tests.integration.wire import Wire


@pytest.fixture(autouse=True)
async def close_wires() -> AsyncIterator[None]:
    """Close what a test leaves open, on its own event loop."""
    yield
    while Wire.opened:
        await Wire.opened.pop().close()
