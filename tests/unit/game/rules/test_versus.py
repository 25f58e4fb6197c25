"""Against the machine."""

from game.protocol.client_messages import ChangeSettings, Kick
from game.protocol.turn_messages import GameEnded, TurnEnded
from game.protocol.views import MatchView
from game.rules.effects import TurnRecord
from game.rules.players import ARTIST_ID, GUESSERS
from tests.unit.game.rules.table import Table, errors, stroke

ONE, TWO, THREE = GUESSERS


class TestVersus:
    def test_brings_an_opponent_along(self):
        assert Table("ada", game_mode="versus").game.seats.machines == [ONE]
        assert Table("ada", game_mode="versus", ai_guessers=3).game.seats.machines == [ONE, TWO, THREE]

    def test_takes_one(self):
        table = Table("ada", "ben", game_mode="versus")
        assert errors(table.act("ada", Kick(ONE))) == ["bad_settings"]
        assert errors(table.act("ada", ChangeSettings(ai_guessers=0))) == ["bad_settings"]
        assert table.game.seats.machines == [ONE]
        assert errors(table.act("ada", ChangeSettings(game_mode="party"))) == []
        assert table.game.settings.ai_guessers == 0  # as the host had it before
        assert table.game.seats.machines == []

    def test_the_sides_have_the_means_of_their_guessers_points(self):
        table = Table("ada", "ben", "cleo", game_mode="versus", ai_guessers=2).begin()
        assert table.drawer == "ada"
        table.draw("ada", stroke(1))
        table.wait(20)
        table.say("ben", table.word)
        table.wait(20)
        table.say(ONE, table.word)
        table.fire_until("result")
        assert table.gained() == {"ben": 287, ONE: 175, "ada": 107}
        assert table.last("ben", TurnEnded).match == MatchView(people=143, ai=87)
        table.fire_until("choosing")
        table.choose(table.drawer)
        table.say(TWO, table.word)
        table.fire_until("result")
        assert table.last("ben", TurnEnded).match == MatchView(people=143, ai=87 + 150)
        table.fire_until("podium")
        assert table.last("ben", GameEnded).match == MatchView(people=143, ai=237)

    def test_people_alone_draw(self):
        table = Table("ada", "ben", game_mode="versus", rounds=2)
        table.start()
        table.play_to_the_podium()
        assert [record.drawer_id for record in table.of_kind(TurnRecord)] == ["ada", "ben"] * 2

    def test_one_alone_guesses_against_it_what_the_artist_draws(self):
        table = Table("ada", game_mode="versus", ai_guessers=1).begin()
        assert table.drawer == ARTIST_ID
        table.say(ONE, table.word)
        assert table.game.phase == "drawing"
        table.say("ada", table.word)
        assert table.last("ada", TurnEnded).match == MatchView(people=350, ai=300)
