"""The words of the day."""

import pytest

from game.protocol.client_messages import ChangeSettings, LeaveRoom, PlayAgain
from game.protocol.turn_messages import GameEnded, GameStarted, TurnEnded
from game.protocol.views import MatchView
from game.rules.effects import PrepareDrawing, StartDrawing, TurnRecord
from game.rules.modes import MODES
from game.rules.players import ARTIST_ID, GUESSERS
from tests.unit.game.rules.table import Table, errors, words_of_the_day

ONE, TWO, THREE = GUESSERS


def daily(*people: str, seed: int = 0, **settings) -> Table:
    return Table(*(people or ("ada",)), game_mode="daily", seed=seed, daily=words_of_the_day, **settings)


class TestDaily:
    def test_the_words_and_their_drawings_are_the_same_for_everybody(self):
        played = []
        for table in (daily(seed=1), daily("ben", "cleo", seed=2)):
            table.start()
            table.play_to_the_podium()
            played.append([drawing.commission for drawing in table.of_kind(StartDrawing)])
            assert [record.word for record in table.of_kind(TurnRecord)] == [word.text for word in words_of_the_day("en").words]
        assert played[0] == played[1]
        assert [commission.seed for commission in played[0]] == [11, 12, 13, 14, 15]
        assert [commission.keep_as for commission in played[0]] == [f"2026-11-25/en/{number}" for number in range(1, 6)]
        assert {commission.seconds for commission in played[0]} == {36.0}

    def test_what_is_drawn_ahead_is_what_is_drawn_the_first_from_the_lobby_on(self):
        table = daily()
        assert [each.commission.keep_as for each in table.of_kind(PrepareDrawing)] == ["2026-11-25/en/1"]
        table.start()
        table.play_to_the_podium()
        prepared = [each.commission for each in table.of_kind(PrepareDrawing)]
        assert prepared[-1] is None
        assert [commission for commission in prepared if commission] == [drawing.commission for drawing in table.of_kind(StartDrawing)]

    def test_they_are_of_the_rooms_language(self):
        asked = []
        table = Table("ada", game_mode="daily", daily=lambda language: asked.append(language) or words_of_the_day(language))
        table.start()
        assert set(asked) == {"en"}

    def test_another_game_after_all_has_words_of_its_own(self):
        table = daily()
        table.act("ada", ChangeSettings(game_mode="together"))
        table.start()
        table.play_to_the_podium()
        assert not {record.word for record in table.of_kind(TurnRecord)} & {word.text for word in words_of_the_day("en").words}
        assert {drawing.commission.keep_as for drawing in table.of_kind(StartDrawing)} == {""}
        assert table.last("ada", GameEnded).day == ""

    @pytest.mark.parametrize("change", [{"rounds": 3}, {"draw_seconds": 80}, {"hints": 0}, {"scoring": "rank"}, {"artist_style": "neon"}])
    def test_what_would_make_it_another_game_is_fixed(self, change):
        table = daily()
        assert errors(table.act("ada", ChangeSettings(**change))) == ["bad_settings"]
        assert errors(table.act("ada", ChangeSettings(game_mode="daily", **change))) == ["bad_settings"]
        fixed = {name: MODES["daily"].fixed[name] for name in change}
        assert errors(table.act("ada", ChangeSettings(max_players=3, **fixed))) == []
        assert table.game.settings.max_players == 3

    def test_it_cannot_be_chosen_with_something_else(self):
        table = Table("ada")
        assert errors(table.act("ada", ChangeSettings(game_mode="daily", draw_seconds=80))) == ["bad_settings"]
        assert table.game.settings.game_mode == "party"
        table.act("ada", ChangeSettings(draw_seconds=100, scoring="rank"))
        table.act("ada", ChangeSettings(game_mode="daily"))
        assert (table.game.settings.draw_seconds, table.game.settings.scoring, table.game.settings.rounds) == (60, "speed", 5)

    def test_everybody_guesses_and_the_podium_has_the_day(self):
        table = daily("ada", "ben").begin()
        table.wait(6)
        table.say("ada", table.word)
        assert table.game.phase == "drawing"
        table.say("ben", table.word)
        assert table.gained() == {"ada": 325, "ben": 305, ARTIST_ID: 236}
        table.fire_until("drawing")
        table.fire_until("podium")
        ended = table.last("ben", GameEnded)
        assert (ended.day, ended.course, ended.match) == ("2026-11-25", [6000, -1, -1, -1, -1], MatchView(1, 4, 0, 1))

    def test_one_who_found_the_word_and_left_has_found_it_for_the_count(self):
        table = daily("ada", "ben").begin()
        table.say("ben", table.word)
        table.act("ben", LeaveRoom())
        table.fire_until("result")
        assert table.last("ada", TurnEnded).match == MatchView(1, 0, 1, 1)

    def test_it_can_be_played_again(self):
        table = daily()
        for _ in range(2):
            table.start()
            table.play_to_the_podium()
            table.act("ada", PlayAgain())
        assert [record.word for record in table.of_kind(TurnRecord)] == [word.text for word in words_of_the_day("en").words] * 2

    def test_a_day_without_words_is_over_at_once(self):
        table = Table("ada", game_mode="daily").begin()
        assert table.last("ada", GameStarted).rounds == 0
        assert table.game.phase == "podium"
