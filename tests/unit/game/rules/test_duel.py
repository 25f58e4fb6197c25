"""A person and the artist draw the same word side by side."""

import pytest

from game.protocol.client_messages import LeaveRoom
from game.protocol.ink import InkFrame
from game.protocol.server_messages import Welcome
from game.protocol.turn_messages import Judged, TurnEnded, TurnStarted
from game.protocol.views import JudgementLine, MatchView
from game.rules.commands import ArtistFailed, Disconnect
from game.rules.effects import StartDrawing, TurnRecord
from game.rules.players import ARTIST_ID, GUESSERS
from game.rules.turn import drawing_key
from tests.unit.game.rules.table import CURVE, Table, errors, ink, stroke

ONE, TWO, THREE = GUESSERS


def duel(*people: str, **settings) -> Table:
    """A duel in which ada draws."""
    table = Table(*(people or ("ada", "ben", "cleo")), game_mode="duel", **settings).begin()
    assert table.drawer == "ada"
    return table


class TestDuel:
    def test_person_and_machine_draw_one_word_each_on_a_canvas(self):
        table = duel(draw_seconds=100)
        assert table.last("ben", TurnStarted).rival_id == ARTIST_ID
        (drawing,) = table.of_kind(StartDrawing)
        assert (drawing.turn, drawing.canvas, drawing.commission.prompt) == (1, 1, f"a {table.word}")
        assert drawing.commission.seconds == pytest.approx(60)
        table.draw("ada", stroke(1))
        table.draw(ARTIST_ID, CURVE, canvas=1)
        assert [(frame.canvas, frame.data) for frame in table.heard["ben"] if isinstance(frame, InkFrame)] == [
            (0, ink(1, stroke(1)).data),
            (1, ink(1, CURVE, 1).data),
        ]
        assert [frame.canvas for frame in table.heard["ada"] if isinstance(frame, InkFrame)] == [1]

    def test_each_hand_has_its_own(self):
        table = duel()
        assert errors(table.draw("ada", stroke(1), canvas=1)) == ["not_your_turn"]
        assert errors(table.draw("ben", stroke(1), canvas=1)) == ["not_your_turn"]
        table.draw(ARTIST_ID, CURVE, canvas=0)
        assert all(canvas.is_blank for canvas in table.turn.canvases)

    def test_a_newcomer_sees_both(self):
        table = duel()
        table.draw("ada", stroke(1))
        table.draw(ARTIST_ID, CURVE, canvas=1)
        table.join("dan")
        assert table.last("dan", Welcome).turn.rival_id == ARTIST_ID
        assert [frame for frame in table.heard["dan"] if isinstance(frame, InkFrame)] == [ink(1, stroke(1)), ink(1, CURVE, 1)]

    def test_the_machines_ink_does_not_make_up_for_an_idle_drawer(self):
        table = duel()
        table.draw(ARTIST_ID, CURVE, canvas=1)
        table.wait(20)
        assert table.last("ben", TurnEnded).reason == "drawer_idle"

    def test_whose_drawing_gave_it_away_gains(self):
        table = duel()
        table.wait(5)
        table.draw("ada", stroke(1))
        table.wait(15)
        assert errors(table.judge("ben", "person")) == ["not_now"]
        table.say("ben", table.word)
        table.judge("ben", "machine")
        assert table.last("cleo", Judged) == Judged("ben", "machine", ARTIST_ID, 3 * 287 // 8)
        assert errors(table.judge("ben", "person")) == ["not_now"]
        table.wait(40)
        table.say("cleo", table.word)
        assert table.gained() == {"ben": 287, "cleo": 142, ARTIST_ID: 107}
        assert table.last("ben", TurnEnded).match == MatchView(people=0, ai=1)
        assert table.last("ben", TurnEnded).judgements == [JudgementLine("ben", "machine")]

    def test_it_may_be_said_while_the_result_is_shown(self):
        table = duel()
        table.say("ben", table.word)
        table.say("cleo", table.word)
        assert table.gained() == {"ben": 350, "cleo": 330}
        table.judge("ben", "person")
        table.judge("cleo", "person")
        assert table.game.seats.players["ada"].score == 3 * 350 // 8 + 3 * 330 // 8
        assert table.game.state.match.view() == MatchView(people=2, ai=0)
        table.fire_until("choosing")
        assert errors(table.judge("ben", "machine")) == ["not_now"]
        assert table.record_of(1).drawer_points == 131 + 123

    def test_then_it_is_worth_what_it_was_when_the_turn_ended_whoever_has_gone_since(self):
        table = duel("ada", "ben", "cleo", "dan")
        for person in ("ben", "cleo", "dan"):
            table.say(person, table.word)
        table.act("dan", LeaveRoom())
        table.handle(Disconnect("cleo"))
        table.judge("ben", "person")
        assert table.last("ada", Judged).gained == 3 * 350 // 12

    def test_a_drawer_who_has_gone_gains_nothing(self):
        table = duel()
        table.say("ben", table.word)
        table.act("ada", LeaveRoom())
        assert errors(table.judge("ben", "person")) == []
        assert "ada" not in table.game.seats.players
        assert table.game.state.match.view() == MatchView(people=1, ai=0)

    def test_only_by_people_who_have_found_the_word(self):
        table = duel(ai_guessers=1)
        table.join("dan", role="spectator")
        table.say(ONE, table.word)
        for player in (ONE, "ada", "cleo", "dan"):
            assert errors(table.judge(player, "machine")) == ["not_now"]

    def test_both_drawings_are_kept_each_with_the_guesses_that_it_gave_away(self):
        table = duel("ada", "ben", "cleo", "dan", ai_guessers=1)
        word = table.word
        table.draw("ada", stroke(1))
        table.draw(ARTIST_ID, CURVE, canvas=1)
        for player in (ONE, "ben", "cleo"):
            table.say(player, word)
        table.judge("ben", "machine")
        table.judge("cleo", "person")
        table.fire_until("result")
        table.fire_until("choosing")
        person, machine = table.of_kind(TurnRecord)
        game_id = table.game.state.game_id
        assert [record.key for record in (person, machine)] == [drawing_key(game_id, 1), drawing_key(game_id, 2)]
        assert [(record.number, record.word, record.round) for record in (person, machine)] == [(1, word, 1), (2, word, 1)]
        assert [(record.drawer_id, record.drawer_is_ai) for record in (person, machine)] == [("ada", False), (ARTIST_ID, True)]
        assert [record.ink for record in (person, machine)] == [stroke(1), CURVE]
        assert [guess.player_id for guess in person.guesses] == [ONE, "cleo"]
        assert [guess.player_id for guess in machine.guesses] == ["ben"]
        assert [(record.for_person, record.for_machine) for record in (person, machine)] == [(1, 1), (0, 0)]
        assert [record.drawer_points for record in (person, machine)] == [3 * 330 // 12, 3 * 350 // 12]
        assert [[guesser.player_id for guesser in record.missed] for record in (person, machine)] == [["dan"], []]
        assert [drawing.turn for drawing in table.game.state.drawings] == [1, 2]
        assert table.turn.number == 3
        table.choose(table.drawer)
        assert table.of_kind(StartDrawing)[-1].turn == 3

    def test_a_machine_that_fails_leaves_the_person_drawing(self):
        table = duel()
        table.handle(ArtistFailed(1))
        assert table.game.phase == "drawing"
        assert errors(table.draw("ada", stroke(1))) == []
