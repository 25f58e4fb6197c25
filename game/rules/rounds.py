"""The course of a game, from its start through its rounds to its podium."""

from hashlib import blake2b
from typing import Final

from game.protocol.turn_messages import GameEnded, GameStarted
from game.rules import highlights
from game.rules.commissions import Commissions
from game.rules.daily import DailySource
from game.rules.effects import GameRecord, PrepareDrawing
from game.rules.match import Match
from game.rules.outbox import Outbox
from game.rules.players import ARTIST_ID
from game.rules.records import beginning_of, records_of
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.turn import Turn
from game.rules.turn_order import TurnOrder
from game.rules.turns import CHOOSE_SECONDS, Turns

ARTIST_WINS: Final = 0.4
"""How often the coin of an imitation falls for the artist: with a half there are evenings on which it never stops."""


class Rounds:
    """Says who draws next; how a turn goes is `Turns`'s."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, turns: Turns, commissions: Commissions, daily: DailySource) -> None:
        self._state, self._outbox, self._seats, self._turns = state, outbox, seats, turns
        self._commissions, self._daily = commissions, daily

    @property
    def obstacle(self) -> str:
        """Why no game can begin now; empty if one can."""
        if not self._seats.present:
            return "Everybody only watches: somebody has to play."
        if len(self._seats.present) < self._state.mode.least_people:
            return "This game takes two people at least: invite somebody, or choose another."
        if len(self._seats.machines) < self._state.mode.least_guessers:
            return "There is nobody to play against: let one AI guesser sit down at least."
        return ""

    def start_game(self, now: float) -> None:
        """Set all scores to 0 and begin. Raises Refused if there is an obstacle."""
        if self.obstacle:
            raise Refused("not_now", self.obstacle)
        state, mode = self._state, self._state.mode
        state.daily = self._daily(state.settings.language) if state.settings.game_mode == "daily" else None
        for player in self._seats.players.values():
            player.score, player.ready = 0, False
        # The room's code is in it: games of the same seed in other rooms have other ids.
        state.game_id = blake2b(f"{state.code} {state.chance.roll().getrandbits(128)}".encode(), digest_size=16).hexdigest()
        rounds = len(state.daily.words) if state.daily else state.settings.rounds
        state.order = TurnOrder(rounds, state.settings.human_turns_per_artist_turn, mode.artist)
        state.match = Match()
        state.course.clear()
        state.turn, state.turn_number, state.fastest = None, 0, None
        state.used_words.clear()
        state.artist_next = None
        state.drawings.clear()
        state.highlights.clear()
        state.podium.clear()
        self._outbox.do(beginning_of(state))
        self._outbox.tell(GameStarted(state.game_id, rounds, self._seats.views))
        self.next_turn(now)

    def prepare_daily(self) -> None:
        """In the lobby of a daily game: begin early."""
        settings = self._state.settings
        if settings.game_mode == "daily" and self._state.phase == "lobby" and (daily := self._daily(settings.language)).words:
            self._commissions.prepare_daily(daily)

    def go_on_after_outage(self, now: float) -> None:
        """Have the artist take up what it was at; the timers are the outbox's to set again."""
        if self._state.is_playing:
            self._commissions.take_up(self._state.turn, self._state.clock.time(now))
        else:
            self.prepare_daily()

    def next_turn(self, now: float) -> None:
        """Go on to the next drawer, or to the podium."""
        state, mode = self._state, self._state.mode
        played = frozenset(player.id for player in self._seats.playing)
        self._seats.change_roles()
        # Who has just lost the connection has a turn all the same, which is given away if they stay away.
        drawer_id = state.order.next_drawer([player.id for player in self._seats.playing], lambda: state.chance.roll().random() < ARTIST_WINS)
        if drawer_id is None:
            self._end_game(played)
            return
        # A duel has two drawings, each with its number.
        state.turn_number += len(state.turn.canvases) if state.turn else 1
        drawer = self._seats.players[drawer_id]
        turn = Turn(
            state.turn_number,
            state.order.round,
            drawer.id,
            drawer.nickname,
            drawer.is_ai,
            (self._commissions.next_word(),) if drawer.is_ai else self._commissions.offered(),
            state.clock.time(now) + CHOOSE_SECONDS,
            CHOOSE_SECONDS,
            hands=[drawer.id, ARTIST_ID] if mode.artist == "beside" and not drawer.is_ai else [drawer.id],
            is_open=mode.is_open,
            most_strokes=0 if drawer.is_ai and not mode.is_open else mode.most_strokes,
        )
        self._turns.begin(turn, drawer, now)

    def keep_turn(self) -> None:
        """Give the turn whose result was shown to the store, thumbs and all."""
        turn = self._state.turn
        if turn is not None and self._state.phase == "result":
            for record in records_of(self._state, turn):
                self._outbox.do(record)
            highlights.note_ratings(self._state, turn)

    def _end_game(self, played: frozenset[str]) -> None:
        state = self._state
        state.phase, state.turn = "podium", None
        played |= {drawing.drawer_id for drawing in state.drawings}
        state.podium[:] = highlights.podium(self._seats.players.values(), played)
        state.highlights[:] = highlights.of(state)
        self._outbox.do(PrepareDrawing(None))  # the machine has other rooms to draw for
        self._outbox.do(GameRecord(state.game_id, tuple(state.podium)))
        day = state.daily.day if state.daily else ""
        ended = GameEnded(list(state.podium), list(state.highlights), list(state.drawings), state.match_view, list(state.course), day)
        self._outbox.tell(ended)
