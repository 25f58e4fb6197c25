"""Votes of those who are here: to send somebody away, to pause the game, to let it go on."""

from dataclasses import dataclass, field
from typing import Final

from game.protocol.client_messages import VoteKind
from game.protocol.views import VoteView

VOTE_SECONDS: Final = 30.0
"""After these a vote that has not passed has failed."""
COOLDOWN_SECONDS: Final = 60.0
"""Until one whose vote failed may call the next."""


@dataclass(slots=True)
class Vote:
    """A vote in hand. `ends` is on the world's clock."""

    kind: VoteKind
    player_id: str
    opened_by: str
    ends: float
    voters: list[str] = field(default_factory=list)

    def view(self, now: float, present: list[str]) -> VoteView:
        """Return it as everybody sees it."""
        return VoteView(self.kind, self.player_id, list(self.voters), self.needed(present), max(0, round(1000 * (self.ends - now))))

    def has_passed(self, present: list[str]) -> bool:
        """Whether more than half of the players who are here are for it."""
        return sum(voter in present for voter in self.voters) >= self.needed(present)

    def needed(self, present: list[str]) -> int:
        """How many votes it takes. Nobody is sent away by one alone, however few are here."""
        majority = len(present) // 2 + 1
        return max(2, majority) if self.kind == "kick" else majority
