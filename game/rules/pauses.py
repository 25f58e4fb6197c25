"""How the game's clock is stopped, and goes on."""

from game.protocol.server_messages import GoesOn, Paused
from game.rules.easel import Easel
from game.rules.effects import HoldDrawing
from game.rules.outbox import Outbox
from game.rules.polls import Polls
from game.rules.refusal import Refused
from game.rules.state import GameState


class Pauses:
    """By the host, by a vote, or because the server was away: who may is for others to say."""

    def __init__(self, state: GameState, outbox: Outbox, polls: Polls, easel: Easel) -> None:
        self._state, self._outbox, self._polls, self._easel = state, outbox, polls, easel

    def require_change(self, *, paused: bool) -> None:
        """Raise Refused unless there is a game, and `paused` would change it."""
        if not self._state.is_playing:
            raise Refused("not_now", "There is no game to pause.")
        if paused == self._state.clock.is_paused:
            raise Refused("not_now", "The game is paused already." if paused else "The game is not paused.")

    def pause(self, now: float) -> None:
        """Stop the clock, and the artist's pencil."""
        self._settle()
        self._outbox.do(HoldDrawing(True))
        self._outbox.pause(now)
        self._outbox.tell(Paused())

    def resume(self, now: float) -> None:
        """Let both go on; what the artist drew meanwhile is shown."""
        self._settle()
        self._outbox.do(HoldDrawing(False))
        self._outbox.resume(now)
        turn = self._state.turn
        self._outbox.tell(GoesOn(turn.remaining_ms(self._state.clock.time(now)) if turn else 0))
        self._easel.go_on(now)

    def change(self, now: float, *, paused: bool) -> None:
        """Pause, or resume."""
        if paused:
            self.pause(now)
        else:
            self.resume(now)

    def _settle(self) -> None:
        self._state.stopped_by_outage = False
        self._polls.settled("pause", "resume")
