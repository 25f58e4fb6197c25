"""What each kind of game does differently, by examples."""

import struct

import msgspec
import pytest

from game.protocol.client_messages import Become, CastVote, ChangeSettings, Kick, LeaveRoom, Pause, PlayAgain, Ready
from game.protocol.ink import CURVE as CURVE_OP
from game.protocol.ink import InkFrame
from game.protocol.server_messages import (
    ArtistStatus,
    CanvasReset,
    Chat,
    Choices,
    DrawerIdle,
    GameEnded,
    GameStarted,
    Guessed,
    Hint,
    Judged,
    JudgementLine,
    MatchView,
    PlayerConnection,
    PlayerJoined,
    PlayerLeft,
    SecretWord,
    Thoughts,
    TurnChoosing,
    TurnEnded,
    TurnStarted,
    Welcome,
)
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistStarted, ArtistThought, Disconnect, GuesserThought
from game.rules.effects import CloseRoom, GameBegan, Manner, PrepareDrawing, SeatGuesser, StartDrawing, TurnRecord, UnseatGuesser
from game.rules.game import Game
from game.rules.lobby_settings import BOUNDS
from game.rules.modes import MODES
from game.rules.players import ARTIST_ID, GUESSERS
from game.rules.turn import drawing_key
from tests.unit.game.rules.table import CLEAR, CURVE, FILL, UNDO, URL, Table, begin, end, errors, ink, points, stroke, words_of_the_day

ONE, TWO, THREE = GUESSERS


def record_of(table: Table, number: int) -> TurnRecord:
    return next(record for record in table.of_kind(TurnRecord) if record.number == number)


class TestChoosingAMode:
    @pytest.mark.parametrize("mode", MODES)
    def test_brings_its_rounds_along(self, mode):
        assert Table("ada", game_mode=mode).game.settings.rounds == MODES[mode].rounds

    def test_what_is_given_with_it_counts_more(self):
        assert Table("ada", game_mode="together", rounds=4).game.settings.rounds == 4

    def test_naming_the_one_that_is_set_changes_nothing(self):
        table = Table("ada", game_mode="together", rounds=4)
        table.act("ada", ChangeSettings(game_mode="together"))
        assert table.game.settings.rounds == 4

    def test_what_it_brings_keeps_within_the_owners_bounds(self):
        bounds = {**BOUNDS, "rounds": (4, 6), "ai_guessers": (0, 0)}
        assert Table("ada", game_mode="together", bounds=bounds).game.settings.rounds == 6
        table = Table("ada", game_mode="versus", bounds=bounds)
        assert (table.game.settings.rounds, table.game.settings.ai_guessers) == (4, 0)

    def test_only_in_the_lobby(self):
        table = Table("ada", "ben").begin()
        assert errors(table.act("ada", ChangeSettings(game_mode="duel"))) == ["not_now"]

    @pytest.mark.parametrize("mode", [mode for mode, rules in MODES.items() if rules.least_people == 2])
    def test_some_take_two_people(self, mode):
        table = Table("ada", game_mode=mode)
        table.join("ben", role="spectator")
        assert errors(table.start()) == ["not_now"]
        assert table.game.phase == "lobby"
        table.join("cleo")
        assert errors(table.start()) == []

    @pytest.mark.parametrize("mode", MODES)
    def test_is_kept_with_the_game(self, mode):
        table = Table("ada", "ben", game_mode=mode, daily=words_of_the_day).begin()
        (began,) = table.of_kind(GameBegan)
        assert began.game_mode == mode
        assert began.mode == "normal"

    @pytest.mark.parametrize(("mode", "counts"), [(mode, mode not in ("party", "finish")) for mode in MODES])
    def test_people_and_machine_are_counted_where_they_play_against_each_other(self, mode, counts):
        table = Table("ada", "ben", game_mode=mode, daily=words_of_the_day).begin()
        table.join("cleo")
        assert (table.last("cleo", Welcome).match is not None) == counts
        table.fire_until("result")
        assert (table.last("cleo", TurnEnded).match is not None) == counts


class TestAiGuessers:
    def test_sit_down_and_are_told_what_a_newcomer_is(self):
        table = Table("ada", "ben", ai_guessers=2)
        assert [seated.player_id for seated in table.of_kind(SeatGuesser)] == [ONE, TWO]
        assert [table.count(each, Welcome) for each in (ONE, TWO, "ben")] == [1, 1, 1]
        assert table.last(ONE, Welcome).you == ONE
        joined = table.last("ben", PlayerJoined).player
        assert (joined.id, joined.nickname, joined.is_ai) == (TWO, "Vector", True)

    def test_take_no_name_that_is_taken(self):
        table = Table("pixel", ai_guessers=1)
        assert table.game.seats.players[ONE].nickname == "Pixel 2"

    def test_come_and_go_as_the_settings_say_in_a_game_too(self):
        table = Table("ada", "ben", ai_guessers=3).begin()
        table.act("ada", ChangeSettings(ai_guessers=1))
        assert table.game.seats.machines == [ONE]
        assert [gone.player_id for gone in table.of_kind(UnseatGuesser)] == [TWO, THREE]
        assert table.last("ben", PlayerLeft) == PlayerLeft(THREE, "left")
        table.act("ada", ChangeSettings(ai_guessers=2))
        assert table.last(TWO, Welcome).turn.blanks == table.turn.blanks
        assert table.last(TWO, Welcome).word is None

    @pytest.mark.parametrize("mode", MODES)
    def test_sit_where_the_mode_has_any(self, mode):
        table = Table("ada", "ben", ai_guessers=2)
        table.act("ada", ChangeSettings(game_mode=mode))
        assert table.game.seats.machines == ([ONE, TWO] if MODES[mode].ai_guesses else [])
        table.act("ada", ChangeSettings(game_mode="party"))
        assert table.game.seats.machines == [ONE, TWO]

    def test_the_one_that_the_host_sends_away_goes(self):
        table = Table("ada", "ben", ai_guessers=2)
        assert errors(table.act("ben", Kick(ONE))) == ["not_host"]
        table.act("ada", Kick(ONE))
        assert table.game.seats.machines == [TWO]
        assert table.game.settings.ai_guessers == 1

    def test_score_without_the_firsts_bonus_and_take_it_from_nobody(self):
        table = Table("ada", "ben", "cleo", ai_guessers=1).play()
        table.draw("ada", stroke(1))
        table.wait(20)
        table.say(ONE, table.word)
        table.say("ben", table.word)
        table.say("cleo", table.word)
        assert table.gained() == {ONE: 237, "ben": 287, "cleo": 267, "ada": 3 * (287 + 267) // 8}

    def test_hear_what_a_guesser_hears(self):
        table = Table("ada", "ben", "cleo", ai_guessers=1).play()
        word = table.word
        table.say("ben", word)
        table.say("ben", "that was easy")
        assert not table.told(ONE, SecretWord)
        assert not table.told(ONE, Choices)
        assert not table.told(ONE, Chat)
        assert not any(word.encode() in msgspec.json.encode(message) for message in table.heard[ONE])
        table.draw("ada", stroke(1))
        assert table.last(ONE, InkFrame) == ink(table.turn.number, stroke(1))
        table.say(ONE, word)
        assert table.last(ONE, SecretWord).word == word
        table.say("ben", "and that too")
        assert table.last(ONE, Chat) == Chat("ben", "and that too", whisper=True)

    def test_say_what_is_wrong_aloud_as_everybody_does(self):
        table = Table("ada", "ben", ai_guessers=1).play()
        wrong = next(word for word in ("castle", "house") if word != table.word)
        table.say(ONE, wrong)
        assert table.last("ben", Chat) == Chat(ONE, wrong)

    def test_never_end_a_turn(self):
        table = Table("ada", "ben", "cleo", ai_guessers=1).play()
        table.say("ben", table.word)
        table.handle(Disconnect("cleo"))
        table.say(ONE, table.word)
        assert table.game.phase == "drawing", "cleo is waited for"
        table.wait(5)
        assert table.last("ada", TurnEnded).reason == "all_guessed"

    def test_are_waited_for_by_nobody(self):
        table = Table("ada", "ben", ai_guessers=3).play()
        table.say("ben", table.word)
        assert table.last("ada", TurnEnded).reason == "all_guessed"
        ready = Table("ada", "ben", ai_guessers=3)
        for person in ("ada", "ben"):
            ready.act(person, Ready(True))
        assert ready.game.phase != "lobby"

    def test_keep_no_room_open_and_have_no_vote(self):
        table = Table("ada", "ben", ai_guessers=1)
        assert errors(table.act(ONE, CastVote("kick", "ben"))) == ["not_now"]
        assert errors(table.act("ben", CastVote("kick", ONE))) == ["bad_field"]
        for person in ("ada", "ben"):
            table.act(person, LeaveRoom())
        table.wait(120)
        assert table.of_kind(CloseRoom)

    def test_are_recorded_with_what_they_found_and_missed(self):
        table = Table("ada", "ben", ai_guessers=2).play()
        table.say(TWO, table.word)
        table.fire_until("result")
        table.fire_until("choosing")
        (record,) = table.of_kind(TurnRecord)
        assert [(guess.player_id, guess.nickname, guess.is_ai) for guess in record.guesses] == [(TWO, "Vector", True)]
        assert [(guesser.player_id, guesser.is_ai) for guesser in record.missed] == [("ben", False), (ONE, True)]


class TestThoughts:
    def test_come_out_after_the_turn(self):
        table = Table("ada", "ben", ai_guessers=1).play()
        table.wait(2)
        other = next(word for word in ("castle", "house") if word != table.word)
        table.handle(GuesserThought(ONE, 1, ((other, 0.7), (table.word, 0.25))))
        table.wait(1)
        table.handle(GuesserThought(ONE, 1, ((other, 0.6),)))
        table.wait(1)
        table.handle(GuesserThought(ONE, 1, ((table.word, 0.9),)))
        assert not any(table.told(player, Thoughts) for player in table.heard)
        table.wait(1)
        table.say(ONE, table.word)
        table.handle(GuesserThought(ONE, 1, ((other, 1.0),)))
        word = table.word
        table.say("ben", word)
        for person in ("ada", "ben", ONE):
            thoughts = table.heard[person][-1]
            (line,) = thoughts.lines
            assert (line.player_id, line.kind, line.points) == (ONE, "guesser", [(2000, 0.25), (3000, 0.0), (4000, 0.9)])
            assert line.words == [(2000, other), (4000, word)]
            assert [(found.player_id, found.milliseconds) for found in thoughts.found] == [(ONE, 5000), ("ben", 5000)]

    def test_the_artists_are_how_close_it_finds_its_drawing(self):
        table = Table("ada")
        table.start()
        table.wait(3)
        table.handle(ArtistThought(1, 0.123456))
        table.handle(ArtistThought(2, 0.9))
        table.say("ada", table.word)
        assert [(line.player_id, line.kind, line.points, line.words) for line in table.heard["ada"][-1].lines] == [
            (ARTIST_ID, "artist", [(3000, 0.1235)], [])
        ]

    def test_of_those_who_have_gone_and_of_turns_that_are_over_are_not_told(self):
        table = Table("ada", "ben", ai_guessers=2).play()
        table.handle(GuesserThought(TWO, 1, ((table.word, 0.5),)))
        table.handle(GuesserThought(THREE, 1, ((table.word, 0.5),)))
        table.act("ada", ChangeSettings(ai_guessers=1))
        table.fire_until("result")
        table.handle(GuesserThought(ONE, 1, ((table.word, 0.5),)))
        assert isinstance(table.heard["ada"][-1], TurnEnded)


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
        assert record_of(table, 1).drawer_points == 131 + 123

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
        assert [[guesser.player_id for guesser in record.missed] for record in (person, machine)] == [["dan"]] * 2
        assert [drawing.turn for drawing in table.game.state.drawings] == [1, 2]
        assert table.turn.number == 3
        table.choose(table.drawer)
        assert table.of_kind(StartDrawing)[-1].turn == 3

    def test_a_machine_that_fails_leaves_the_person_drawing(self):
        table = duel()
        table.handle(ArtistFailed(1))
        assert table.game.phase == "drawing"
        assert errors(table.draw("ada", stroke(1))) == []


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
            started = table.last(person, TurnStarted)
            assert (started.drawer_id, started.blanks, started.strokes) == ("", table.word, 16)
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
        assert not table.told("ada", InkFrame)
        table.fire_until("result")
        table.fire_until("drawing", "podium")
        assert record_of(table, 1).ink == b"".join(record.data for record in records)

    def test_a_stroke_that_a_pause_has_cut_ends_where_the_next_begins(self):
        table = imitation(by_machine=False)
        table.draw("ada", begin(1) + points(1))
        table.act("ada", Pause(True))
        assert errors(table.draw("ada", end(1))) == ["not_now"]
        table.act("ada", Pause(False))
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
        assert table.last("cleo", Judged) == Judged("ben")
        assert "person" not in repr(table.last("cleo", Judged))
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
        record = record_of(table, 1)
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


def record_of_next(table: Table) -> TurnRecord:
    """The record of the turn whose result is shown, once it is kept."""
    number = table.turn.number
    table.fire_until("choosing", "podium")
    return record_of(table, number)


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


@pytest.mark.parametrize("mode", MODES)
def test_a_game_goes_on_after_a_restart(mode):
    """In the middle of its first turn, with something of all that a turn keeps."""
    tables = [Table("ada", "ben", "cleo", game_mode=mode, daily=words_of_the_day) for _ in range(2)]
    for table in tables:
        table.begin()
        table.handle(ArtistThought(1, 0.5))
        table.handle(GuesserThought(ONE, 1, ((table.word, 0.5),)))
        if table.drawer != ARTIST_ID:
            table.draw(table.drawer, stroke(1) + begin(2) + points(2))
        table.say("ben" if table.drawer != "ben" else "ada", table.word)
        table.judge("ben", "person")
    tables[1].game = Game.thaw(tables[1].game.freeze(), URL, tables[1].vocabulary, daily=words_of_the_day)
    assert tables[0].game.state == tables[1].game.state
    heard = [len(table.heard["ada"]) for table in tables]
    for table in tables:
        table.act("cleo", Become("spectator"))
        table.fire_until("podium")
    assert heard[0] == heard[1]
    assert tables[0].heard == tables[1].heard
    assert tables[0].of_kind(TurnRecord) == tables[1].of_kind(TurnRecord)
