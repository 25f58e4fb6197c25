"""What an AI guesser knows of a turn: the letters shown, what has been said, and what it makes of the drawing. No I/O."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from game.rooms.strengths import LEAST_SURE, Strength
from game.rules.guesses import Verdict, judge, normalize
from game.rules.hints import could_be
from game.rules.vocabulary import PLUS, Word
from game.studio.base import Ranking

_late: Final = 0.6
"""From this part of the turn on it is content with less and less."""
_partners: Final = 6
"""Of the words for each half of a combination the likeliest so many are paired."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A word, or two, and how probable it is, 0..1."""

    text: str
    probability: float


@dataclass(slots=True)
class GuesserMind:
    """One turn's. `words`: all that may be drawn in the room; which of them is, nobody tells it."""

    words: Sequence[Word]
    shown: str = ""
    said: set[str] = field(default_factory=set)
    """Everything that was wrong, whoever said it, as `normalize` has it."""
    near: list[str] = field(default_factory=list)
    """Its own guesses that were close."""
    guesses: int = 0
    _known: tuple[object, list[list[Word]]] = (None, [])
    """The candidates, and what they follow from: with thousands of words they are not looked for at each look."""

    def hear(self, text: str) -> None:
        """Somebody said this and it was not the word."""
        self.said.add(normalize(text))

    def concepts(self) -> list[str]:
        """What it may be, in English, each once."""
        return list(dict.fromkeys(word.concept for words in self._candidates() for word in words))

    def ideas(self, ranking: Ranking) -> list[Idea]:
        """What the drawing may be, of what it can be, the likeliest first."""
        weights = dict(ranking)
        halves = [self._weighed(words, weights) for words in self._candidates()]
        if len(halves) == 1:
            return halves[0]
        first, second = (half[:_partners] for half in halves)
        pairs = [
            Idea(one.text + PLUS + other.text, one.probability * other.probability) for one in first for other in second if one.text != other.text
        ]
        return sorted((pair for pair in pairs if self.may_say(pair.text)), key=lambda idea: -idea.probability)

    def choose(self, ideas: Sequence[Idea], strength: Strength, part: float) -> Idea | None:
        """What to say, if anything, when this `part` of the turn is over."""
        if not ideas or self.guesses >= strength.most:
            return None
        doubted = [idea.probability ** (1 / strength.doubt) for idea in ideas]
        sure = doubted[0] / sum(doubted) if sum(doubted) else 0.0
        late = max(0.0, (part - _late) / (1 - _late))
        return ideas[0] if sure >= strength.sure + late * (LEAST_SURE - strength.sure) else None

    def may_say(self, text: str) -> bool:
        """Whether nobody has said it, it fits what is shown, and is as near to what was close as that was to the word."""
        return could_be(text, self.shown) and normalize(text) not in self.said and all(judge(close, text) is Verdict.CLOSE for close in self.near)

    def _candidates(self) -> list[list[Word]]:
        """The words that fit what is shown; of a combination for each half."""
        follows_from = (self.shown, len(self.said), len(self.near))
        if self._known[0] != follows_from:
            fitting = [[word for word in self.words if could_be(word.text, pattern)] for pattern in self.shown.split(PLUS)]
            self._known = (follows_from, fitting if len(fitting) > 1 else [[word for word in fitting[0] if self.may_say(word.text)]])
        return self._known[1]

    def _weighed(self, words: Iterable[Word], weights: dict[str, float]) -> list[Idea]:
        known = [(word.text, weights[word.concept]) for word in words if word.concept in weights]
        total = sum(weight for _, weight in known)
        return sorted((Idea(text, weight / total if total else 0.0) for text, weight in known), key=lambda idea: -idea.probability)
