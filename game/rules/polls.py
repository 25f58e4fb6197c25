"""How votes are opened, joined and closed."""

from game.protocol.client_messages import CastVote, VoteKind
from game.protocol.server_messages import VoteChanged, VoteEnded
from game.rules.outbox import Outbox
from game.rules.players import Player
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.votes import COOLDOWN_SECONDS, VOTE_SECONDS, Vote


class Polls:
    """One vote at a time. A person is sent away by the others' majority; the host is immune, AI players are the host's to remove."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats) -> None:
        self._state, self._outbox, self._seats = state, outbox, seats

    def cast(self, player: Player, message: CastVote, now: float) -> None:
        """Open a vote or join it. Raises Refused."""
        if not player.plays:
            raise Refused("not_now", "Those who only watch have no vote.")
        vote = self._state.vote
        if vote is None:
            vote = self._opened(player, message, now)
        elif (vote.kind, vote.player_id) != (message.kind, message.player_id):
            raise Refused("not_now", "Another vote is under way; wait for its end.")
        elif player.id in vote.voters:
            raise Refused("not_now", "You have voted already.")
        vote.voters.append(player.id)
        self._outbox.tell(VoteChanged(vote.view(now, self._seats.present)))

    def passed(self) -> Vote | None:
        """Return the vote in hand if it has passed; it is over then."""
        vote = self._state.vote
        if vote is None or not vote.has_passed(self._seats.present):
            return None
        self._close(vote, passed=True)
        return vote

    def settled(self, *kinds: VoteKind) -> None:
        """Forget a vote of these kinds: what it was about has been decided otherwise."""
        if self._state.vote is not None and self._state.vote.kind in kinds:
            self._close(self._state.vote, passed=False)

    def _opened(self, player: Player, message: CastVote, now: float) -> Vote:
        if now < player.may_call_votes_at:
            raise Refused("vote_cooldown", f"Your last vote failed: you can call another in {player.may_call_votes_at - now:.0f} seconds.")
        if message.kind == "kick":
            other = self._seats.other(message.player_id)
            if other.id == self._seats.host_id:
                raise Refused("bad_field", "The host cannot be voted away.")
            if other.is_ai:
                raise Refused("bad_field", "The host alone can send AI players away.")
            if other is player:
                raise Refused("bad_field", "To go, leave the room: no vote is needed.")
        elif message.player_id:
            raise Refused("bad_field", "player_id is for votes to kick.")
        vote = Vote(message.kind, message.player_id, player.id, now + VOTE_SECONDS)
        self._state.vote = vote
        self._outbox.set_timer("vote", vote.ends)
        return vote

    def left(self, player: Player) -> None:
        """Forget a vote about one who has gone, or who is the host now that another has."""
        vote = self._state.vote
        if vote is not None and vote.kind == "kick" and vote.player_id in (player.id, self._seats.host_id):
            self._close(vote, passed=False)

    def lapsed(self, now: float) -> None:
        """The time for the vote is up; who called it has to wait before the next."""
        vote = self._state.vote
        if vote is not None:
            caller = self._seats.players.get(vote.opened_by)
            if caller is not None:
                caller.may_call_votes_at = now + COOLDOWN_SECONDS
            self._close(vote, passed=False)

    def _close(self, vote: Vote, *, passed: bool) -> None:
        self._state.vote = None
        self._outbox.cancel_timer("vote")
        self._outbox.tell(VoteEnded(vote.kind, vote.player_id, passed))
