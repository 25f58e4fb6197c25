import pytest

from game.protocol.client_messages import ChangeSettings, Rate, React, Report
from game.protocol.ink import decode_frame, encode_curve, encode_frame
from game.protocol.server_messages import Chat, Reaction, Reported
from game.protocol.turn_messages import CloseGuess, Guessed, Rated
from game.protocol.views import DrawingLine
from game.rules.commands import Ink
from game.rules.effects import ChatLine, ReportRecord, TurnRecord
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import Table, errors

CURVE = encode_curve(1, (0, 0, 0, 255), 8, 500, [(100, 100), (200, 100), (200, 200), (100, 200)])


class TestSlowMode:
    def test_one_line_in_so_many_seconds_of_each_player(self):
        table = Table("ada", "ben", slow_mode_seconds=5)
        assert errors(table.say("ada", "one")) == []
        assert errors(table.say("ben", "two")) == []
        assert errors(table.say("ada", "three")) == ["slow_mode"]
        table.wait(5)
        assert errors(table.say("ada", "three")) == []

    def test_a_right_guess_is_always_taken(self):
        table = Table("ada", "ben", "cleo", slow_mode_seconds=30).play()
        table.say("ben", "is it a ghost")
        assert errors(table.say("ben", "is it a goat")) == ["slow_mode"]
        assert errors(table.say("ben", table.word)) == []
        assert table.last("cleo", Guessed).player_id == "ben"

    def test_can_be_changed_during_a_game(self):
        table = Table("ada", "ben").play()
        assert errors(table.act("ada", ChangeSettings(slow_mode_seconds=10))) == []


class TestTheFilter:
    def test_stars_out_what_is_shown_but_not_what_is_judged(self):
        table = Table("ada", "ben", words=("bother", "bothers", "other"))
        table.say("ada", "oh bother")
        assert table.last("ben", Chat).text == "oh ******"
        table.play()
        table.say("ben", table.word)
        assert table.told("ada", Guessed)

    def test_can_be_switched_off(self):
        table = Table("ada", "ben", profanity_filter=False)
        table.say("ada", "oh bother")
        assert table.last("ben", Chat).text == "oh bother"


class TestCloseGuesses:
    def test_a_plural_is_told_to_its_maker_alone(self):
        table = Table("ada", "ben", "cleo").play()
        table.say("ben", table.word + "s")
        assert table.told("ben", CloseGuess)
        assert not table.told("cleo", CloseGuess)
        assert not table.told("cleo", Chat)


class TestReactions:
    def test_everybody_sees_them_one_after_the_other(self):
        table = Table("ada", "ben").play()
        table.act("ben", React(2))
        assert table.last("ada", Reaction) == Reaction("ben", 2)
        assert errors(table.act("ben", React(2))) == ["too_fast"]
        table.wait(1)
        assert errors(table.act("ben", React(99))) == ["bad_field"]


class TestThumbs:
    def test_are_counted_can_be_changed_and_are_kept(self):
        table = Table("ada", "ben", "cleo", rounds=1).play()
        table.handle(Ink("ada", decode_frame(encode_frame(1, CURVE))))
        assert errors(table.act("ada", Rate(1))) == ["not_your_turn"]
        table.act("ben", Rate(1))
        table.act("cleo", Rate(-1))
        assert table.last("ada", Rated) == Rated(1, 1)
        table.act("cleo", Rate(0))
        assert table.last("ada", Rated) == Rated(1, 0)
        table.fire_until("result")
        table.act("cleo", Rate(1))
        table.fire_next()
        record = next(outcome for outcome in table.outcomes if isinstance(outcome, TurnRecord))
        assert (record.likes, record.dislikes) == (2, 0)
        assert isinstance(table.game.state.drawings[0], DrawingLine)
        assert table.game.state.drawings[0].likes == 2

    def test_there_must_be_a_drawing(self):
        assert errors(Table("ada", "ben").act("ben", Rate(1))) == ["not_now"]


class TestReports:
    def test_keep_the_drawing_and_the_last_lines(self):
        table = Table("ada", "ben", "cleo").play()
        table.handle(Ink("ada", decode_frame(encode_frame(1, CURVE))))
        table.say("ben", "that is rude")
        table.act("ben", Report("ada", "  draws   words "))
        report = next(outcome for outcome in table.outcomes if isinstance(outcome, ReportRecord))
        assert (report.reporter_id, report.player_id, report.reason) == ("ben", "ada", "draws words")
        assert report.ink == CURVE
        assert report.chat == (ChatLine("ben", "Ben", "that is rude"),)
        assert table.told("ben", Reported)
        assert not table.told("ada", Reported), "the reported player does not hear of it"

    def test_of_one_who_did_not_draw_hold_no_drawing(self):
        table = Table("ada", "ben", "cleo").play()
        table.handle(Ink("ada", decode_frame(encode_frame(1, CURVE))))
        table.act("ben", Report("cleo", "rude"))
        assert next(outcome for outcome in table.outcomes if isinstance(outcome, ReportRecord)).ink == b""

    @pytest.mark.parametrize(("about", "reason", "error"), [
        ("ben", "me", "bad_field"), (ARTIST_ID, "scribbles", "bad_field"), ("zoe", "who", "no_such_player"), ("ada", " ", "bad_field"),
        ("ada", "x" * 201, "bad_field"),
    ])  # fmt: skip
    def test_that_make_no_sense_are_refused(self, about, reason, error):
        assert errors(Table("ada", "ben").act("ben", Report(about, reason))) == [error]

    def test_once_in_a_turn_and_once_in_the_lobby(self):
        table = Table("ada", "ben")
        for _ in range(2):
            assert errors(table.act("ben", Report("ada", "rude"))) == []
            assert errors(table.act("ben", Report("ada", "rude"))) == ["too_fast"]
            if table.game.phase == "lobby":
                table.play()
