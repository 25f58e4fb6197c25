from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from game.store.models import TransferRow
from game.store.transfers import open_transfer, take_transfer


async def test_a_code_works_once_however_it_is_typed(sessions):
    code = await open_transfer(sessions, "ada")
    assert await take_transfer(sessions, f" {code[:5].lower()}-{code[5:]} ") == "ada"
    assert await take_transfer(sessions, code) is None


async def test_a_new_code_makes_the_one_before_worthless(sessions):
    first, second = await open_transfer(sessions, "ada"), await open_transfer(sessions, "ada")
    assert await take_transfer(sessions, first) is None
    assert await take_transfer(sessions, second) == "ada"


async def test_an_old_code_or_a_wrong_one_is_worth_nothing(sessions):
    code = await open_transfer(sessions, "ada")
    async with sessions.begin() as session:
        await session.execute(update(TransferRow).values(expires=datetime.now(UTC) - timedelta(seconds=1)))
    assert await take_transfer(sessions, code) is None
    assert await take_transfer(sessions, "") is None


async def test_the_store_does_not_know_the_code(sessions):
    code = await open_transfer(sessions, "ada")
    async with sessions() as session:
        row = (await session.scalars(select(TransferRow))).one()
        assert code not in row.digest
        assert timedelta(minutes=9) < row.expires - datetime.now(UTC) < timedelta(minutes=11)
