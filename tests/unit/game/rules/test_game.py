import pytest

from game.protocol.client_messages import ChangeSettings, LeaveRoom, Pause, PlayAgain, SetWords, StartGame
from game.protocol.ink import InkFrame, decode_frame, encode_clear, encode_curve, encode_frame
from game.protocol.server_messages import BackToLobby, Chat, ErrorMessage, HostChanged, SettingsChanged, Welcome
from game.protocol.turn_messages import ArtistStatus, Choices, CloseGuess, GameEnded, Guessed, SecretWord, TurnEnded, TurnStarted
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistStarted, Disconnect, Ink, TimerFired
from game.rules.effects import CancelDrawing, CloseRoom, GameBegan, GameRecord, HoldDrawing, PrepareDrawing, StartDrawing, TurnRecord
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import WORDS, Table, errors

CURVE = encode_curve(1, (0, 0, 0, 255), 8, 500, [(100, 100), (200, 100), (200, 200), (100, 200)])


def ink(turn: int, records: bytes = CURVE) -> InkFrame:
    return decode_frame(encode_frame(turn, records))


def drawing(table: Table) -> Table:
    """Start and go on to the first turn that a person draws."""
    table.start()
    table.fire_until("drawing")
    while table.drawer == ARTIST_ID:
        table.fire_until("result")
        table.fire_until("choosing", "drawing")
        if table.game.phase == "choosing":
            table.choose(table.drawer)
    return table


def turns_of(table: Table) -> list[tuple[str, str]]:
    """Let a started game run to its end without a guess; return who drew what, turn by turn."""
    turns = []
    while table.game.phase != "podium":
        if table.game.phase == "drawing":
            turns.append((table.drawer, table.word))
            table.fire_until("result")
        else:
            table.fire_next()
    return turns


def guesser_of(table: Table) -> str:
    return next(person for person in ("ada", "ben") if person != table.drawer)


class TestLobby:
    def test_first_to_come_is_host_and_is_welcomed_with_the_room(self):
        table = Table("ada", "ben")
        welcome = table.last("ben", Welcome)
        assert table.game.seats.host_id == "ada"
        assert welcome.you == "ben"
        assert [player.id for player in welcome.players] == [ARTIST_ID, "ada", "ben"]
        assert welcome.phase == "lobby"

    def test_same_nickname_twice_is_told_apart(self):
        table = Table()
        table.join("a", "Ada")
        table.join("b", "ada")
        assert [player.nickname for player in table.game.seats.people] == ["Ada", "ada 2"]

    @pytest.mark.parametrize("nickname", ["", "   ", "<b>x</b>", "a\u202eb", "x" * 21, "a\x07"])
    def test_bad_nickname_is_refused(self, nickname):
        table = Table()
        assert errors(table.join("a", nickname or " ")) == ["bad_nickname"]
        assert table.game.seats.people == []

    def test_full_room_is_refused(self):
        table = Table("ada", "ben", max_players=2)
        assert errors(table.join("cleo")) == ["room_full"]
        assert errors(table.join("ben")) == []

    def test_only_the_host_changes_settings_and_starts(self):
        table = Table("ada", "ben")
        assert errors(table.act("ben", ChangeSettings(rounds=2))) == ["not_host"]
        assert errors(table.act("ben", StartGame())) == ["not_host"]
        table.act("ada", ChangeSettings(rounds=2, hints=0))
        assert table.last("ben", SettingsChanged).settings.rounds == 2
        assert table.game.settings.draw_seconds == 80

    @pytest.mark.parametrize("change", [{"rounds": 0}, {"rounds": 21}, {"draw_seconds": 14}, {"hints": 6}, {"max_players": 0}])
    def test_settings_out_of_bounds_are_refused_whole(self, change):
        table = Table("ada", "ben")
        before = table.game.settings
        assert errors(table.act("ada", ChangeSettings(**{"human_turns_per_artist_turn": 3, **change}))) == ["bad_settings"]
        assert table.game.settings == before

    def test_host_leaving_hands_over_to_the_next(self):
        table = Table("ada", "ben")
        table.act("ada", LeaveRoom())
        assert table.last("ben", HostChanged).player_id == "ben"

    def test_empty_room_closes(self):
        table = Table("ada")
        table.handle(Disconnect("ada"))
        while not any(isinstance(outcome, CloseRoom) for outcome in table.outcomes):
            table.fire_next()
        assert table.game.seats.people == []


class TestTurns:
    def test_the_artist_opens_then_people_draw(self):
        table = Table("ada", "ben", rounds=2)
        table.start()
        assert [drawer for drawer, _ in turns_of(table)] == [ARTIST_ID, "ada", "ben"] * 2

    def test_alone_the_artist_draws_every_turn(self):
        table = Table("ada", rounds=3, human_turns_per_artist_turn=0)
        table.start()
        assert [drawer for drawer, _ in turns_of(table)] == [ARTIST_ID] * 3

    def test_the_artist_gets_a_word_by_the_rules(self):
        table = Table("ada", "ben")
        effects = [outcome for outcome in table.start() if isinstance(outcome, StartDrawing)]
        assert len(effects) == 1
        assert effects[0].commission.prompt in {f"a {word}" for word in WORDS}
        assert effects[0].commission.seconds == pytest.approx(48)
        assert table.last("ada", TurnStarted).blanks.replace("_", "").strip() == ""
        assert not table.told("ada", SecretWord)

    def test_a_person_chooses_one_of_three(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0)
        table.start()
        choices = table.last("ada", Choices).words
        assert len(set(choices)) == 3
        assert not table.told("ben", Choices)
        assert errors(table.choose("ben")) == ["not_your_turn"]
        assert errors(table.choose("ada", 3)) == ["bad_field"]
        assert table.last("ada", ErrorMessage).message == "index is 0 to 2; got 3."
        table.choose("ada", 2)
        assert table.word == choices[2]
        assert table.last("ada", SecretWord).word == choices[2]

    def test_the_first_choice_is_taken_when_time_is_up(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0)
        table.start()
        assert table.fire_next() == "choose"
        assert table.word == table.last("ada", Choices).words[0]

    def test_words_do_not_repeat_within_a_game_while_there_are_others(self):
        table = Table("ada", "ben", rounds=4)
        table.start()
        words = [word for _, word in turns_of(table)]
        assert len(words) > len(WORDS) - 3
        assert len(set(words[: len(WORDS) - 2])) == len(WORDS) - 2

    def test_hints_come_over_time_up_to_half_of_the_letters(self):
        table = drawing(Table("ada", "ben", hints=5, words=("boat", "boot", "bolt")))
        revealed = []
        table.handle(Ink(table.drawer, ink(table.turn.number)))
        while table.game.phase == "drawing":
            revealed.append(sum(character != "_" for character in table.turn.blanks))
            table.fire_next()
        assert revealed == [0, 1, 2]

    def test_a_stale_timer_does_nothing(self):
        table = Table("ada", "ben", human_turns_per_artist_turn=0)
        table.start()
        stale = table.timers["choose"]
        table.choose("ada")
        assert table.handle(TimerFired("choose", stale.serial)) == []


class TestGuessing:
    def test_right_guess_scores_is_told_and_ends_the_turn_when_all_have_it(self):
        table = drawing(Table("ada", "ben"))
        guesser, drawer = guesser_of(table), table.drawer
        table.say(guesser, f"  {table.word.upper()} ")
        ended = table.last("ada", TurnEnded)
        assert table.last(drawer, Guessed).player_id == guesser
        assert table.last(guesser, SecretWord).word == ended.word
        assert ended.reason == "all_guessed"
        gained = {line.player_id: line.gained for line in ended.scores}
        assert gained[guesser] == 350
        assert gained[drawer] == 262
        assert gained[ARTIST_ID] == 0

    def test_earlier_is_worth_more_and_the_drawer_earns_three_quarters_of_the_mean(self):
        table = Table("ada", "ben", "cleo", human_turns_per_artist_turn=0)
        table.start()
        table.choose("ada")
        table.now += 20
        table.say("ben", table.word)
        table.now += 40
        table.say("cleo", table.word)
        gained = {line.player_id: line.gained for line in table.last("ada", TurnEnded).scores}
        assert gained["ben"] == 50 + 187 + 50
        assert gained["cleo"] == 50 + 62 + 30
        assert gained["ada"] == 3 * (gained["ben"] + gained["cleo"]) // 8

    def test_close_guess_is_told_only_to_its_maker(self):
        table = drawing(Table("ada", "ben"))
        guesser = guesser_of(table)
        before = len(table.heard[table.drawer])
        table.say(guesser, table.word[:-1])
        assert table.last(guesser, CloseGuess).text == table.word[:-1]
        assert len(table.heard[table.drawer]) == before

    def test_the_word_among_others_is_not_shown_to_the_room(self):
        table = Table("ada", "ben", "cleo", human_turns_per_artist_turn=0)
        table.start()
        table.choose("ada")
        before = len(table.heard["cleo"])
        table.say("ben", f"is it a {table.word}?")
        assert table.told("ben", CloseGuess)
        assert len(table.heard["cleo"]) == before

    def test_who_knows_the_word_whispers(self):
        table = Table("ada", "ben", "cleo", human_turns_per_artist_turn=0)
        table.start()
        table.choose("ada")
        table.say("ben", table.word)
        table.say("ben", f"it was {table.word}!")
        assert table.last("ada", Chat).whisper
        assert not table.told("cleo", Chat)
        table.say("ada", table.word)
        assert not table.told("cleo", Chat)

    @pytest.mark.parametrize("text", ["", "   ", "a\x00b"])
    def test_empty_or_unprintable_chat_is_refused(self, text):
        assert errors(Table("ada").say("ada", text)) == ["bad_field"]

    def test_long_chat_is_refused(self):
        assert errors(Table("ada").say("ada", "x" * 121)) == ["too_long"]


class TestInk:
    def test_only_the_drawer_draws_and_everybody_else_gets_it(self):
        table = drawing(Table("ada", "ben"))
        drawer, guesser, turn = table.drawer, guesser_of(table), table.game.state.turn_number
        assert errors(table.handle(Ink(guesser, ink(turn)))) == ["not_your_turn"]
        table.handle(Ink(drawer, ink(turn)))
        assert table.last(guesser, InkFrame).data == ink(turn).data
        assert not table.told(drawer, InkFrame)

    def test_ink_of_an_earlier_turn_is_dropped(self):
        table = drawing(Table("ada", "ben"))
        assert table.handle(Ink(table.drawer, ink(table.game.state.turn_number - 1))) == []

    def test_who_comes_late_gets_the_canvas(self):
        table = drawing(Table("ada", "ben"))
        turn = table.game.state.turn_number
        table.handle(Ink(table.drawer, ink(turn)))
        table.join("cleo")
        assert table.last("cleo", Welcome).word is None
        assert table.last("cleo", Welcome).turn.drawer_id == table.drawer
        assert table.last("cleo", InkFrame).data == ink(turn).data

    def test_who_comes_late_sees_the_clock_and_what_the_artist_is_about(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.now += 20
        table.join("cleo")
        turn = table.last("cleo", Welcome).turn
        assert (turn.remaining_ms, turn.seconds) == (60_000, 80)
        assert table.last("cleo", ArtistStatus) == ArtistStatus("drawing", 1)

    def test_the_artist_says_how_sure_it_is_before_its_first_stroke(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(ArtistStarted(1, 0.75))
        assert table.last("ada", ArtistStatus) == ArtistStatus("thinking", 0, 1.0)

    @pytest.mark.parametrize(("sureness", "told"), [(None, None), (0.0, 0.0), (0.29, 0.0), (0.3, 0.5), (0.69, 0.5), (0.7, 1.0), (1.0, 1.0)])
    def test_it_says_so_in_steps_for_the_number_would_tell_the_word(self, sureness, told):
        table = Table("ada", "ben")
        table.start()
        table.handle(ArtistStarted(1, sureness))
        assert table.last("ada", ArtistStatus).sureness == told

    def test_an_evolving_drawing_stays_as_many_strokes_as_it_has(self):
        table = Table("ada", "ben")
        table.start()
        for _ in range(3):
            table.handle(Ink(ARTIST_ID, ink(1)))
        assert table.last("ada", ArtistStatus) == ArtistStatus("drawing", 1)
        assert len(table.game.state.turn.canvas.operations) == 1

    def test_the_artists_next_word_is_chosen_when_its_turn_begins_and_drawn_then(self):
        table = Table("ada", "ben")
        ahead = [outcome.commission for outcome in table.start() if isinstance(outcome, PrepareDrawing)]
        assert len(ahead) == 1
        table.outcomes.clear()
        while not (drawn := [outcome.commission for outcome in table.outcomes if isinstance(outcome, StartDrawing)]):
            table.fire_next()
        assert drawn == ahead

    def test_nothing_is_drawn_ahead_for_a_game_that_is_over(self):
        table = Table("ada")
        table.start()
        while table.game.phase != "podium":
            table.outcomes.clear()
            table.fire_next()
        assert [outcome for outcome in table.outcomes if isinstance(outcome, PrepareDrawing)] == [PrepareDrawing(None)]

    def test_the_artists_pencil_rests_while_the_game_is_paused(self):
        table = Table("ada", "ben")
        table.start()
        assert HoldDrawing(True) in table.act("ada", Pause(True))
        assert HoldDrawing(False) in table.act("ada", Pause(False))

    def test_words_that_the_artist_cannot_draw_are_peoples(self):
        table = Table("ada", "ben", undrawable={f"a {word}" for word in WORDS[1:]})
        drawn = [outcome.commission.prompt for outcome in table.start() if isinstance(outcome, StartDrawing)]
        assert drawn == [f"a {WORDS[0]}"]

    def test_the_artist_failing_before_its_first_stroke_gives_the_turn_away(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(ArtistFailed(1))
        assert table.last("ada", TurnEnded).reason == "artist_failed"
        assert table.game.state.course == []
        table.fire_next()
        assert table.record_of(1).drawer_points == 0

    def test_the_artist_failing_later_leaves_what_it_drew(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.handle(ArtistFailed(1))
        assert table.game.phase == "drawing"

    def test_finishing_a_drawing_does_not_end_the_turn(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(ArtistFinished(1))
        assert table.game.phase == "drawing"
        assert table.last("ada", ArtistStatus).status == "finished"


class TestComingAndGoing:
    def test_a_drawer_who_leaves_ends_the_turn(self):
        table = drawing(Table("ada", "ben", "cleo"))
        other = next(person for person in ("ada", "ben") if person != table.drawer)
        table.act(table.drawer, LeaveRoom())
        assert table.last(other, TurnEnded).reason == "drawer_left"

    def test_one_who_leaves_with_the_word_unchosen_too_but_with_the_result_shown_nothing_ends_again(self):
        table = Table("ada", "ben", "cleo", human_turns_per_artist_turn=0)
        table.start()
        table.act("ada", LeaveRoom())
        assert (table.last("ben", TurnEnded).reason, table.last("ben", TurnEnded).word) == ("drawer_left", "")
        table.fire_until("choosing")
        table.choose("ben")
        table.say("cleo", table.word)
        before = table.count("cleo", TurnEnded)
        table.act("ben", LeaveRoom())
        assert table.count("cleo", TurnEnded) == before

    def test_a_seat_is_kept_with_its_score_for_one_who_comes_back(self):
        table = drawing(Table("ada", "ben", "cleo"))
        guesser = guesser_of(table)
        table.say(guesser, table.word)
        score = table.game.seats.players[guesser].score
        table.handle(Disconnect(guesser))
        table.join(guesser)
        assert table.game.seats.players[guesser].score == score > 0
        assert table.last(guesser, Welcome).word == table.word

    def test_a_seat_is_given_up_after_a_while(self):
        table = drawing(Table("ada", "ben", "cleo"))
        table.handle(Disconnect("cleo"))
        while "cleo" in table.game.seats.players:
            table.fire_next()
        assert table.game.phase in ("drawing", "result")

    def test_the_last_who_has_not_guessed_leaving_ends_the_turn(self):
        table = Table("ada", "ben", "cleo", human_turns_per_artist_turn=0)
        table.start()
        table.choose("ada")
        table.say("ben", table.word)
        table.act("cleo", LeaveRoom())
        assert table.last("ada", TurnEnded).reason == "all_guessed"

    def test_the_only_guesser_leaving_ends_the_turn(self):
        table = drawing(Table("ada", "ben"))
        drawer = table.drawer
        table.act(guesser_of(table), LeaveRoom())
        assert table.last(drawer, TurnEnded).reason == "not_enough_players"


class TestPodium:
    def test_game_is_kept_ranked_and_can_be_played_again(self):
        table = Table("ada", "ben", rounds=1)
        table.start()
        while table.game.phase != "podium":
            if table.game.phase == "drawing" and table.drawer == ARTIST_ID:
                table.say("ben", table.word)
            table.fire_next()
        podium = table.last("ada", GameEnded).podium
        assert [line.player_id for line in podium if line.rank == 1] == ["ben"]
        assert [type(outcome) for outcome in table.outcomes if isinstance(outcome, GameBegan | TurnRecord | GameRecord)] == [
            GameBegan, TurnRecord, TurnRecord, TurnRecord, GameRecord,
        ]  # fmt: skip
        assert table.of_kind(GameRecord) == [GameRecord(table.of_kind(GameBegan)[0].game_id, tuple(podium))]
        assert errors(table.act("ben", PlayAgain())) == ["not_host"]
        table.act("ada", PlayAgain())
        assert all(player.score == 0 for player in table.last("ben", BackToLobby).players)
        assert errors(table.start()) == []

    def test_turn_records_hold_the_drawing_and_the_guesses(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.now += 10
        table.say("ben", table.word)
        table.say("ada", table.word)
        table.fire_next()
        record = next(outcome for outcome in table.outcomes if isinstance(outcome, TurnRecord))
        assert record.ink == CURVE
        assert record.drawer_is_ai
        assert [(guess.player_id, guess.milliseconds) for guess in record.guesses] == [("ben", 10_000), ("ada", 10_000)]
        assert table.of_kind(CancelDrawing) == [CancelDrawing(1)]

    def test_turn_records_say_when_each_record_came_and_who_did_not_find_the_word(self):
        table = Table("ada", "ben", "cyd")
        table.start()
        table.now += 1.5
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.now += 2
        table.handle(Ink(ARTIST_ID, ink(1, encode_curve(2, (0, 0, 0, 255), 8, 0, [(1, 1), (2, 2), (3, 3), (4, 4)]))))
        table.say("ben", table.word)
        table.fire_until("result")
        table.fire_next()
        record = next(outcome for outcome in table.outcomes if isinstance(outcome, TurnRecord))
        assert record.times == (1500, 3500)
        assert sorted(guesser.nickname for guesser in record.missed) == ["Ada", "Cyd"]
        assert not record.is_own_word

    def test_a_pause_is_no_time_spent_drawing(self):
        table = Table("ada", "ben")
        table.start()
        table.act("ada", Pause(True))
        table.now += 60
        table.act("ada", Pause(False))
        table.now += 1
        table.handle(Ink(ARTIST_ID, ink(1)))
        assert table.turn.canvas.times == (1000,)

    def test_words_that_the_host_brought_are_told_apart(self):
        table = Table("ada", "ben")
        table.act("ada", SetWords("our dog\nhouse"))
        table.act("ada", ChangeSettings(custom_words_only=True, in_gallery=True))
        table.start()
        table.fire_until("podium")
        assert all(outcome.is_own_word for outcome in table.outcomes if isinstance(outcome, TurnRecord))
        began = next(outcome for outcome in table.outcomes if isinstance(outcome, GameBegan))
        assert (began.in_gallery, began.host_id, began.language, began.mode) == (True, "ada", "en", "normal")

    def test_each_drawing_has_a_key_of_its_own_that_does_not_tell_the_game(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.fire_until("podium")
        records = [outcome for outcome in table.outcomes if isinstance(outcome, TurnRecord)]
        keys = [drawing.key for drawing in table.last("ada", GameEnded).drawings]
        assert len(keys) >= 1
        assert set(keys) <= {record.key for record in records}
        assert len({record.key for record in records}) == len(records)
        assert not any(record.game_id in record.key or len(record.key) != 16 for record in records)

    def test_undone_ink_is_not_kept(self):
        table = Table("ada", "ben")
        table.start()
        table.handle(Ink(ARTIST_ID, ink(1)))
        table.handle(Ink(ARTIST_ID, ink(1, encode_clear() + bytes([5, 5]))))
        assert table.turn.canvas.ink == b""


def test_the_same_seed_plays_the_same_game():
    def words(seed: int) -> list[str]:
        table = Table("ada", "ben", seed=seed)
        table.start()
        table.fire_until("podium")
        return [outcome.word for outcome in table.outcomes if isinstance(outcome, TurnRecord)]

    assert words(1) == words(1)
    assert words(1) != words(2)
