"""Who draws next."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.rules.players import ARTIST_ID


@dataclass(slots=True)
class TurnOrder:
    """Rounds in which each person draws once, with the AI artist opening each group of people's turns.

    The artist draws once before every `human_turns_per_artist_turn` turns of people (0: never). When fewer than two
    people are there, it draws every turn, and each is a round.
    """

    rounds: int
    human_turns_per_artist_turn: int
    round: int = 0
    waiting: list[str] = field(default_factory=list)
    """Who has yet to draw in this round."""
    human_turns_due: int = 0
    """People's turns until the artist is due again."""

    def may_come_to_artist(self, people: int) -> bool:
        """Whether the artist may have another turn, as far as is known, with so many people."""
        goes_on = self.round < self.rounds or bool(self.waiting)
        return goes_on and (self.human_turns_per_artist_turn > 0 or people < 2)

    def next_drawer(self, people: Sequence[str]) -> str | None:
        """Return the id of who draws next among the `people` who are there, in seating order; None at the game's end."""
        self.waiting = [person for person in self.waiting if person in people]
        if len(people) < 2 or not self.waiting:
            if self.round >= self.rounds or not people:
                return None
            self.round += 1
            self.waiting = list(people) if len(people) >= 2 else []
        if not self.waiting:
            return ARTIST_ID
        if self.human_turns_per_artist_turn and self.human_turns_due <= 0:
            self.human_turns_due = self.human_turns_per_artist_turn
            return ARTIST_ID
        self.human_turns_due -= 1
        return self.waiting.pop(0)
