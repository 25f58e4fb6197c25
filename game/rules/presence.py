"""Who comes and who goes, and what follows from it for the rest of the game."""

from typing import Final

from game.protocol.server_messages import LeaveReason
from game.rules.commands import Join
from game.rules.effects import Dismiss, HoldDrawing
from game.rules.lobby import Lobby
from game.rules.outbox import Outbox
from game.rules.pauses import Pauses
from game.rules.players import Player
from game.rules.polls import Polls
from game.rules.reception import Reception
from game.rules.rounds import Rounds
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.turns import Turns

GONE_SECONDS: Final = 5.0
"""After these one whose connection went away is not waited for with a guess."""
NOBODY_BACK_SECONDS: Final = 600.0
"""How long a game waits, after its server was away, for the first of its people;"""
OTHERS_BACK_SECONDS: Final = 15.0
"""and when somebody is back, for the others: pages try again every 10 s at least."""


class Presence:
    """Seats are `Seats`'s; this tells the other parts that somebody is there, is away, or has gone."""

    def __init__(
        self,
        state: GameState,
        outbox: Outbox,
        seats: Seats,
        lobby: Lobby,
        rounds: Rounds,
        turns: Turns,
        polls: Polls,
        pauses: Pauses,
        reception: Reception,
    ) -> None:
        self._state, self._outbox, self._seats, self._lobby, self._rounds, self._turns = state, outbox, seats, lobby, rounds, turns
        self._polls, self._pauses, self._reception = polls, pauses, reception

    def join(self, join: Join, now: float) -> None:
        """Let somebody in, or back. Raises Refused."""
        player = self._seats.take(join)
        self._turns.connection_changed(player, now)
        self._reception.welcome(player, join, now)
        self._is_back(player.id, now)

    def disconnect(self, player_id: str, now: float) -> None:
        """Go on without one whose connection went away, and who may come back."""
        player = self._seats.players.get(player_id)
        if player is not None and player.connected:
            self._seats.disconnect(player, now)
            self._turns.connection_changed(player, now)
            self._outbox.set_timer("gone", now + GONE_SECONDS)
            self._go_on_with_the_rest(now)

    def leave(self, player: Player, reason: LeaveReason, now: float) -> None:
        """Go on without one who gives up the seat."""
        self._seats.leave(player, reason, now)
        self._is_back(player.id, now)  # for nobody waits for them any more
        self._turns.left(player, now)
        self._polls.left(player)
        self._go_on_with_the_rest(now)

    def send_away(self, player: Player, now: float, *, ban: bool) -> None:
        """Have one leave who does not want to."""
        if ban:
            self._state.banned.add(player.id)
        self.leave(player, "banned" if ban else "kicked", now)
        self._outbox.do(Dismiss(player.id, "banned" if ban else "kicked"))

    def _go_on_with_the_rest(self, now: float) -> None:
        """They may have waited for nobody else."""
        self._lobby.start_if_all_ready(now)
        self.carry_out_vote(now)

    def carry_out_vote(self, now: float) -> None:
        """Do what has been voted for, if it has been: with a vote, or because others have gone."""
        vote = self._polls.passed()
        if vote is not None and vote.kind == "kick":
            self.send_away(self._seats.other(vote.player_id), now, ban=True)
        elif vote is not None and self._state.is_playing and (vote.kind == "pause") != self._state.clock.is_paused:
            self._pauses.change(now, paused=vote.kind == "pause")

    # --- after an outage

    def reopen(self, now: float) -> None:
        """Let the clock stand still until those who were here are back, or have had their time; the AI players go on from where they were."""
        state = self._state
        state.awaited = {player.id for player in self._seats.people if player.connected}
        if state.awaited:
            if state.is_playing and not state.clock.is_paused:
                self._pauses.pause(now)
                state.stopped_by_outage = True
            self._outbox.set_timer("awaited", now + NOBODY_BACK_SECONDS)
        self._outbox.rearm()
        self._reception.seat_guessers(now)
        self._rounds.go_on_after_outage(now)
        if state.clock.is_paused:
            self._outbox.do(HoldDrawing(True))

    def stop_waiting(self, now: float) -> None:
        """Go on; who is not back is one whose connection went away."""
        late, self._state.awaited = sorted(self._state.awaited), set()
        self._outbox.cancel_timer("awaited")
        if self._state.stopped_by_outage:
            self._pauses.resume(now)
        for player_id in late:
            self.disconnect(player_id, now)

    def _is_back(self, player_id: str, now: float) -> None:
        awaited = self._state.awaited
        if player_id in awaited:
            awaited.discard(player_id)
            if awaited:
                self._outbox.set_timer("awaited", now + OTHERS_BACK_SECONDS)
            else:
                self.stop_waiting(now)
