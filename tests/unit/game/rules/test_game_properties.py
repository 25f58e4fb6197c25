"""Whatever happens in whatever order, these hold."""

from fractions import Fraction

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from game.protocol.client_messages import (
    Become,
    CastVote,
    ChangeSettings,
    ChooseWord,
    Kick,
    LeaveRoom,
    Pause,
    PlayAgain,
    Rate,
    React,
    Ready,
    Report,
    Say,
    SetAvatar,
    SetWords,
    StartGame,
)
from game.protocol.ink import InkFrame, decode_frame, encode_curve, encode_frame
from game.protocol.server_messages import ErrorMessage
from game.protocol.turn_messages import Guessed, SecretWord, TurnChoosing, TurnEnded, TurnStarted
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistStarted, Disconnect, Ink, TimerFired
from game.rules.effects import Event, TurnRecord
from game.rules.game import Game
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import URL, Table

NONCE = ("qzorblax", "wumpfish", "kreevolt", "blintoggle")
CUSTOM = ("snerkwave", "plimfrost")
NAMES = ("ada", "ben", "cleo", "dan")
people = st.sampled_from(NAMES)
CURVE = encode_curve(1, (0, 0, 0, 255), 8, 500, [(100, 100), (200, 100), (200, 200), (100, 200)])
BAD_INK = b"\x02\x09\x00\x01\x32\x00\x3c\x00"
RECORDS = (CURVE, b"\x05", b"\x06", b"\x08", BAD_INK)

changes = st.fixed_dictionaries(
    {},
    optional={
        "rounds": st.integers(0, 3),
        "draw_seconds": st.integers(10, 100),
        "max_players": st.integers(1, 4),
        "choices": st.integers(0, 5),
        "hints": st.integers(0, 5),
        "human_turns_per_artist_turn": st.integers(0, 2),
        "slow_mode_seconds": st.integers(0, 3),
        "word_mode": st.sampled_from(["normal", "hidden", "combination"]),
        "scoring": st.sampled_from(["speed", "relaxed", "rank"]),
        "custom_words_only": st.booleans(),
        "password": st.sampled_from(["", "sesame"]),
    },
)
messages = (
    st.sampled_from([StartGame(), StartGame(), PlayAgain(), LeaveRoom(), Ready(True), Ready(True), Ready(False), Pause(True), Pause(False)])
    | st.integers(-1, 5).map(ChooseWord)
    | st.sampled_from(["hello", "hm", "", "hello there"]).map(Say)
    | st.integers(-1, 6).map(React)
    | st.sampled_from([-1, 0, 1]).map(Rate)
    | st.sampled_from(["player", "spectator"]).map(Become)
    | st.builds(CastVote, st.sampled_from(["kick", "pause", "resume"]), st.sampled_from(["", *NAMES, ARTIST_ID]))
    | st.builds(Kick, st.sampled_from([*NAMES, ARTIST_ID]), st.booleans())
    | st.builds(Report, people, st.sampled_from(["", "rude"]))
    | st.sampled_from(["", "aAABB", "junk"]).map(SetAvatar)
    | st.sampled_from(["", ",".join(CUSTOM), ", ,x" * 3]).map(SetWords)
    | changes.map(lambda change: ChangeSettings(**change))
)


def assert_same(one, other):
    """Not by their bytes: sets have no order."""
    assert one.state == other.state


class AnyOrder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.table = Table(words=NONCE, rounds=2, max_players=3)
        self.commands = []
        self.table.game.handle = self.remembering(self.table.game.handle)
        self.seen = 0
        self.phase = "lobby"

    def remembering(self, handle):
        """Every command, to be replayed; and the room's state and versions checked around it."""

        def wrapper(command, now):
            self.commands.append((command, now))
            return handle(command, now)

        return wrapper

    @property
    def game(self):
        return self.table.game

    @property
    def state(self):
        return self.table.game.state

    @rule(person=people, role=st.sampled_from(["player", "player", "spectator"]), password=st.sampled_from(["", "sesame"]), resumes=st.booleans())
    def join(self, person, role, password, resumes):
        self.table.join(person, role=role, password=password, resumes=resumes and person in self.game.seats.players)

    @rule(person=people)
    def disconnect(self, person):
        self.table.handle(Disconnect(person))

    @rule(person=people, message=messages)
    def act(self, person, message):
        self.table.act(person, message)

    @rule(message=st.sampled_from([StartGame(), PlayAgain(), Pause(True), Pause(False)]))
    def host_acts(self, message):
        if self.game.seats.host_id:
            self.table.act(self.game.seats.host_id, message)

    @precondition(lambda self: self.game.phase == "drawing")
    @rule(person=people)
    def guess_right(self, person):
        self.table.say(person, self.table.word)

    @precondition(lambda self: self.game.phase == "drawing")
    @rule(person=people)
    def guess_nearly(self, person):
        self.table.say(person, self.table.word[:-1])

    @rule(person=people | st.just(ARTIST_ID), late=st.integers(-1, 0), records=st.sampled_from(RECORDS))
    def ink(self, person, late, records):
        self.table.handle(Ink(person, decode_frame(encode_frame(max(0, self.state.turn_number + late), records))))

    @precondition(lambda self: self.game.phase == "drawing")
    @rule(records=st.sampled_from(RECORDS))
    def drawer_draws(self, records):
        self.table.handle(Ink(self.table.drawer, decode_frame(encode_frame(self.state.turn_number, records))))

    @rule(report=st.sampled_from([ArtistFailed, ArtistFinished, ArtistStarted]))
    def artist(self, report):
        self.table.handle(report(self.state.turn_number))

    @precondition(lambda self: self.table.timers)
    @rule()
    def time_passes(self):
        self.table.fire_next()

    @rule(seconds=st.floats(0.01, 30))
    def a_while_passes(self, seconds):
        self.table.wait(seconds)

    @rule(serial=st.integers(0, 50), name=st.sampled_from(["turn", "hint", "choose", "result", "idle", "vote", "seat:ada"]))
    def a_stale_timer_fires(self, name, serial):
        armed = self.state.timers.armed.get(name)
        if armed is None or armed.serial != serial:
            assert self.table.handle(TimerFired(name, serial)) == []

    @rule()
    def the_server_restarts(self):
        thawed = Game.thaw(self.game.freeze(), URL, self.table.vocabulary, censor=self.game._talk._censor)
        assert_same(thawed, self.game)
        thawed.handle = self.remembering(thawed.handle)
        self.table.game = thawed

    @invariant()
    def nobody_hears_a_secret(self):
        """No message to one who does not know the word of the turn has it, and no error goes to anybody but its maker."""
        new, self.seen = self.table.outcomes[self.seen :], len(self.table.outcomes)
        ended = {outcome.message.word for outcome in new if isinstance(outcome, Event) and isinstance(outcome.message, TurnEnded)}
        turn = self.state.turn
        if turn is None or self.game.phase != "drawing" or turn.text in ended:
            return
        # Several timers may have fired since: the choices of a turn before may have held this one's word.
        begun = [
            number for number, outcome in enumerate(new) if isinstance(outcome, Event) and isinstance(outcome.message, TurnStarted | TurnChoosing)
        ]
        for outcome in new[begun[-1] if begun else 0 :]:
            if not isinstance(outcome, Event) or isinstance(outcome.message, InkFrame):
                continue
            audience = set(self.game.seats.players) if outcome.audience is None else outcome.audience
            if isinstance(outcome.message, ErrorMessage):
                assert len(audience) == 1
            whisper = getattr(outcome.message, "whisper", False)
            if any(not turn.knows_word(person) and not whisper for person in audience & set(self.game.seats.players)):
                assert turn.text.encode() not in msgspec.json.encode(outcome.message)
            if isinstance(outcome.message, SecretWord):
                assert all(turn.knows_word(person) for person in audience)

    @invariant()
    def whispers_are_for_those_who_know_and_those_who_watch(self):
        turn = self.state.turn
        for outcome in self.table.outcomes[-5:]:
            if turn and self.game.phase == "drawing" and isinstance(outcome, Event) and getattr(outcome.message, "whisper", False):
                for person in outcome.audience & set(self.game.seats.players):
                    # One who heard it while watching may have come back to play since.
                    knows = turn.knows_word(person) or person in turn.heard
                    assert knows or not self.game.seats.players[person].plays or self.turn_changed_since(outcome)

    def turn_changed_since(self, outcome):
        later = self.table.outcomes[self.table.outcomes.index(outcome) :]
        return any(isinstance(each, Event) and isinstance(each.message, TurnStarted | TurnChoosing) for each in later)

    @invariant()
    def seats_are_within_bounds(self):
        assert ARTIST_ID in self.game.seats.players
        assert not self.game.seats.host_id or self.game.seats.host_id in self.game.seats.players
        assert self.game.seats.host_id or not any(person.connected for person in self.game.seats.people)
        assert not self.state.banned & self.game.seats.players.keys()
        colours = [player.colour for player in self.game.seats.people]
        assert len(set(colours)) == len(colours)

    @invariant()
    def exactly_one_draws(self):
        playing = self.game.phase in ("choosing", "drawing", "result")
        assert (self.state.turn is not None) == playing
        if self.game.phase in ("choosing", "drawing"):
            assert self.table.drawer in self.game.seats.players
            assert self.table.drawer not in self.state.turn.guesses

    @invariant()
    def scores_are_never_negative(self):
        assert all(player.score >= 0 for player in self.game.seats.players.values())

    @invariant()
    def time_always_moves_a_game_on(self):
        """Every turn ends: unless the game is paused, some timer of its course is armed, in the game's table and in the world."""
        if self.game.phase in ("choosing", "drawing", "result"):
            timer = {"choosing": "choose", "drawing": "turn", "result": "result"}[self.game.phase]
            assert timer in self.state.timers.armed
            assert self.state.clock.is_paused or timer in self.table.timers
        else:
            assert not self.table.timers.keys() & {"choose", "turn", "result", "hint", "idle", "idle_warning", "drawer_away"}

    @invariant()
    def the_world_has_the_timers_that_the_game_knows(self):
        running = {name: timer.serial for name, timer in self.state.timers.armed.items() if not (timer.on_game_clock and self.state.clock.is_paused)}
        assert {name: timer.serial for name, timer in self.table.timers.items()} == running

    @invariant()
    def a_guess_counts_once_and_points_are_as_documented(self):
        for record in (outcome for outcome in self.table.outcomes if isinstance(outcome, TurnRecord)):
            guessers = [guess.player_id for guess in record.guesses]
            assert len(set(guessers)) == len(guessers)
            assert record.drawer_id not in guessers
            assert record.drawer_points <= Fraction(3, 4) * max((guess.points for guess in record.guesses), default=0)
        announced = [outcome.message for outcome in self.table.outcomes if isinstance(outcome, Event) and isinstance(outcome.message, Guessed)]
        assert all(50 <= guess.gained <= 350 for guess in announced)
        for turn in [self.state.turn] if self.state.turn else []:
            for place, guess in enumerate(turn.guesses.values()):
                total = round(turn.seconds * 1000)
                speed = 50 + 250 * (total - guess.milliseconds) // total + (50, 30, 10, 0)[min(place, 3)]
                assert guess.points == {"speed": speed, "relaxed": 100, "rank": max(60, 300 - 30 * place)}[self.game.settings.scoring]

    @invariant()
    def the_drawer_earns_as_documented(self):
        """Checked at the moment at which a turn has ended, when those who could guess are still the same."""
        before, self.phase = self.phase, self.game.phase
        turn = self.state.turn
        if self.phase == "result" and before != "result" and turn.word and turn.outcome[0] != "artist_failed":
            people = [person for person in self.game.seats.present if person != turn.drawer_id and person not in turn.heard]
            earned = [turn.guesses[person].points if person in turn.guesses else 0 for person in people]
            assert turn.outcome[2] == (3 * sum(earned) // (4 * len(earned)) if earned else 0)

    def teardown(self):
        """The same commands with the same seed give the same state, told the same things."""
        again = Table(words=NONCE, rounds=2, max_players=3)
        outcomes = [outcome for command, now in self.commands for outcome in again.game.handle(command, now)]
        assert outcomes == self.table.outcomes
        assert_same(again.game, self.game)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=100, stateful_step_count=100, deadline=None)
