import asyncio

import pytest
from sqlalchemy import func, select

from game.store.entries import ForgetPlayer
from game.store.forgetting import forget_what_is_over
from game.store.kept_drawings import KeptDrawings
from game.store.models import KeptDrawingRow
from game.studio.base import DrawingStarted, Mark, StrokeDrawn
from game.studio.keeping import KeptDrawing
from tests.unit.game.store.sample import began, ended, put, turn

NAME = "2026-11-25/en/1"


def drawing(shift: float = 0.0, sureness: float | None = 0.5) -> KeptDrawing:
    mark = Mark(tuple((0.1 * place + shift, 1 / 3) for place in range(7)), 1 / 47, (0.1, 0.2, 0.3, 1.0))
    return KeptDrawing(DrawingStarted(sureness), (StrokeDrawn((mark, mark), 0.25), StrokeDrawn((mark,))), 0.75)


async def test_a_drawing_comes_back_as_it_was(sessions):
    kept = KeptDrawings(sessions)
    assert await kept.find(NAME) is None
    assert await kept.keep(NAME, drawing()) == drawing()
    assert await kept.find(NAME) == drawing()
    assert await kept.find(NAME + "0") is None
    assert await kept.keep("unsure", drawing(sureness=None)) == drawing(sureness=None)


async def test_the_first_one_stays(sessions):
    one, other = KeptDrawings(sessions), KeptDrawings(sessions)
    await one.keep(NAME, drawing())
    assert await other.keep(NAME, drawing(0.05)) == drawing()
    assert await one.find(NAME) == drawing()
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(KeptDrawingRow)) == 1


async def test_of_several_at_once_all_have_the_same(sessions):
    found = await asyncio.gather(*(KeptDrawings(sessions).keep(NAME, drawing(shift / 100)) for shift in range(5)))
    assert len({each.strokes[0].marks[0].points for each in found}) == 1


@pytest.mark.parametrize("length", [1, 64])
async def test_names_are_as_long_as_the_column(sessions, length):
    kept = KeptDrawings(sessions)
    await kept.keep("n" * length, drawing())
    assert await kept.find("n" * length) == drawing()


async def test_it_is_nobodys_and_stays_when_players_and_days_go(sessions):
    kept = KeptDrawings(sessions)
    await kept.keep(NAME, drawing())
    await put(sessions, began(), turn(drawer="artist", is_ai=True), ended(), ForgetPlayer("ada"), ForgetPlayer("artist"))
    async with sessions.begin() as session:
        await forget_what_is_over(session)
    assert await kept.find(NAME) == drawing()
