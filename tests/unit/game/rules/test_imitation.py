"""Whose hand is it?"""

import struct

import msgspec
import pytest

from game.protocol.client_messages import LeaveRoom, Pause
from game.protocol.ink import CURVE as CURVE_OP
from game.protocol.ink import InkFrame
from game.protocol.server_messages import Chat, Welcome
from game.protocol.turn_messages import (
    ArtistStatus,
    CanvasReset,
    Choices,
    DrawerIdle,
    Guessed,
    Hint,
    Judged,
    SecretWord,
    TurnChoosing,
    TurnEnded,
    TurnStarted,
)
from game.protocol.views import JudgementLine, MatchView
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistStarted, Disconnect
from game.rules.effects import Manner, StartDrawing, TurnRecord
from game.rules.players import ARTIST_ID, GUESSERS
from tests.unit.game.rules.table import CLEAR, CURVE, FILL, UNDO, Table, begin, end, errors, points, stroke

ONE, TWO, THREE = GUESSERS


def imitation(*, by_machine: bool, people: tuple[str, ...] = ("ada", "ben", "cleo"), **settings) -> Table:
    """One whose first turn the coin gave to the machine, or to ada."""
    for seed in range(50):
        table = Table(*people, game_mode="imitation", seed=seed, **settings).begin()
        if table.turn.drawer_is_ai == by_machine:
            assert by_machine or table.drawer == "ada"
            return table
    raise AssertionError("the coin has one side only")


class TestImitation:
    @pytest.mark.parametrize("by_machine", [False, True])
    def test_all_know_the_word_and_nobody_the_hand(self, by_machine):
        table = imitation(by_machine=by_machine)
        for person in ("ben", "cleo", *(["ada"] if by_machine else [])):
            assert not table.told(person, TurnChoosing)
            assert [message for message in table.heard[person] if isinstance(message, TurnStarted)] == [
                TurnStarted(1, 1, "", 80, table.word, strokes=16)
            ]
            assert table.last(person, SecretWord).word == table.word
        assert table.last("ada", TurnStarted).drawer_id == ("" if by_machine else "ada")

    def test_whoever_draws_the_others_are_told_the_same(self):
        def told(by_machine):
            table = imitation(by_machine=by_machine)
            table.wait(8)
            for number in (1, 2):
                table.handle(ArtistStarted(1, 0.5))
                if by_machine:
                    table.draw(ARTIST_ID, CURVE)
                else:
                    table.draw("ada", stroke(number))
            table.handle(ArtistFinished(1))
            table.wait(10)
            table.join("dan")
            return table.heard["ben"][table.heard["ben"].index(table.last("ben", TurnStarted)) :], table.heard["dan"]

        for person, machine in zip(told(False), told(True), strict=True):
            assert [type(message) for message in person] == [type(message) for message in machine]
            assert not any(isinstance(message, ArtistStatus | DrawerIdle | Choices) for message in person)
            for one, other in zip(person, machine, strict=True):
                if isinstance(one, TurnStarted):
                    assert msgspec.structs.replace(one, blanks="") == msgspec.structs.replace(other, blanks="")
                if isinstance(one, Welcome):
                    assert one.turn.drawer_id == other.turn.drawer_id == ""
                    assert msgspec.structs.replace(one.turn, blanks="") == msgspec.structs.replace(other.turn, blanks="")
                    assert (one.word, one.turn.blanks) == (one.turn.blanks, one.word)

    def test_a_person_who_is_idle_is_warned_alone(self):
        table = imitation(by_machine=False)
        table.wait(10)
        assert table.last("ada", DrawerIdle).seconds == 10
        assert not table.told("ben", DrawerIdle)

    def test_the_drawer_who_comes_back_is_told_who_it_is(self):
        table = imitation(by_machine=False)
        table.join("ada")
        assert table.last("ada", Welcome).turn.drawer_id == "ada"

    def test_a_persons_strokes_come_as_curves_of_plain_ink(self):
        table = imitation(by_machine=False)
        table.draw("ada", begin(7))
        table.draw("ada", points(7))
        assert not table.told("ben", InkFrame)
        table.draw("ada", end(7) + stroke(8))
        records = table.last("ben", InkFrame).records
        assert [(record.op, record.stroke) for record in records] == [(CURVE_OP, 1), (CURVE_OP, 2)]
        for record in records:
            _, _, *colour, width, milliseconds, _ = struct.unpack_from("<BHBBBBHHB", record.data)
            assert (colour, width, milliseconds) == ([0, 0, 0, 255], 53, 900)  # as the artist's ink, to the quarter pixel
        assert table.last("ada", InkFrame).records == records  # so that she sees what became of her strokes
        table.fire_until("result")
        table.fire_until("drawing", "podium")
        assert table.record_of(1).ink == b"".join(record.data for record in records)

    def test_a_long_stroke_has_two_curves_like_the_artists_and_stays_where_those_stay(self):
        table = imitation(by_machine=False)
        table.draw("ada", begin(1, 0, 0) + points(1, *((x, 2400 if x % 800 else 0) for x in range(400, 3201, 400))) + end(1))
        (record,) = table.last("ben", InkFrame).records
        segments = record.data[11]
        coordinates = struct.unpack_from(f"<{2 * (3 * segments + 1)}h", record.data, 12)
        assert segments == 2
        assert 4 * 148 <= min(coordinates[::2]) <= max(coordinates[::2]) <= 4 * 652
        assert 4 * 48 <= min(coordinates[1::2]) <= max(coordinates[1::2]) <= 4 * 552

    def test_a_stroke_that_a_pause_has_cut_ends_there(self):
        table = imitation(by_machine=False)
        table.draw("ada", begin(1) + points(1))
        table.act("ada", Pause(True))
        assert errors(table.draw("ada", end(1))) == ["not_now"]
        table.act("ada", Pause(False))
        assert errors(table.draw("ada", end(1))) == ["bad_field"]
        for number in (2, 3):
            table.draw("ada", stroke(number))
        assert [record.stroke for frame in table.heard["ben"] if isinstance(frame, InkFrame) for record in frame.records] == [1, 2, 3]

    def test_a_person_has_sixteen_strokes_and_no_other_tools(self):
        table = imitation(by_machine=False)
        for records in (FILL, UNDO, CLEAR, CURVE):
            assert errors(table.draw("ada", records)) == ["not_now"]
        for number in range(16):
            assert errors(table.draw("ada", stroke(number))) == []
        assert errors(table.draw("ada", stroke(16))) == ["canvas_full"]
        assert len(table.turn.canvas.operations) == 16

    def test_refused_ink_is_put_right_on_the_drawers_screen_alone(self):
        table = imitation(by_machine=False)
        table.draw("ada", FILL)
        assert table.told("ada", CanvasReset)
        assert not table.told("ben", CanvasReset)

    def test_the_machine_takes_its_time_and_draws_plainly(self):
        table = imitation(by_machine=True, artist_style="neon", artist_show="evolving", draw_seconds=60)
        assert not table.of_kind(StartDrawing)
        assert 2 <= table.timers["artist"].at - table.now <= 6
        table.wait(6)
        (drawing,) = table.of_kind(StartDrawing)
        assert drawing.commission.manner == Manner(style="ink", colours=False)

    def test_an_idle_person_alone_is_warned(self):
        table = imitation(by_machine=False)
        table.wait(10)
        assert table.told("ada", DrawerIdle)
        assert not table.told("ben", DrawerIdle)
        table.wait(10)
        assert table.last("ben", TurnEnded).reason == "drawer_idle"

    @pytest.mark.parametrize("by_machine", [False, True])
    def test_a_right_judgement_is_worth_the_more_the_sooner_and_a_fooled_one_counts_for_the_drawer(self, by_machine):
        table = imitation(by_machine=by_machine)
        right, wrong = ("machine", "person") if by_machine else ("person", "machine")
        table.wait(8)
        if not by_machine:
            table.draw("ada", stroke(1))
        table.wait(12)
        table.judge("ben", right)
        assert table.last("ben", Judged) == Judged("ben", right)
        assert not table.told("cleo", Judged)  # who judges does not draw
        table.join("cleo")
        assert not any(player.guessed for player in table.last("cleo", Welcome).players)
        assert table.last("cleo", Welcome).turn.judgements == []
        table.join("ben")
        assert table.last("ben", Welcome).turn.judgements == [JudgementLine("ben", right)]
        table.judge("cleo", wrong)
        if by_machine:
            table.wait(20)
            table.judge("ada", right)
        ended = table.last("ben", TurnEnded)
        assert ended.reason == "all_judged"
        assert ended.drawer_id == (ARTIST_ID if by_machine else "ada")
        assert ended.judgements[:2] == [JudgementLine("ben", right), JudgementLine("cleo", wrong)]
        if by_machine:
            assert table.gained() == {"ben": 125, "ada": 100, ARTIST_ID: 25}
            assert ended.match == MatchView(people=2, ai=1)
        else:
            assert table.gained() == {"ben": 125, "ada": 37}
            assert ended.match == MatchView(people=1, ai=1)

    def test_judgements_are_recorded(self):
        table = imitation(by_machine=False)
        table.draw("ada", stroke(1))
        table.judge("ben", "machine")
        table.fire_until("result")
        table.fire_until("drawing", "podium")
        record = table.record_of(1)
        assert (record.for_person, record.for_machine, record.drawer_points) == (0, 1, 37)
        assert record.missed == record.guesses == ()

    def test_no_word_is_tough_where_none_is_guessed(self):
        table = imitation(by_machine=False)
        table.draw("ada", stroke(1))
        table.fire_until("result")
        (drawing,) = table.game.state.drawings
        assert (drawing.drawer_id, drawing.guessers) == ("ada", 0)

    def test_who_may_judge_and_when(self):
        table = imitation(by_machine=False)
        table.join("dan", role="spectator")
        table.draw("ada", stroke(1))
        assert errors(table.judge("ada", "machine")) == ["not_your_turn"]
        assert errors(table.judge("dan", "machine")) == ["not_your_turn"]
        table.act("ada", Pause(True))
        assert errors(table.judge("ben", "machine")) == ["not_now"]
        table.act("ada", Pause(False))
        assert errors(table.judge("ben", "machine")) == []
        assert errors(table.judge("ben", "person")) == ["not_now"]
        table.fire_until("result")
        assert errors(table.judge("cleo", "machine")) == ["not_now"]

    def test_nothing_is_guessed(self):
        table = imitation(by_machine=False, hints=5)
        assert "hint" not in table.timers
        table.say("ben", table.word)
        assert table.last("cleo", Chat) == Chat("ben", table.word)
        table.wait(40)
        assert not table.told("cleo", Guessed)
        assert not table.told("cleo", Hint)

    def test_who_is_away_is_not_waited_for(self):
        table = imitation(by_machine=False)
        table.draw("ada", stroke(1))
        table.judge("ben", "machine")
        table.handle(Disconnect("cleo"))
        table.wait(5)
        assert table.last("ada", TurnEnded).reason == "all_judged"

    def test_a_machine_that_fails_ends_the_turn_for_nothing(self):
        table = imitation(by_machine=True)
        table.judge("ben", "machine")
        table.handle(ArtistFailed(1))
        assert table.last("ben", TurnEnded).reason == "artist_failed"
        assert table.gained() == {}
        assert table.last("ben", TurnEnded).match == MatchView(0, 0)

    def test_each_person_draws_once_a_round_and_the_machine_in_between(self):
        table = Table("ada", "ben", "cleo", game_mode="imitation", rounds=8, seed=3)
        table.start()
        table.play_to_the_podium()
        drawers = [record.drawer_id for record in table.of_kind(TurnRecord)]
        assert [drawer for drawer in drawers if drawer != ARTIST_ID] == ["ada", "ben", "cleo"] * 8
        assert 8 <= drawers.count(ARTIST_ID) <= 60

    def test_ends_with_fewer_than_two(self):
        table = imitation(by_machine=True, people=("ada", "ben"))
        table.act("ben", LeaveRoom())
        table.fire_until("result")
        table.fire_next()
        assert table.game.phase == "podium"
