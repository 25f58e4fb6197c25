"""Choosing a mode, AI guessers, what the machine thought, and that each mode goes on after a restart."""

import msgspec
import pytest

from game.protocol.client_messages import Become, CastVote, ChangeSettings, Kick, LeaveRoom, Ready
from game.protocol.ink import InkFrame
from game.protocol.server_messages import Chat, PlayerJoined, PlayerLeft, Welcome
from game.protocol.turn_messages import Choices, SecretWord, Thoughts, TurnEnded
from game.rules.commands import ArtistThought, Disconnect, GuesserThought, Open
from game.rules.effects import CloseRoom, Event, GameBegan, SeatGuesser, StartDrawing, TurnRecord, UnseatGuesser
from game.rules.game import Game
from game.rules.lobby_settings import BOUNDS, LobbySettings
from game.rules.modes import MODES
from game.rules.players import ARTIST_ID, GUESSERS
from tests.unit.game.rules.table import URL, Table, begin, errors, ink, points, stroke, words_of_the_day

ONE, TWO, THREE = GUESSERS


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
        table = Table("ada", bounds=bounds)
        assert errors(table.act("ada", ChangeSettings(game_mode="versus"))) == ["bad_settings"]  # nobody to play against

    def test_another_mode_finds_what_the_host_had_chosen_before(self):
        table = Table("ada", daily=words_of_the_day)
        table.act("ada", ChangeSettings(draw_seconds=120, hints=0, scoring="rank"))
        table.act("ada", ChangeSettings(game_mode="daily"))
        assert (table.game.settings.draw_seconds, table.game.settings.hints, table.game.settings.scoring) == (60, 2, "speed")
        table.act("ada", ChangeSettings(game_mode="party"))
        assert (table.game.settings.draw_seconds, table.game.settings.hints, table.game.settings.scoring) == (120, 0, "rank")

    def test_a_room_that_opens_with_a_mode_has_its_guessers(self):
        vocabulary, settings = Table().vocabulary, LobbySettings(game_mode="versus")
        outcomes = Game("abcdefghjk", URL, vocabulary, 0, settings).handle(Open(), 0.0)
        assert SeatGuesser(ONE) in outcomes
        assert any(isinstance(each, Event) and isinstance(each.message, Welcome) and each.audience == {ONE} for each in outcomes)

    def test_the_guessers_of_a_room_that_was_kept_are_seated_again(self):
        table = Table("ada", game_mode="versus")
        thawed = Game.thaw(table.game.freeze(), URL, table.vocabulary)
        assert [each for each in thawed.handle(Open(), 0.0) if isinstance(each, SeatGuesser)] == [SeatGuesser(ONE)]

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


class TestTheModelThatTheArtistDrawsWith:
    def test_is_one_that_is_offered_or_the_usual_one(self):
        table = Table("ada", perceptors=("big", "bigger"))
        assert table.last("ada", Welcome).offer.perceptors == ["", "big", "bigger"]
        assert errors(table.act("ada", ChangeSettings(perceptor="biggest"))) == ["bad_settings"]
        assert errors(table.act("ada", ChangeSettings(perceptor="bigger"))) == []
        assert errors(table.act("ada", ChangeSettings(perceptor=""))) == []
        assert Table("ada").last("ada", Welcome).offer.perceptors == [""]

    @pytest.mark.parametrize("mode", ["party", "imitation", "duel"])
    def test_goes_with_what_is_ordered(self, mode):
        table = Table("ada", "ben", perceptors=("big",), game_mode=mode, rounds=20, human_turns_per_artist_turn=1)
        table.act("ada", ChangeSettings(perceptor="big"))
        table.begin()
        while not table.of_kind(StartDrawing):
            table.fire_next()
        assert {drawing.commission.manner.perceptor for drawing in table.of_kind(StartDrawing)} == {"big"}

    def test_is_the_same_for_all_who_play_the_daily_words(self):
        table = Table("ada", perceptors=("big",), daily=words_of_the_day)
        table.act("ada", ChangeSettings(perceptor="big"))
        table.act("ada", ChangeSettings(game_mode="daily"))
        assert table.game.settings.perceptor == ""
        assert errors(table.act("ada", ChangeSettings(perceptor="big"))) == ["bad_settings"]
