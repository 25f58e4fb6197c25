from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from game.rules.effects import ChatLine, ReportRecord
from game.store.belongings import belongings_of
from game.store.drawings import Wanted, in_gallery
from game.store.entries import ForgetDrawings, ForgetPlayer
from game.store.forgetting import forget_what_is_over
from game.store.models import Base, DrawingRow, PlayerRow, StandingRow, TurnRow
from game.store.scores import leaderboard
from game.store.statistics import words
from game.store.transfers import open_transfer
from tests.unit.game.store.sample import NOON, began, ended, guess, put, turn


async def left(sessions):
    return [card.word for card in (await in_gallery(sessions, Wanted(), "nobody", 20)).drawings]


@pytest.fixture
async def played(sessions):
    """A game of Ada and Ben, with a report each way."""
    reports = [ReportRecord("room", "g1", 1, *who, "rude", b"", (ChatLine("ada", "Ada", "hm"), ChatLine("ben", "Ben", "hey"))) for who in (
        ("ada", "Ada", "ben", "Ben"), ("ben", "Ben", "cyd", "Cyd"),
    )]  # fmt: skip
    await put(sessions, began(), turn(word="mine"), turn(2, drawer="ben", word="yours", guesses=(guess("ada", 5),)), ended(), *reports)
    await open_transfer(sessions, "ada")
    return sessions


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (ForgetDrawings(key=turn().key), ["yours"]),
        (ForgetDrawings(game_id="g1"), []),
        (ForgetDrawings(drawer_id="ben"), ["mine"]),
        (ForgetDrawings(before=NOON + timedelta(minutes=2)), ["yours"]),
        (ForgetDrawings(drawer_id="ben", game_id="g2"), ["yours", "mine"]),
    ],
)
async def test_drawings_go_and_scores_stay(played, which, expected):
    await put(played, which)
    assert await left(played) == expected
    assert len(await leaderboard(played, 5)) == 2


def test_everything_is_not_forgotten_by_mistake():
    with pytest.raises(ValueError, match="got nothing"):
        ForgetDrawings()


async def test_nothing_about_one_who_wants_to_be_forgotten_is_left_anywhere(played):
    await put(played, ForgetPlayer("ada"))
    assert (await belongings_of(played, "ada"))["kept"] == "Nothing is kept about you."
    async with played() as session:
        for table in Base.metadata.sorted_tables:
            rows = (await session.execute(select(table))).all()
            assert not any("ada" in str(row).lower() for row in rows), table.name
        assert await session.scalar(select(func.count()).select_from(PlayerRow)) == 2
        assert len((await session.scalars(select(TurnRow))).all()) == 2
    assert await left(played) == ["yours"]
    assert [line.nickname for line in await leaderboard(played, 5)] == ["Ben"]


async def test_what_is_counted_without_names_stays(played):
    before = await words(played, "", "", "", 10)
    await put(played, ForgetPlayer("ada"))
    assert await words(played, "", "", "", 10) == before


async def test_forgetting_somebody_twice_or_an_ai_changes_nothing(played):
    await put(played, ForgetPlayer("ada"), ForgetPlayer("ada"), began("g2", host_id="", host_nickname=""))
    await put(played, turn(1, "g2", drawer="artist", is_ai=True, word="robot"), ForgetPlayer("artist"))
    assert "robot" in await left(played)


async def test_what_is_over_goes(sessions):
    await put(sessions, began(), ended(ada=1), at=datetime.now(UTC) - timedelta(days=8))
    await put(sessions, began("g2"), ended("g2", ada=1), at=datetime.now(UTC))
    async with sessions.begin() as session:
        assert await forget_what_is_over(session) == 4
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(StandingRow)) == 6
        assert await session.scalar(select(func.count()).select_from(DrawingRow)) == 0


async def test_belongings_have_all_of_it(played):
    kept = await belongings_of(played, "ada")
    assert kept["nickname"] == "Ada"
    assert [game["score"] for game in kept["games"]] == [120]
    assert [drawn["word"] for drawn in kept["turns"]] == ["mine"]
    assert kept["turns"][0]["drawing"]["milliseconds"] == [1200]
    assert [right["word"] for right in kept["guesses"]] == ["yours"]
    assert len(kept["standings"]) == 6
    assert [len(kept[name]) for name in ("reports_by_you", "reports_about_you", "open_transfer_codes")] == [1, 0, 1]
    assert kept["lines_of_yours_in_reports"] == ["hm", "hm"]
