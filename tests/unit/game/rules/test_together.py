"""Alone or together against the clock."""

from game.protocol.server_messages import Welcome
from game.protocol.turn_messages import GameEnded, Guessed, TurnEnded
from game.protocol.views import MatchView
from game.rules.commands import Disconnect
from game.rules.effects import TurnRecord
from game.rules.players import ARTIST_ID, GUESSERS
from tests.unit.game.rules.table import Table

ONE, TWO, THREE = GUESSERS


class TestTogether:
    def test_the_first_right_guess_ends_the_turn_and_all_have_its_points(self):
        table = Table("ada", "ben", "cleo", game_mode="together").begin()
        table.join("dan", role="spectator")
        table.handle(Disconnect("cleo"))
        table.wait(3)
        table.say("ben", table.word)
        gained = 50 + 250 * 77 // 80 + 50
        assert table.last("ada", TurnEnded).reason == "all_guessed"
        assert table.gained() == {"ada": gained, "ben": gained, ARTIST_ID: 3 * gained // 4}
        assert table.count("ada", Guessed) == 1
        assert table.last("ada", Guessed) == Guessed("ben", 1, gained)

    def test_words_found_one_after_another_are_worth_more(self):
        table = Table("ada", "ben", game_mode="together", rounds=20).begin()
        for number in range(13):
            table.say("ben" if number % 2 else "ada", table.word)
            assert table.gained() == {"ada": 350 + 10 * min(10, number), "ben": 350 + 10 * min(10, number), ARTIST_ID: table.gained()[ARTIST_ID]}
            table.fire_until("drawing")
        assert table.last("ada", TurnEnded).match == MatchView(13, 0, 13, 13)
        table.fire_until("result")
        assert table.last("ada", TurnEnded).match == MatchView(13, 1, 0, 13)
        table.fire_until("drawing")
        table.say("ben", table.word)
        assert table.gained()["ada"] == 350
        assert table.last("ada", TurnEnded).match == MatchView(14, 1, 1, 13)

    def test_alone_too(self):
        table = Table("ada", game_mode="together", rounds=3)
        table.start()
        table.play_to_the_podium()
        assert [record.drawer_id for record in table.of_kind(TurnRecord)] == [ARTIST_ID] * 3
        assert table.last("ada", GameEnded).match == MatchView(3, 0, 3, 3)

    def test_nobody_missed_what_one_found_for_all(self):
        table = Table("ada", "ben", game_mode="together", rounds=2).begin()
        table.say("ben", table.word)
        table.fire_until("drawing")
        table.fire_until("podium")
        first, second = table.of_kind(TurnRecord)
        assert [guess.player_id for guess in first.guesses] == ["ben"]
        assert first.missed == ()
        assert [guesser.player_id for guesser in second.missed] == ["ada", "ben"]

    def test_the_podium_says_how_soon_each_word_was_found(self):
        table = Table("ada", "ben", game_mode="together", rounds=2).begin()
        table.wait(4)
        table.say("ben", table.word)
        table.fire_until("drawing")
        table.fire_until("podium")
        assert table.last("ada", GameEnded).course == [4000, -1]
        table.join("cleo")
        assert table.last("cleo", Welcome).course == [4000, -1]
