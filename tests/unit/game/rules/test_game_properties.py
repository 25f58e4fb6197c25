"""Whatever happens in whatever order, these hold."""

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from game.protocol.client_messages import ChangeSettings, ChooseWord, LeaveRoom, PlayAgain, Say, StartGame
from game.protocol.ink import InkFrame, decode_frame, encode_curve, encode_frame
from game.protocol.server_messages import ErrorMessage, Guessed, TurnEnded
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistRestarted, Disconnect, Ink
from game.rules.effects import Event, TurnRecord
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import Table

NONCE = ("qzorblax", "wumpfish", "kreevolt", "blintoggle")
people = st.sampled_from(["ada", "ben", "cleo", "dan"])
CURVE = encode_curve(1, (0, 0, 0, 255), 8, 500, [(100, 100), (200, 100), (200, 200), (100, 200)])


class AnyOrder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.table = Table(words=NONCE, rounds=2, max_players=3)
        self.seen = 0

    @property
    def game(self):
        return self.table.game

    @rule(person=people)
    def join(self, person):
        self.table.join(person)

    @rule(person=people)
    def disconnect(self, person):
        self.table.handle(Disconnect(person))

    @rule(
        person=people,
        message=st.sampled_from([StartGame(), StartGame(), PlayAgain(), LeaveRoom(), ChangeSettings(rounds=1), ChangeSettings(hints=5)])
        | st.integers(-1, 4).map(ChooseWord)
        | st.sampled_from(["hello", "hm", ""]).map(Say),
    )
    def act(self, person, message):
        self.table.act(person, message)

    @precondition(lambda self: self.game.phase == "drawing")
    @rule(person=people)
    def guess_right(self, person):
        self.table.say(person, self.table.word)

    @rule(person=people | st.just(ARTIST_ID), late=st.integers(-1, 0))
    def ink(self, person, late):
        turn = max(0, self.game._turn_number + late)
        self.table.handle(Ink(person, decode_frame(encode_frame(turn, CURVE))))

    @rule(report=st.sampled_from([ArtistFailed, ArtistFinished, ArtistRestarted]))
    def artist(self, report):
        self.table.handle(report(self.game._turn_number))

    @precondition(lambda self: self.table.timers)
    @rule()
    def time_passes(self):
        self.table.fire_next()

    @invariant()
    def nobody_hears_a_secret(self):
        """No message to one who does not know the word of the turn has it, and no error goes to anybody but its maker."""
        new, self.seen = self.table.outcomes[self.seen :], len(self.table.outcomes)
        ended = {outcome.message.word for outcome in new if isinstance(outcome, Event) and isinstance(outcome.message, TurnEnded)}
        turn = self.game._turn
        if turn is None or self.game.phase != "drawing" or turn.word in ended:
            return
        for outcome in new:
            if not isinstance(outcome, Event) or isinstance(outcome.message, InkFrame):
                continue
            audience = set(self.game.seats.players) if outcome.audience is None else outcome.audience
            if isinstance(outcome.message, ErrorMessage):
                assert len(audience) == 1
            if any(not turn.knows_word(person) for person in audience & set(self.game.seats.players)):
                assert turn.word.encode() not in msgspec.json.encode(outcome.message)

    @invariant()
    def seats_are_within_bounds(self):
        assert len(self.game.seats.people) <= self.game.settings.max_players
        assert ARTIST_ID in self.game.seats.players
        assert not self.game.seats.host_id or self.game.seats.host_id in self.game.seats.players

    @invariant()
    def scores_are_never_negative(self):
        if self.game.phase in ("drawing", "result"):
            assert all(player.score >= 0 for player in self.game.seats.players.values())

    @invariant()
    def time_always_moves_a_game_on(self):
        if self.game.phase in ("choosing", "drawing", "result"):
            assert {"choose", "turn", "result"} & self.table.timers.keys()

    @invariant()
    def a_guess_counts_once(self):
        for record in (outcome for outcome in self.table.outcomes if isinstance(outcome, TurnRecord)):
            guessers = [guess.player_id for guess in record.guesses]
            assert len(set(guessers)) == len(guessers)
            assert record.drawer_id not in guessers
        announced = [outcome.message for outcome in self.table.outcomes if isinstance(outcome, Event) and isinstance(outcome.message, Guessed)]
        assert all(guess.gained > 0 for guess in announced)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
