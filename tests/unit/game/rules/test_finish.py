"""A person begins, the artist goes on."""

import pytest

from game.protocol.ink import InkFrame
from game.protocol.server_messages import Welcome
from game.protocol.turn_messages import ArtistStatus, TurnStarted
from game.rules.commands import ArtistFailed, Disconnect
from game.rules.effects import StartDrawing, TurnRecord
from game.rules.players import ARTIST_ID, GUESSERS
from tests.unit.game.rules.table import CLEAR, CURVE, FILL, UNDO, Table, begin, end, errors, ink, points, stroke

ONE, TWO, THREE = GUESSERS


def record_of_next(table: Table) -> TurnRecord:
    """The record of the turn whose result is shown, once it is kept."""
    number = table.turn.number
    table.fire_until("choosing", "podium")
    return table.record_of(number)


def finish(**settings) -> Table:
    """A game in which ada begins a drawing."""
    table = Table("ada", "ben", "cleo", game_mode="finish", **settings).begin()
    assert table.drawer == "ada"
    return table


def handed_over() -> Table:
    table = finish()
    table.wait(10)
    for number in range(3):
        table.draw("ada", stroke(number))
    return table


class TestFinish:
    def test_after_three_strokes_the_artist_goes_on_from_them(self):
        table = finish(draw_seconds=80, artist_style="crayon")
        assert table.last("ben", TurnStarted).strokes == 3
        table.wait(10)
        table.draw("ada", stroke(1))
        table.draw("ada", stroke(2) + begin(3) + points(3))
        assert not table.of_kind(StartDrawing)
        assert not table.told("ben", ArtistStatus)
        table.draw("ada", end(3))
        (drawing,) = table.of_kind(StartDrawing)
        assert (drawing.turn, drawing.canvas) == (1, 0)
        assert drawing.commission.begun == stroke(1) + stroke(2) + stroke(3)
        assert drawing.commission.prompt == f"a {table.word}"
        assert drawing.commission.manner.style == "crayon"
        assert drawing.commission.seconds == pytest.approx(0.6 * 70)
        assert table.last("ben", ArtistStatus).status == "thinking"

    def test_or_after_a_while(self):
        table = finish()
        table.draw("ada", stroke(1))
        table.wait(24)
        assert not table.of_kind(StartDrawing)
        table.wait(1)
        assert table.of_kind(StartDrawing)[0].commission.begun == stroke(1)
        assert table.last("ben", ArtistStatus).status == "thinking"

    def test_though_its_person_is_away_by_then(self):
        table = finish()
        table.draw("ada", stroke(1))
        table.wait(16)
        table.handle(Disconnect("ada"))
        table.wait(20)
        assert table.of_kind(StartDrawing)
        assert table.game.phase == "drawing"

    def test_the_pen_is_one_hands_at_a_time(self):
        table = finish()
        table.draw(ARTIST_ID, CURVE)
        assert table.turn.canvas.is_blank
        for number in range(3):
            table.draw("ada", stroke(number))
        assert table.draw("ada", stroke(4)) == []
        assert errors(table.draw("ben", stroke(4))) == ["not_your_turn"]
        table.draw(ARTIST_ID, CURVE)
        assert table.turn.canvas.ink == b"".join(stroke(number) for number in range(3)) + CURVE
        assert table.last("ada", InkFrame) == ink(1, CURVE)

    def test_strokes_alone(self):
        table = finish()
        for records in (FILL, UNDO, CLEAR):
            assert errors(table.draw("ada", records)) == ["not_now"]
        assert errors(table.draw("ada", b"".join(stroke(number) for number in range(4)))) == ["canvas_full"]
        assert table.turn.canvas.is_blank

    def test_both_have_the_drawers_points(self):
        table = handed_over()
        table.wait(10)
        table.say("ben", table.word)
        table.fire_until("result")
        assert table.gained() == {"ben": 287, "ada": 107, ARTIST_ID: 107}
        assert record_of_next(table).drawer_id == "ada"

    def test_the_artist_has_none_for_what_it_had_no_hand_in(self):
        table = finish()
        table.draw("ada", stroke(1))
        table.say("ben", table.word)
        table.say("cleo", table.word)
        assert table.gained() == {"ben": 350, "cleo": 330, "ada": 255}

    def test_an_artist_that_fails_gives_the_pen_back(self):
        table = handed_over()
        table.handle(ArtistFailed(1))
        assert table.last("ada", ArtistStatus).status == "failed"
        for number in range(5, 9):
            assert errors(table.draw("ada", stroke(number))) == []
        assert errors(table.draw("ada", FILL + UNDO)) == []
        table.draw(ARTIST_ID, CURVE)
        assert len(table.turn.canvas.operations) == 7
        table.join("dan")
        assert table.last("dan", Welcome).turn.strokes == 0
        assert not table.told("dan", ArtistStatus)
        table.say("ben", table.word)
        table.fire_until("result")
        assert ARTIST_ID not in table.gained()
        assert len(table.of_kind(StartDrawing)) == 1

    def test_but_not_when_it_has_begun(self):
        table = handed_over()
        table.draw(ARTIST_ID, CURVE)
        table.handle(ArtistFailed(1))
        assert table.draw("ada", stroke(9)) == []
        assert table.game.phase == "drawing"

    def test_a_turn_that_is_over_is_handed_to_nobody(self):
        table = finish()
        table.draw("ada", stroke(1))
        for person in ("ben", "cleo"):
            table.say(person, table.word)
        assert "artist" not in table.timers
        table.fire_until("choosing")
        assert not table.of_kind(StartDrawing)
