import pytest

from game.store.bans import Bans
from game.store.belongings import belongings_of
from game.store.entries import ForgetPlayer
from tests.unit.game.store.sample import began, put


@pytest.fixture
def sent_away():
    return []


@pytest.fixture
def bans(sessions, sent_away):
    return Bans(sessions, lambda ids: sent_away.extend(sorted(ids)))


async def test_who_is_banned_is_sent_away_at_once_and_stays_out_until_let_in_again(bans, sessions, sent_away):
    await put(sessions, began(host_id="ada", host_nickname="Ada"))
    await bans.ban("ada", "", "rude")
    await bans.ban("ben", "Ben", "")
    assert sent_away == ["ada", "ben"]
    assert {(each.player_id, each.nickname, each.reason) for each in await bans.list()} == {("ada", "Ada", "rude"), ("ben", "Ben", "")}
    await bans.ban("ben", "Ben", "very rude")
    assert {each.reason for each in await bans.list()} == {"rude", "very rude"}
    assert await bans.lift("ada")
    assert not await bans.lift("ada")
    assert ("ada" in bans, "ben" in bans, len(bans)) == (False, True, 1)


async def test_another_server_at_the_same_database_learns_of_it(bans, sessions, sent_away):
    other = Bans(sessions, lambda ids: None)
    await other.ban("ada", "Ada", "")
    assert "ada" not in bans
    await bans.read()
    assert "ada" in bans
    assert sent_away == ["ada"]
    await other.lift("ada")
    await bans.read()
    assert "ada" not in bans


async def test_what_was_read_before_a_deed_does_not_undo_it(bans, sessions):
    """The table is read again and again, and somebody may be banned in the middle of that."""

    class Slow:
        """Sessions that let something else happen before they answer."""

        def __call__(self):
            return self

        async def __aenter__(self):
            self.session = await sessions().__aenter__()
            return self

        async def __aexit__(self, *error):
            await self.session.__aexit__(*error)

        async def scalars(self, query):
            found = list(await self.session.scalars(query))
            bans._sessions = sessions
            await bans.ban("ada", "Ada", "")
            return found

    bans._sessions = Slow()
    await bans.read()
    assert "ada" in bans


async def test_who_has_everything_deleted_stays_banned_without_a_name(bans, sessions):
    await put(sessions, began(host_id="ada", host_nickname="Ada"))
    await bans.ban("ada", "Ada", "rude")
    assert (await belongings_of(sessions, "ada"))["banned"]["reason"] == "rude"
    await put(sessions, ForgetPlayer("ada"))
    (ban,) = await bans.list()
    assert (ban.player_id, ban.nickname, ban.reason) == ("ada", "", "")
    assert set(await belongings_of(sessions, "ada")) == {"id", "kept", "banned"}
