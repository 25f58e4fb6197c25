"""Compares the difficulties that the packs give their words with how people found them, and proposes others where a label is surely wrong.

What is judged is people's guessing at people's drawings. An AI's guesses say nothing of what is hard for people; and whether people know what the
artist drew says how well the artist draws that word, not how hard the word is: those guesses are told beside, and judge nothing.

Easy and hard are meant beside the other words: how many find a word depends on the time to draw and on who plays, and that differs from server to
server. So the lines between the labels lie where as many words are easy and hard as are called so now.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from sqlalchemy import select

from game.rules.vocabulary import ALL_THEMES, Vocabulary
from game.store.models import WordTallyRow
from game.store.session import Sessions

LABELS: Final = ("easy", "medium", "hard")
"""In this order."""
ENOUGH_WORDS: Final = 30
"""So many words must have been asked often enough before any is judged: beside fewer, none can be called easy or hard."""
RARELY: Final = 0.1
NEARLY_ALWAYS: Final = 0.9
"""The lines stay between these: what fewer find is hard in any company, and what more find is not, even where only words of one label were played."""
_guesses_a_drawing: Final = 2.0
"""Those who guess at the same drawing find it or miss it together, so that so many guesses are worth one that is independent. The tallies know no
drawings; with three guessers at each, whose answers correlate by a half, it comes to this."""
_deviations: Final = 1.96
"""Of a normal distribution: what is outside is so by chance once in twenty times."""

Crowd = tuple[str, str]
"""Those who play in one language and one mode."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many could have found a word, how many did, and after how long, all of these together."""

    asked: int = 0
    found: int = 0
    milliseconds: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.asked + other.asked, self.found + other.found, self.milliseconds + other.milliseconds)

    @property
    def share(self) -> float:
        """How many of those who were asked found it, 0 to 1."""
        return self.found / self.asked if self.asked else 0.0

    @property
    def seconds(self) -> float | None:
        """After how long, on average."""
        return self.milliseconds / 1000 / self.found if self.found else None


@dataclass(slots=True)
class PlayedWord:
    """A concept of the packs, and how people found it in drawings of people, by crowd, and in the artist's."""

    concept: str
    difficulty: str
    crowds: dict[Crowd, Tally] = field(default_factory=dict)
    artist: Tally = Tally()

    @property
    def people(self) -> Tally:
        """In drawings of people, by all crowds together."""
        return sum(self.crowds.values(), Tally())


@dataclass(frozen=True, slots=True)
class Range:
    """What was measured, and between what it may truly lie."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Lines:
    """What divides the labels: a word that is found by less than `hard` is hard; by `easy` or more, and in `seconds` at most, easy."""

    hard: float
    easy: float
    seconds: float

    def label(self, share: float, seconds: float) -> str:
        """Never harder for a larger share or fewer seconds."""
        if share < self.hard:
            return "hard"
        return "easy" if share >= self.easy and seconds <= self.seconds else "medium"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another difficulty for a word."""

    word: PlayedWord
    proposed: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the plays say; `lines` is empty where too few words were asked often enough."""

    judged: int
    lines: Lines | None
    proposals: tuple[Proposal, ...]
    never_found: tuple[PlayedWord, ...]
    """Asked often enough, and found by nobody, whatever they are called."""


def judge(words: Iterable[PlayedWord], at_least: int) -> Judgement:
    """Judge the words that were asked `at_least` times; the proposals come from easy to hard, each from the most found to the least."""
    words = list(words)
    judged = [word for word in words if word.people.asked >= max(at_least, 1)]
    never = tuple(sorted((word for word in judged if not word.people.found), key=lambda word: (-word.people.asked, word.concept)))
    if len(judged) < ENOUGH_WORDS:
        return Judgement(len(judged), None, (), never)
    leads = _leads(words)
    measured = [(word, *_measured(word, leads)) for word in judged]
    lines = draw_lines([(word.difficulty, share.value, seconds.value) for word, share, seconds in measured])
    found = [Proposal(word, label) for word, share, seconds in measured if (label := propose(word.difficulty, share, seconds, lines))]
    order = sorted(found, key=lambda each: (LABELS.index(each.proposed), -each.word.people.share, each.word.concept))
    return Judgement(len(judged), lines, tuple(order), never)


def propose(now: str, share: Range, seconds: Range, lines: Lines) -> str | None:
    """Return the label nearest to the present one that the evidence allows; None if it allows the present one."""
    easiest, hardest = (LABELS.index(lines.label(*measures)) for measures in ((share.high, seconds.low), (share.low, seconds.high)))
    nearest = LABELS[min(max(LABELS.index(now), easiest), hardest)]
    return None if nearest == now else nearest


def draw_lines(words: Sequence[tuple[str, float, float]]) -> Lines:
    """Divide words (label, share, seconds) so that as many are found too rarely, and as many often enough, as are called hard and easy.

    The time that an easy word may take is the median: it is not to be slower than the usual word.
    """
    labels, shares = [label for label, _, _ in words], sorted(share for _, share, _ in words)
    times = [seconds for _, _, seconds in words if math.isfinite(seconds)]
    hard, not_easy = labels.count("hard"), len(words) - labels.count("easy")
    return Lines(_between(shares, hard), _between(shares, not_easy), median(times) if times else 0.0)


def _between(shares: Sequence[float], below: int) -> float:
    """A line that has so many of the shares, which are sorted, below it."""
    line = (([0.0, *shares])[below] + [*shares, 1.0][below]) / 2
    return min(max(line, RARELY), NEARLY_ALWAYS)


def share_range(tally: Tally) -> Range:
    """A found share with Wilson's interval (1927), which holds for shares near 0 and 1 too, where a word is easy or hard."""
    asked, share, square = tally.asked / _guesses_a_drawing, tally.share, _deviations**2
    if not asked:
        return Range(0.0, 0.0, 1.0)
    middle = (share + square / (2 * asked)) / (1 + square / asked)
    reach = _deviations / (1 + square / asked) * math.sqrt(share * (1 - share) / asked + square / (4 * asked**2))
    return Range(min(max(middle - reach, 0.0), share), share, max(min(middle + reach, 1.0), share))


def seconds_range(tally: Tally) -> Range:
    """Mean seconds, as if right guesses came at any time alike: then they deviate by as much as their mean. In truth it is less."""
    mean = tally.seconds
    if mean is None:
        return Range(0.0, math.inf, math.inf)
    factor = math.exp(_deviations / math.sqrt(tally.found / _guesses_a_drawing))
    return Range(mean / factor, mean, mean * factor)


@dataclass(frozen=True, slots=True)
class _Lead:
    """How a crowd's guessing differs from what its words' labels let expect: the odds of finding them, and the time, by which factor."""

    odds: float = 1.0
    time: float = 1.0


def _leads(words: Iterable[PlayedWord]) -> Mapping[Crowd, _Lead]:
    """Each crowd's. A word that happened to be played by those who find less (where its length is hidden, say) is not harder for that.

    What is expected is by label, and not the same for all words: else a crowd that plays only easy words would seem to be a good one.
    """
    labels: dict[str, Tally] = defaultdict(Tally)
    crowds: dict[Crowd, Tally] = defaultdict(Tally)
    for word in words:
        for crowd, tally in word.crowds.items():
            labels[word.difficulty] += tally
            crowds[crowd] += tally
    found: dict[Crowd, float] = defaultdict(float)
    milliseconds: dict[Crowd, float] = defaultdict(float)
    for word in words:
        usual = labels[word.difficulty]
        for crowd, tally in word.crowds.items():
            found[crowd] += tally.asked * usual.share
            milliseconds[crowd] += tally.found * (usual.seconds or 0.0) * 1000
    return {
        crowd: _Lead(_odds(tally.found, tally.asked) / _odds(found[crowd], tally.asked), (tally.milliseconds + 1) / (milliseconds[crowd] + 1))
        for crowd, tally in crowds.items()
    }


def _odds(found: float, asked: int) -> float:
    """Half a guess is added to both sides: nobody's odds are nothing or endless."""
    return (found + 0.5) / (max(asked - found, 0.0) + 0.5)


def _measured(word: PlayedWord, leads: Mapping[Crowd, _Lead]) -> tuple[Range, Range]:
    """A word's share and seconds, as they would be if all crowds were alike."""
    people = word.people
    odds = math.exp(sum(tally.asked * math.log(leads[crowd].odds) for crowd, tally in word.crowds.items()) / max(people.asked, 1))
    time = math.exp(sum(tally.found * math.log(leads[crowd].time) for crowd, tally in word.crowds.items()) / max(people.found, 1))
    share, seconds = share_range(people), seconds_range(people)
    return (
        Range(*(each / (each + (1 - each) * odds) for each in (share.low, share.value, share.high))),
        Range(*(each / time for each in (seconds.low, seconds.value, seconds.high))),
    )


async def played_words(sessions: Sessions, vocabulary: Vocabulary, language: str = "") -> list[PlayedWord]:
    """Return the words of the packs that people guessed at, languages pooled by concept; of one language, if it is given.

    Words that are in no pack are left out, and so are combinations: what is hard about two words at once is neither's.
    """
    packs = {(tongue, word.text): word for tongue in vocabulary.languages for word in vocabulary.words(tongue, ALL_THEMES, "mixed")}
    tally = WordTallyRow
    query = select(tally.language, tally.mode, tally.word, tally.drawer_is_ai, tally.asked, tally.found, tally.milliseconds)
    query = query.where(tally.guesser_is_ai.is_(False), tally.mode != "combination", *([tally.language == language] if language else []))
    played: dict[str, PlayedWord] = {}
    async with sessions() as session:
        for tongue, mode, text, drawer_is_ai, *amounts in await session.execute(query):
            if (word := packs.get((tongue, text))) is None:
                continue
            line = played.setdefault(word.concept, PlayedWord(word.concept, word.difficulty))
            if drawer_is_ai:
                line.artist += Tally(*amounts)
            else:
                line.crowds[tongue, mode] = line.crowds.get((tongue, mode), Tally()) + Tally(*amounts)
    return list(played.values())
