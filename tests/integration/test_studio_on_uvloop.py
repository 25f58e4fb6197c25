"""How a worker's end is told by uvloop, which the server runs on: differently from asyncio's own loop."""

from pathlib import Path

import pytest
import uvloop

from tests.integration.faulty_studio import WHOLE, heights, opened


@pytest.mark.slow
def test_workers_that_go_wrong_are_replaced_there_too(tmp_path: Path):
    async def draw_all() -> None:
        async with opened(tmp_path) as faulty:
            for fault in ("no end of a line", "half a line", "closed pipe", "memory"):
                assert heights(await faulty.draw(f"{fault} at 2, once")) == WHOLE

    uvloop.run(draw_all())
