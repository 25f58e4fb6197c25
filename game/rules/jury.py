"""Hears what guessers say about whose hand it is."""

from game.protocol.client_messages import Hand
from game.protocol.turn_messages import Judged
from game.rules.judgements import Judgement, duel_points, right_points
from game.rules.outbox import Outbox
from game.rules.players import Player
from game.rules.refusal import Refused
from game.rules.state import GameState
from game.rules.turn import Turn
from game.rules.turns import Turns


class Jury:
    """One judgement of each guesser a turn, which stands."""

    def __init__(self, state: GameState, outbox: Outbox, turns: Turns) -> None:
        self._state, self._outbox, self._turns = state, outbox, turns

    def judge(self, player: Player, hand: Hand, now: float) -> None:
        """Take a judgement. Raises Refused."""
        turn, state = self._state.turn, self._state
        if turn is None or state.phase not in ("drawing", "result") or not (turn.is_open or turn.rival_id):
            raise Refused("not_now", "There is no hand to be told now.")
        if player.id in turn.judgements:
            raise Refused("not_now", "You have said so already, and it stands.")
        if turn.is_open:
            self._imitation(turn, player, hand, now)
        else:
            self._duel(turn, player, hand)

    def _imitation(self, turn: Turn, player: Player, hand: Hand, now: float) -> None:
        if self._state.phase != "drawing" or self._state.clock.is_paused:
            raise Refused("not_now", "A hand is judged while it draws.")
        if not player.plays or player.id == turn.drawer_id:
            raise Refused("not_your_turn", "Those who draw or only watch do not judge.")
        points = right_points(turn.remaining_ms(self._state.clock.time(now)), round(1000 * turn.seconds)) if hand == turn.hand else 0
        turn.judgements[player.id] = Judgement(hand, points)
        self._outbox.tell(Judged(player.id, hand), frozenset({player.id}))
        self._turns.end_if_all_guessed(now)

    def _duel(self, turn: Turn, player: Player, hand: Hand) -> None:
        if player.is_ai or player.id not in turn.guesses:
            raise Refused("not_now", "First guess the word, then say which drawing gave it away.")
        drawer_id = turn.rival_id if hand == "machine" else turn.drawer_id
        points = duel_points(turn.guesses[player.id].points, turn.guessers or len(self._turns.guessers))
        turn.judgements[player.id] = Judgement(hand)
        self._turns.gain(turn, drawer_id, points)
        self._state.match.add_pick(hand)
        self._outbox.tell(Judged(player.id, hand, drawer_id, points))
