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
    _waiting: list[str] = field(default_factory=list)
    _human_turns_due: int = 0
    """People's turns until the artist is due again."""

    def next_drawer(self, people: Sequence[str]) -> str | None:
        """Return the id of who draws next among the `people` who are there, in seating order; None at the game's end."""
        self._waiting = [person for person in self._waiting if person in people]
        if len(people) < 2 or not self._waiting:
            if self.round >= self.rounds or not people:
                return None
            self.round += 1
            self._waiting = list(people) if len(people) >= 2 else []
        if not self._waiting:
            return ARTIST_ID
        if self.human_turns_per_artist_turn and self._human_turns_due == 0:
            self._human_turns_due = self.human_turns_per_artist_turn
            return ARTIST_ID
        self._human_turns_due -= 1
        return self._waiting.pop(0)
