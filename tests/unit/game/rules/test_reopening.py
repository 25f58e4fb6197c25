"""A room that stands again after its server was away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.client_messages import ChangeSettings, LeaveRoom, Pause
from game.protocol.ink import CURVE as CURVE_OP
from game.protocol.ink import records_in
from game.protocol.server_messages import GoesOn, Notice, Paused, Welcome
from game.rules.commands import Announce, ArtistStarted, Disconnect, Reopen
from game.rules.effects import HoldDrawing, PrepareDrawing, SeatGuesser, StartDrawing
from game.rules.game import Game
from game.rules.players import ARTIST_ID
from game.rules.presence import NOBODY_BACK_SECONDS, OTHERS_BACK_SECONDS
from game.rules.seats import EMPTY_SECONDS, SEAT_SECONDS
from tests.unit.game.rules.table import URL, Table, points, stroke, words_of_the_day


def reopened(table: Table) -> Table:
    """The same room in the next server: nobody is connected, no timer is set, nothing was heard yet."""
    other = Table()
    other.vocabulary, other.now = table.vocabulary, table.now
    other.game = Game.thaw(table.game.freeze(), URL, table.vocabulary)
    other.handle(Reopen())
    return other


def test_the_clock_stands_until_all_are_back_and_nothing_is_lost():
    table = Table("ada", "ben", "cleo").play()
    guessers = [person for person in ("ada", "ben", "cleo") if person != table.drawer]
    table.draw(table.drawer, stroke(1))
    table.wait(20)
    table.say(guessers[0], table.word)
    before, scores = table.turn, {player.id: player.score for player in table.game.seats.people}
    again = reopened(table)
    again.wait(300)
    assert again.game.phase == "drawing"
    for person in ("ada", "ben", "cleo"):
        assert again.game.state.clock.is_paused
        again.join(person)
        assert again.last(person, Welcome).paused
        again.wait(3)
    assert not again.game.state.clock.is_paused
    assert again.last("ada", GoesOn).remaining_ms == pytest.approx(60_000, abs=1)
    turn = again.turn
    assert (turn.text, turn.drawer_id, turn.canvas.ink, turn.guesses) == (before.text, before.drawer_id, before.canvas.ink, before.guesses)
    assert {player.id: player.score for player in again.game.seats.people} == scores
    again.say(guessers[1], again.word)
    assert again.game.phase == "result"


def test_who_does_not_come_back_is_waited_for_a_little_and_then_away():
    table = Table("ada", "ben", "cleo").play()
    again = reopened(table)
    again.join("ada")
    again.wait(OTHERS_BACK_SECONDS - 1)
    again.join("ben")
    again.wait(OTHERS_BACK_SECONDS - 1)
    assert again.game.state.clock.is_paused
    assert again.game.seats.present == ["ada", "ben", "cleo"]
    again.wait(2)
    assert not again.game.state.clock.is_paused
    assert again.game.seats.present == ["ada", "ben"]
    again.wait(SEAT_SECONDS)
    assert "cleo" not in again.game.seats.players


def test_a_room_to_which_nobody_comes_back_closes():
    again = reopened(Table("ada", "ben").play())
    again.wait(NOBODY_BACK_SECONDS - 1)
    assert again.game.seats.present == ["ada", "ben"]
    again.wait(SEAT_SECONDS + EMPTY_SECONDS + 2)
    assert again.game.seats.people == []


def test_the_last_who_was_missing_may_leave():
    again = reopened(Table("ada", "ben").play())
    again.join("ada")
    again.act("ben", LeaveRoom())
    assert not again.game.state.clock.is_paused


def test_in_the_lobby_nobody_waits():
    again = reopened(Table("ada", "ben"))
    again.join("ada")
    assert not again.told("ada", Paused)
    assert not again.last("ada", Welcome).paused
    again.wait(OTHERS_BACK_SECONDS + 1)
    assert again.game.seats.present == ["ada"]


def test_a_pause_of_the_host_outlasts_the_outage():
    table = Table("ada", "ben").play()
    table.act("ada", Pause(True))
    again = reopened(table)
    again.join("ada")
    again.join("ben")
    assert again.game.state.clock.is_paused
    again.act("ada", Pause(False))
    assert not again.game.state.clock.is_paused


def test_the_host_may_go_on_without_the_others_and_pause_again():
    again = reopened(Table("ada", "ben", "cleo").play())
    again.join("ada")
    again.act("ada", Pause(False))
    again.act("ada", Pause(True))
    again.join("ben")
    again.join("cleo")
    assert again.game.state.clock.is_paused, "what the host paused is the host's to end"


def test_a_second_outage_is_as_the_first():
    again = reopened(reopened(Table("ada", "ben").play()))
    again.join("ada")
    again.join("ben")
    assert not again.game.state.clock.is_paused
    third = reopened(again)
    third.join("ben")
    third.join("ada")
    assert not third.game.state.clock.is_paused


def test_who_was_away_before_the_outage_is_not_waited_for():
    table = Table("ada", "ben", "cleo").play()
    table.handle(Disconnect("cleo"))
    again = reopened(table)
    again.join("ada")
    again.join("ben")
    assert not again.game.state.clock.is_paused
    again.wait(SEAT_SECONDS)
    assert "cleo" not in again.game.seats.players


def test_the_artist_goes_on_from_what_it_has_drawn():
    table = Table("ada").begin()
    assert table.drawer == ARTIST_ID
    table.handle(ArtistStarted(table.turn.number))
    table.draw(ARTIST_ID)
    again = reopened(table)
    started = again.of_kind(StartDrawing)[-1]
    assert (started.turn, started.canvas, started.marks) == (again.turn.number, 0, 1)
    assert started.commission.begun == table.turn.canvas.ink
    assert started.commission.prompt == table.turn.word.concept
    assert again.outcomes.index(HoldDrawing(True)) < len(again.outcomes)
    assert again.of_kind(HoldDrawing)[-1] == HoldDrawing(True), "not before somebody sees it"
    again.join("ada")
    assert again.of_kind(HoldDrawing)[-1] == HoldDrawing(False)


def test_what_it_was_drawing_ahead_is_drawn_ahead_again():
    table = Table("ada", "ben").begin()
    wanted = table.of_kind(PrepareDrawing)[-1]
    assert wanted.commission is not None
    assert reopened(table).of_kind(PrepareDrawing) == [wanted]


def test_an_evolving_drawing_begins_anew_in_the_same_places():
    table = Table("ada", artist_show="evolving").begin()
    table.draw(ARTIST_ID)
    started = reopened(table).of_kind(StartDrawing)[-1]
    assert (started.marks, started.commission.begun) == (0, b"")


def test_where_nobody_was_there_either_it_has_the_time_that_is_left():
    table = Table("ada", "ben", draw_seconds=80).begin()
    for person in ("ada", "ben"):
        table.handle(Disconnect(person))
    table.wait(20)
    assert reopened(table).of_kind(StartDrawing)[-1].commission.seconds == pytest.approx(0.6 * 60)


def test_a_daily_drawing_is_asked_for_by_its_name_again():
    table = Table("ada", game_mode="daily", daily=words_of_the_day).begin()
    first = table.of_kind(StartDrawing)[-1]
    again = reopened(table).of_kind(StartDrawing)[-1]
    assert again.commission.keep_as == first.commission.keep_as != ""
    assert (again.commission.seed, again.marks) == (first.commission.seed, 0)


def test_in_a_duel_the_machine_goes_on_on_its_own_canvas():
    table = Table("ada", "ben", game_mode="duel").begin()
    table.draw(ARTIST_ID, canvas=1)
    started = reopened(table).of_kind(StartDrawing)[-1]
    assert (started.canvas, started.marks, started.commission.begun) == (1, 1, table.turn.canvases[1].ink)


def test_of_a_drawing_that_it_finishes_the_persons_strokes_are_not_its_own():
    table = Table("ada", "ben", game_mode="finish").begin()
    if table.drawer == ARTIST_ID:
        table.fire_until("choosing")
        table.choose(table.drawer)
    for number in range(1, table.turn.most_strokes + 1):
        table.draw(table.drawer, stroke(number))
    assert table.turn.hands == [ARTIST_ID]
    table.draw(ARTIST_ID)
    started = reopened(table).of_kind(StartDrawing)[-1]
    assert started.marks == 1 == sum(record.op == CURVE_OP for record in records_in(started.commission.begun))


def test_what_the_artist_drew_in_a_pause_is_neither_lost_nor_drawn_twice():
    table = Table("ada").begin()
    table.act("ada", Pause(True))
    table.draw(ARTIST_ID)
    again = reopened(table)
    assert again.of_kind(StartDrawing)[-1].marks == 1
    again.join("ada")
    again.act("ada", Pause(False))
    assert len(again.turn.canvas.operations) == 1


def test_ai_guessers_sit_down_again():
    table = Table("ada", ai_guessers=2).begin()
    again = reopened(table)
    assert len(again.of_kind(SeatGuesser)) == 2
    assert again.told("guesser-1", Welcome)


def test_a_notice_is_for_everybody():
    table = Table("ada", "ben")
    table.handle(Announce("not_kept"))
    assert table.last("ada", Notice) == table.last("ben", Notice) == Notice("not_kept")


@given(seed=st.integers(0, 10_000), steps=st.integers(1, 60), order=st.permutations(["ada", "ben", "cleo"]))
def test_whenever_it_comes_an_outage_changes_nothing_that_people_have(seed, steps, order):
    """A game interrupted anywhere goes on to its podium, with the scores that it had."""
    table = Table("ada", "ben", "cleo", seed=seed)
    table.act("ada", ChangeSettings(rounds=1))
    table.begin()
    for step in range(steps):
        if table.game.phase == "podium":
            break
        if table.game.phase == "drawing" and step % 3 == 0:
            present = [person for person in table.game.seats.present if person != table.drawer and person not in table.turn.guesses]
            table.say(present[seed % len(present)], table.word)
        elif table.game.phase == "drawing" and table.drawer != ARTIST_ID and table.turn.canvas.open_stroke is None:
            table.draw(table.drawer, stroke(step) + points(step)[:0])
        else:
            table.fire_next()
    scores = {player.id: player.score for player in table.game.seats.people}
    again = reopened(table)
    for person in order:
        again.join(person)
    assert {player.id: player.score for player in again.game.seats.people} == scores
    assert again.game.phase == table.game.phase
    assert not again.game.state.clock.is_paused
    if table.game.state.turn:
        assert again.turn.remaining_ms(again.game.state.clock.time(again.now)) == table.turn.remaining_ms(table.game.state.clock.time(table.now))
    again.play_to_the_podium()
    assert len(again.game.state.podium) == len(table.play_to_the_podium().game.state.podium)
