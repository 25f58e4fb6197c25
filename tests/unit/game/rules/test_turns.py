import pytest

from game.protocol.client_messages import Become, CastVote, ChangeSettings, Pause, PlayAgain, Ready, SetWords, StartGame
from game.protocol.ink import InkFrame, decode_frame, encode_curve, encode_frame
from game.protocol.server_messages import BackToLobby, GoesOn, Paused, PlayerChanged, SettingsChanged, Welcome, WordsTaken
from game.protocol.turn_messages import (
    ArtistStatus,
    CanvasReset,
    Choices,
    DrawerIdle,
    GameEnded,
    GameStarted,
    Hint,
    SecretWord,
    TurnChoosing,
    TurnEnded,
    TurnStarted,
)
from game.protocol.views import ScoreLine
from game.rules.commands import ArtistFailed, ArtistFinished, Disconnect, Ink, InkLost
from game.rules.effects import GameBegan, StartDrawing, TurnRecord
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import Table, errors

CURVE = encode_curve(1, (0, 0, 0, 255), 8, 500, [(100, 100), (200, 100), (200, 200), (100, 200)])
POINTS_OF_NOTHING = b"\x02\x07\x00\x01\x32\x00\x3c\x00"


def ink(turn: int, records: bytes = CURVE) -> InkFrame:
    return decode_frame(encode_frame(turn, records))


class TestTheStart:
    def test_when_all_are_ready(self):
        table = Table("ada", "ben")
        table.act("ada", Ready(True))
        assert table.last("ben", PlayerChanged).player.ready
        table.act("ada", Ready(False))
        table.act("ben", Ready(True))
        assert table.game.phase == "lobby"
        table.act("ada", Ready(True))
        assert table.told("ben", GameStarted)
        assert not any(player.ready for player in table.game.seats.people)

    def test_not_for_one_alone_and_not_held_up_by_who_is_away(self):
        table = Table("ada")
        table.act("ada", Ready(True))
        assert table.game.phase == "lobby"
        table.join("ben")
        table.join("cleo")
        table.act("ben", Ready(True))
        table.handle(Disconnect("cleo"))
        assert table.game.phase != "lobby"

    def test_custom_words_alone_must_be_there(self):
        table = Table("ada", "ben", custom_words_only=True)
        table.start()
        assert table.game.phase != "lobby", "without words of their own people get the pack's"


class TestATurn:
    def test_is_told_from_its_choice_to_its_result(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0, hints=2)
        table.start()
        (began,) = table.of_kind(GameBegan)
        started = table.last("ben", GameStarted)
        assert (started.game_id, started.rounds, [player.id for player in started.players]) == (began.game_id, 3, [ARTIST_ID, "ada", "ben"])
        assert len(began.game_id) == 32
        assert table.last("ben", TurnChoosing) == TurnChoosing(1, 1, "ada", 15)
        assert table.last("ada", Choices).seconds == 15
        table.join("dan", role="spectator")
        assert (table.last("dan", Welcome).turn.seconds, table.last("dan", Welcome).turn.remaining_ms) == (15, 15_000)
        table.choose("ada")
        assert table.last("ben", TurnStarted) == TurnStarted(1, 1, "ada", 80, "".join(" " if letter == " " else "_" for letter in table.word))
        table.draw("ada")
        table.wait(27)
        assert table.last("ben", Hint) == Hint(table.turn.blanks)
        assert len(table.turn.blanks.replace("_", "").strip()) == 1
        table.say("ben", table.word)
        points = 50 + 250 * 53 // 80 + 50
        scores = [ScoreLine(ARTIST_ID, 0, 0), ScoreLine("ada", 3 * points // 4, 3 * points // 4), ScoreLine("ben", points, points)]
        ended = TurnEnded(1, table.word, "all_guessed", [*scores, ScoreLine("dan", 0, 0)], 7, "ada", "Ada")
        assert table.last("dan", TurnEnded) == ended
        table.join("eve")
        assert table.last("eve", Welcome).turn.remaining_ms == 7000
        table.fire_next()
        assert table.record_of(1).seconds == 27

    def test_its_word_does_not_come_again_be_it_several(self):
        table = Table("ada", "ben", words=("palm tree", "sea lion", "hot dog")).play()
        assert table.game.state.used_words == [table.word]


class TestWords:
    def test_of_the_host_are_mixed_in_or_all_there_is(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0, rounds=4)
        assert errors(table.act("ben", SetWords("x"))) == ["not_host"]
        table.act("ada", SetWords("zeppelin, gazebo, gazebo, samovar"))
        assert table.last("ada", WordsTaken) == WordsTaken(3, 1, 0, 0)
        assert not table.told("ben", WordsTaken)
        assert table.last("ben", SettingsChanged).settings.custom_words == 3
        table.act("ada", ChangeSettings(custom_words_only=True))
        table.start()
        assert set(table.last("ada", Choices).words) == {"zeppelin", "gazebo", "samovar"}

    def test_the_secret_words_are_told_to_nobody_in_the_lobby(self):
        table = Table("ada", "ben")
        table.act("ada", SetWords("zeppelin"))
        assert "zeppelin" not in repr(table.heard)

    def test_too_many_are_refused_and_the_old_ones_stay(self):
        table = Table("ada")
        table.act("ada", SetWords("zeppelin"))
        assert errors(table.act("ada", SetWords("x" * 20_001))) == ["bad_word"]
        assert table.game.state.custom_words == ("zeppelin",)

    def test_one_choice_is_no_choice(self):
        table = Table("ada", "ben", choices=1, human_turns_per_artist_turn=0)
        table.start()
        assert table.game.phase == "drawing"
        assert table.told("ada", SecretWord)

    @pytest.mark.parametrize("choices", [2, 5])
    def test_so_many_choices(self, choices):
        table = Table("ada", "ben", choices=choices, human_turns_per_artist_turn=0)
        table.start()
        assert len(set(table.last("ada", Choices).words)) == choices

    def test_hidden_shows_no_length_and_no_hint(self):
        table = Table("ada", "ben", word_mode="hidden", hints=5).play()
        assert table.last("ben", TurnStarted).blanks == "?"
        assert "hint" not in table.timers
        table.join("cleo")
        assert table.last("cleo", Welcome).turn.blanks == "?"

    def test_a_combination_is_two_words(self):
        table = Table("ada", "ben", word_mode="combination").play()
        first, second = table.word.split(" + ")
        assert table.last("ben", TurnStarted).blanks.count("+") == 1
        table.say("ben", f"{second} {first}")
        assert table.last("ada", TurnEnded).reason == "all_guessed"

    def test_the_artist_is_told_the_concepts(self):
        table = Table("ada", word_mode="combination")
        drawing = next(outcome for outcome in table.start() if isinstance(outcome, StartDrawing))
        first, second = table.word.split(" + ")
        assert drawing.commission.prompt == f"a {first} and a {second}"


class TestSettingsInAGame:
    def test_the_time_holds_from_the_next_turn(self):
        table = Table("ada", "ben").play()
        assert errors(table.act("ada", ChangeSettings(draw_seconds=30))) == []
        assert table.turn.seconds == 80
        table.fire_until("result")
        table.fire_until("choosing")
        table.choose(table.drawer)
        assert table.last("ada", TurnStarted).seconds == 30

    @pytest.mark.parametrize("change", [{"rounds": 5}, {"word_mode": "hidden"}, {"scoring": "rank"}, {"custom_words_only": True}])
    def test_what_would_upset_the_game_waits_for_the_lobby(self, change):
        table = Table("ada", "ben").play()
        assert errors(table.act("ada", ChangeSettings(draw_seconds=30, **change))) == ["not_now"]
        assert table.game.settings.draw_seconds == 80
        assert errors(table.act("ada", SetWords("x"))) == ["not_now"]

    @pytest.mark.parametrize("change", [{"language": "xx"}, {"theme": "nothing"}, {"password": "x" * 65}, {"choices": 6}])
    def test_what_there_is_not_is_refused(self, change):
        assert errors(Table("ada").act("ada", ChangeSettings(**change))) == ["bad_settings"]


class TestIdleDrawers:
    def test_a_drawer_without_a_stroke_is_warned_then_skipped(self):
        table = Table("ada", "ben").play()
        table.wait(10)
        assert table.last("ada", DrawerIdle).seconds == table.last("ben", DrawerIdle).seconds == 10
        table.wait(9)
        assert table.game.phase == "drawing"
        table.wait(1)
        assert table.last("ben", TurnEnded).reason == "drawer_idle"

    def test_the_first_stroke_settles_it(self):
        table = Table("ada", "ben").play()
        table.wait(12)
        table.handle(Ink("ada", ink(1)))
        table.wait(30)
        assert table.game.phase == "drawing"

    def test_a_drawer_away_is_skipped_after_ten_seconds(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1)))
        table.handle(Disconnect("ada"))
        table.wait(9)
        assert table.game.phase == "drawing"
        table.wait(1)
        assert table.last("ben", TurnEnded).reason == "drawer_away"
        assert "ada" in table.game.seats.players

    def test_a_drawer_who_is_back_in_time_goes_on(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1)))
        table.handle(Disconnect("ada"))
        table.wait(9)
        table.join("ada")
        table.wait(9)
        assert table.game.phase == "drawing"

    def test_all_who_are_still_there_having_guessed_ends_the_turn_after_a_moment(self):
        table = Table("ada", "ben", "cleo").play()
        table.say("ben", table.word)
        table.handle(Disconnect("cleo"))
        table.wait(4)
        assert table.game.phase == "drawing"
        table.wait(1)
        assert table.last("ada", TurnEnded).reason == "all_guessed"

    def test_a_blip_between_two_turns_costs_nobody_their_turn(self):
        table = Table("ada", "ben", rounds=1).play()
        table.fire_until("result")
        for person in ("ada", "ben"):
            table.handle(Disconnect(person))
        table.fire_until("choosing")
        assert table.drawer == "ben"
        table.join("ben")
        table.wait(11)
        assert table.game.phase == "choosing"

    def test_one_who_is_away_when_there_is_nothing_to_choose_is_skipped_as_soon(self):
        table = Table("ada", "ben", choices=1, rounds=1, human_turns_per_artist_turn=0)
        table.start()
        table.fire_until("result")
        table.handle(Disconnect("ben"))
        table.fire_until("drawing")
        assert table.drawer == "ben"
        table.wait(10)
        assert table.last("ada", TurnEnded).reason == "drawer_away"

    def test_one_who_does_not_choose_and_is_away_is_skipped_too(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0)
        table.start()
        table.handle(Disconnect("ada"))
        table.wait(10)
        assert table.last("ben", TurnEnded).reason == "drawer_away"
        assert table.last("ben", TurnEnded).word == ""


class TestPause:
    def test_stops_the_clock_and_every_timer_of_the_turn(self):
        table = Table("ada", "ben", "cleo").play()
        table.handle(Ink("ada", ink(1)))
        table.wait(20)
        assert errors(table.act("ben", Pause(True))) == ["not_host"]
        table.act("ada", Pause(True))
        assert table.told("ben", Paused)
        assert not {"turn", "hint"} & table.timers.keys()
        table.wait(1000)
        assert table.game.phase == "drawing"
        table.join("dan")
        assert table.last("dan", Welcome).paused
        assert table.last("dan", Welcome).turn.remaining_ms == 60_000
        table.act("ada", Pause(False))
        assert table.last("ben", GoesOn).remaining_ms == 60_000
        table.wait(59)
        assert table.game.phase == "drawing"
        table.wait(1)
        assert table.last("ben", TurnEnded).reason == "time_up"

    def test_a_guess_in_a_pause_is_worth_what_the_standing_clock_says(self):
        table = Table("ada", "ben", "cleo").play()
        table.wait(8)
        table.act("ada", Pause(True))
        table.wait(500)
        table.say("ben", table.word)
        assert table.turn.guesses["ben"].points == 50 + 225 + 50

    def test_ink_waits_the_artists_is_shown_afterwards(self):
        table = Table("ada", "ben")
        table.start()
        table.act("ada", Pause(True))
        table.handle(Ink(ARTIST_ID, ink(1)))
        assert not table.told("ben", InkFrame)
        table.act("ada", Pause(False))
        assert table.last("ben", InkFrame) == ink(1)
        table.fire_until("choosing")
        table.choose(table.drawer)
        table.act("ada", Pause(True))
        assert errors(table.handle(Ink(table.drawer, ink(table.turn.number)))) == ["not_now"]

    def test_only_a_game_can_be_paused(self):
        table = Table("ada", "ben")
        assert errors(table.act("ada", Pause(True))) == ["not_now"]
        table.play()
        assert errors(table.act("ada", Pause(False))) == ["not_now"]

    def test_no_word_is_chosen_in_a_pause(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0)
        table.start()
        table.act("ada", Pause(True))
        assert errors(table.choose("ada")) == ["not_now"]

    def test_an_artist_that_was_done_in_the_pause_is_done_after_it(self):
        table = Table("ada", "ben")
        table.start()
        table.act("ada", Pause(True))
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.handle(ArtistFinished(1))
        table.act("ada", Pause(False))
        assert table.last("ben", ArtistStatus) == ArtistStatus("finished", 1)

    def test_an_artist_that_failed_in_the_pause_leaves_what_it_drew(self):
        table = Table("ada", "ben")
        table.start()
        table.act("ada", Pause(True))
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.handle(ArtistFailed(1))
        assert table.game.phase == "drawing"

    def test_after_it_the_drawer_is_told_what_is_on_the_canvas(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1)))
        table.act("ada", Pause(True))
        table.act("ada", Pause(False))
        assert table.last("ada", CanvasReset) == CanvasReset(1)

    def test_a_turn_that_ends_in_a_pause_goes_on_after_it(self):
        table = Table("ada", "ben").play()
        table.act("ada", Pause(True))
        table.say("ben", table.word)
        assert table.game.phase == "result"
        table.wait(100)
        assert table.game.phase == "result"
        table.act("ada", Pause(False))
        table.wait(7)
        assert table.game.phase == "choosing"


class TestCanvas:
    def test_a_drawer_whose_ink_is_refused_is_put_right(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1)))
        outcomes = table.handle(Ink("ada", ink(1, POINTS_OF_NOTHING)))
        assert errors(outcomes) == ["bad_field"]
        assert table.last("ada", CanvasReset) == CanvasReset(1)
        assert table.last("ada", InkFrame) == ink(1)
        assert table.count("ben", InkFrame) == 1

    def test_but_not_more_than_once_a_second(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1)))
        for _ in range(50):
            table.handle(Ink("ada", ink(1, POINTS_OF_NOTHING)))
        assert table.count("ada", CanvasReset) == 1
        table.wait(1)
        assert table.count("ada", CanvasReset) == 2

    def test_and_so_is_one_whose_ink_was_lost_on_its_way_or_who_comes_back(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1)))
        table.handle(InkLost("ada"))
        assert table.last("ada", InkFrame) == ink(1)
        table.handle(InkLost("ben"))
        assert not table.told("ben", CanvasReset)
        table.wait(2)
        table.handle(Disconnect("ada"))
        table.join("ada", resumes=True)
        assert table.count("ada", CanvasReset) == 2

    def test_ink_on_its_way_when_the_turn_ends_is_dropped_in_silence(self):
        table = Table("ada", "ben").play()
        table.say("ben", table.word)
        assert table.handle(Ink("ada", ink(1))) == []
        table.fire_until("podium")
        assert table.handle(Ink("ada", ink(1))) == []

    def test_undoing_nothing_is_no_drawing(self):
        table = Table("ada", "ben").play()
        table.handle(Ink("ada", ink(1, b"\x05")))
        table.wait(20)
        assert table.last("ben", TurnEnded).reason == "drawer_idle"


class TestScorings:
    @pytest.mark.parametrize(("scoring", "ben", "cleo", "ada"), [("speed", 350, 330, 255), ("relaxed", 100, 100, 75), ("rank", 300, 270, 213)])
    def test_each_has_its_own_points(self, scoring, ben, cleo, ada):
        table = Table("ada", "ben", "cleo", scoring=scoring).play()
        table.say("ben", table.word)
        table.say("cleo", table.word)
        gained = {line.player_id: line.gained for line in table.last("ada", TurnEnded).scores}
        assert (gained["ben"], gained["cleo"], gained["ada"]) == (ben, cleo, ada)

    def test_those_who_missed_count_as_nothing_in_the_drawers_mean(self):
        table = Table("ada", "ben", "cleo", scoring="relaxed").play()
        table.say("ben", table.word)
        table.fire_until("result")
        assert {line.player_id: line.gained for line in table.last("ada", TurnEnded).scores}["ada"] == 37


class TestTheEnd:
    def test_has_podium_highlights_and_every_drawing(self):
        table = Table("ada", "ben", "cleo", rounds=1, human_turns_per_artist_turn=0)
        table.start()
        for number in range(3):
            table.choose(table.drawer)
            table.handle(Ink(table.drawer, ink(number + 1)))
            guessers = [person for person in ("ada", "ben", "cleo") if person != table.drawer]
            if number != 1:
                table.wait(3 + number)
                table.say(guessers[0], table.word)
            table.fire_until("result")
            table.fire_until("choosing", "podium")
        ended = table.last("ada", GameEnded)
        kinds = {highlight.kind: highlight for highlight in ended.highlights}
        assert [drawing.turn for drawing in ended.drawings] == [1, 2, 3]
        assert kinds["fastest_guess"].milliseconds == 3000
        assert kinds["toughest_word"].turn == 2
        assert (kinds["toughest_word"].guessed, kinds["toughest_word"].guessers) == (0, 2)
        assert "best_liked" not in kinds
        table.join("dan")
        welcome = table.last("dan", Welcome)
        assert (welcome.podium, welcome.highlights, welcome.drawings) == (ended.podium, ended.highlights, ended.drawings)

    def test_a_turn_in_which_nothing_was_drawn_is_no_drawing(self):
        table = Table("ada", "ben", rounds=1).play()
        table.fire_until("podium")
        assert table.game.state.drawings == []
        assert table.game.state.highlights == []

    def test_a_word_that_was_guessed_before_anything_was_drawn_leaves_no_drawing(self):
        table = Table("ada", "ben", "cleo", rounds=1, human_turns_per_artist_turn=0).play()
        table.say(next(person for person in ("ada", "ben", "cleo") if person != table.drawer), table.word)
        table.fire_until("podium")
        assert table.last("ada", GameEnded).drawings == []
        assert any(outcome.guesses and not outcome.ink for outcome in table.outcomes if isinstance(outcome, TurnRecord))

    def test_who_asked_to_watch_in_the_last_turn_has_played(self):
        table = Table("ada", "ben", "cleo", rounds=1, human_turns_per_artist_turn=0)
        table.start()
        table.join("dan", role="spectator")
        while table.game.state.turn_number < 3 or table.game.phase != "drawing":
            table.fire_next()
        table.act("ben", Become("spectator"))
        table.act("dan", Become("player"))
        table.fire_until("podium")
        assert {line.player_id for line in table.game.state.podium} == {"ada", "ben", "cleo"}

    def test_a_rematch_starts_from_nothing(self):
        table = Table("ada", "ben", rounds=1)
        table.start()
        table.play_to_the_podium()
        table.act("ada", PlayAgain())
        assert table.told("ben", BackToLobby)
        table.act("ada", StartGame())
        assert table.game.state.drawings == []
        assert len({outcome.game_id for outcome in table.of_kind(GameBegan)}) == 2
        assert len({outcome.game_id for outcome in table.outcomes if isinstance(outcome, TurnRecord)}) == 1

    def test_the_turn_in_hand_is_kept_when_everybody_has_gone(self):
        table = Table("ada", "ben").play()
        table.say("ben", table.word)
        table.act("ada", Pause(True))
        for person in ("ada", "ben"):
            table.handle(Disconnect(person))
        table.wait(200)
        assert any(isinstance(outcome, TurnRecord) for outcome in table.outcomes)


def test_votes_about_nothing_are_refused():
    assert errors(Table("ada", "ben").play().act("ben", CastVote("pause", "ada"))) == ["bad_field"]
