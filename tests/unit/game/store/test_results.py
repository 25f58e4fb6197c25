import pytest
from sqlalchemy import func, select

from game.drawing.archive import unpack
from game.rules.effects import ChatLine, ReportRecord
from game.store.models import DayTallyRow, DrawingRow, GameRow, GuessRow, ReportLineRow, ReportRow, ScoreRow, TurnRow, WordTallyRow
from game.store.scores import leaderboard
from tests.unit.game.store.sample import INK, NOON, began, ended, guess, put, turn


async def test_a_game_is_kept_with_its_turns_drawings_and_scores(sessions):
    await put(sessions, began(), turn(missed=("cyd",)), ended())
    async with sessions() as session:
        game = await session.get(GameRow, "g1")
        assert (game.host_id, game.language, game.in_gallery) == ("ada", "en", True)
        assert game.started == NOON
        assert (game.ended - game.started).seconds == 120
        kept = (await session.scalars(select(TurnRow))).one()
        assert (kept.word, kept.drawer_id, kept.drawer_points, kept.likes, kept.dislikes) == ("house", "ada", 120, 2, 1)
        drawing = await session.get(DrawingRow, kept.id)
        assert unpack(drawing.format, drawing.data).ink == INK
        assert unpack(drawing.format, drawing.data).times == (1200,)
        right, missed = await session.get(GuessRow, (kept.id, "ben")), await session.get(GuessRow, (kept.id, "cyd"))
        assert (right.points, right.seconds, missed.points, missed.seconds) == (100, 9.5, 0, None)
        assert await session.scalar(select(func.count()).select_from(ScoreRow)) == 2


async def test_a_turn_in_which_nothing_was_drawn_has_no_drawing(sessions):
    await put(sessions, began(), turn(ink=b"", times=()))
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(DrawingRow)) == 0


async def test_a_report_is_kept_with_what_there_was_to_see(sessions):
    lines = (ChatLine("p1", "Ada", "hello"), ChatLine("p2", "Ben", "go: away"))
    await put(sessions, ReportRecord("room", "", 0, "p1", "Ada", "p2", "Ben", "rude", b"\x06", lines))
    async with sessions() as session:
        report = (await session.scalars(select(ReportRow))).one()
        assert (report.reporter_id, report.player_id, report.reason, report.ink) == ("p1", "p2", "rude", b"\x06")
        said = (await session.scalars(select(ReportLineRow).order_by(ReportLineRow.number))).all()
        assert [(line.player_id, line.nickname, line.text) for line in said] == [("p1", "Ada", "hello"), ("p2", "Ben", "go: away")]


async def test_a_player_is_known_by_the_newest_nickname(sessions):
    await put(sessions, began(), began("g2", host_nickname="Adelaide"), ended("g2", ada=5))
    await put(sessions, began("g3", host_nickname="Adelaide"))
    assert [line.nickname for line in await leaderboard(sessions, 5)] == ["Adelaide"]


async def test_words_are_tallied_apart_for_people_and_ai(sessions):
    guesses = (guess("ben", 10), guess("robot", 4, is_ai=True))
    await put(sessions, began(), turn(guesses=guesses, missed=("cyd",)), turn(2, drawer="artist", is_ai=True, guesses=(guess("ben", 20),)))
    async with sessions() as session:
        rows = (await session.scalars(select(WordTallyRow))).all()
        found = {(row.drawer_is_ai, row.guesser_is_ai): (row.asked, row.found, row.milliseconds) for row in rows}
        assert found == {(False, False): (2, 1, 10_000), (False, True): (1, 1, 4_000), (True, False): (1, 1, 20_000)}


async def test_a_hosts_own_words_are_counted_but_not_named(sessions):
    await put(sessions, began(), turn(word="our dog", is_own_word=True))
    async with sessions() as session:
        assert (await session.scalars(select(WordTallyRow))).all() == []
        day = (await session.scalars(select(DayTallyRow))).one()
        assert (day.day, day.asked, day.found) == (NOON.date(), 1, 1)


@pytest.mark.parametrize("mode", ["", "hidden"])
async def test_the_leaderboard_adds_games_up_best_first(sessions, mode):
    await put(sessions, began(mode="hidden"), ended(ada=100, ben=90), began("g2", mode="hidden"), ended("g2", ada=100, ben=95))
    await put(sessions, began("g3"), ended("g3", cyd=1000))
    lines = [(line.nickname, line.score, line.games, line.wins) for line in await leaderboard(sessions, 10, mode=mode)]
    assert lines[-2:] == [("Ada", 200, 2, 2), ("Ben", 185, 2, 0)]
    assert (("Cyd", 1000, 1, 1) in lines) == (mode == "")
    assert len(await leaderboard(sessions, 1)) == 1
