"""Who draws next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from game.rules.modes import ArtistsPart
from game.rules.players import ARTIST_ID


@dataclass(slots=True)
class TurnOrder:
    """Rounds in which each person draws once, with the AI artist opening each group of people's turns.

    Where it shares, the artist draws once before every `human_turns_per_artist_turn` turns of people (0: never). When it draws all, or
    fewer than two people are there, each of its turns is a round. Where a coin decides, one is flipped before each turn of a person, and
    again as long as it says that the artist draws; that takes two people, and the game ends where there are fewer.
    """

    rounds: int
    human_turns_per_artist_turn: int
    part: ArtistsPart = "shares"
    round: int = 0
    waiting: list[str] = field(default_factory=list)
    """Who has yet to draw in this round."""
    human_turns_due: int = 0
    """People's turns until the artist is due again."""

    def may_come_to_artist(self, people: int) -> bool:
        """Whether the artist may have another turn, as far as is known, with so many people."""
        goes_on = self.round < self.rounds or bool(self.waiting)
        if self.part == "coin":
            return goes_on and people > 1
        return goes_on and (people < 2 or self.part == "all" or (self.part == "shares" and self.human_turns_per_artist_turn > 0))

    def next_drawer(self, people: Sequence[str], artist_wins: Callable[[], bool] = lambda: False) -> str | None:
        """Return the id of who draws next among the `people` who are there, in seating order; None at the game's end.

        `artist_wins` flips the coin.
        """
        self.waiting = [person for person in self.waiting if person in people]
        artist_alone = len(people) < 2 or self.part == "all"
        if artist_alone or not self.waiting:
            if self.round >= self.rounds or not people or (self.part == "coin" and artist_alone):
                return None
            self.round += 1
            self.waiting = [] if artist_alone else list(people)
        if not self.waiting or (self.part == "coin" and artist_wins()):
            return ARTIST_ID
        if self.part == "shares" and self.human_turns_per_artist_turn and self.human_turns_due <= 0:
            self.human_turns_due = self.human_turns_per_artist_turn
            return ARTIST_ID
        self.human_turns_due -= 1
        return self.waiting.pop(0)
