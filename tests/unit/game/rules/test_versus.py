"""Against the machine."""

from game.protocol.client_messages import Kick, Ready
from game.protocol.server_messages import (
    GameEnded,
    MatchView,
    PlayerConnection,
    TurnEnded,
)
from game.rules.commands import Disconnect
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
        table.act("ada", Kick(ONE))
        assert errors(table.start()) == ["not_now"]

    def test_all_being_ready_does_not_begin_it_without_one(self):
        table = Table("ada", "ben", "cleo", game_mode="versus", ai_guessers=0)
        for person in ("ada", "ben"):
            assert errors(table.act(person, Ready(True))) == []
        assert errors(table.handle(Disconnect("cleo"))) == []
        assert table.game.phase == "lobby"
        assert table.last("ada", PlayerConnection) == PlayerConnection("cleo", False)
        assert "seat:cleo" in table.timers

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
