"""How people stand against the machine in a game."""

from dataclasses import dataclass

from game.protocol.client_messages import GameMode
from game.protocol.views import MatchView
from game.rules.turn import Turn


@dataclass(slots=True)
class Match:
    """Counted turn by turn; docs/rules.md says what, mode by mode."""

    people: int = 0
    ai: int = 0
    streak: int = 0
    best_streak: int = 0

    def view(self) -> MatchView:
        """Return it as everybody sees it."""
        return MatchView(self.people, self.ai, self.streak, self.best_streak)

    def add_turn(self, mode: GameMode, turn: Turn, people: list[str], machines: list[str]) -> None:
        """Count a turn that has just ended; `people` and `machines` could have found its word."""
        match mode:
            case "versus":
                self.people += _mean(turn, people)
                self.ai += _mean(turn, machines)
            case "together" | "daily":
                # By whomever: one who has gone since found it for all.
                found = any(not guess.is_ai for guess in turn.guesses.values())
                self.people, self.ai = self.people + found, self.ai + (not found)
                self.streak = self.streak + 1 if found else 0
                self.best_streak = max(self.best_streak, self.streak)
            case "imitation":
                right = sum(judgement.hand == turn.hand for judgement in turn.judgements.values())
                self.people, self.ai = self.people + right, self.ai + len(turn.judgements) - right
            case "duel" | "party" | "finish":
                pass

    def add_pick(self, hand: str) -> None:
        """Count what a guesser said in a duel."""
        if hand == "machine":
            self.ai += 1
        else:
            self.people += 1


def _mean(turn: Turn, players: list[str]) -> int:
    """Of the points that these had from the turn, those who missed counting 0; rounded down."""
    return sum(turn.guesses[player].points for player in players if player in turn.guesses) // len(players) if players else 0
