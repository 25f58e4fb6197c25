"""The words that a room may draw from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from game.protocol.client_messages import Difficulty
from game.rules.lobby_settings import LobbySettings

ALL_THEMES: Final = "all"
PLUS: Final = " + "
"""Between the two words of a combination."""


@dataclass(frozen=True, slots=True)
class Word:
    """A secret word as people write it, and what it is in English, which the AI artist understands."""

    text: str
    concept: str
    theme: str = ""
    difficulty: str = ""


class Vocabulary:
    """Word packs by language."""

    def __init__(self, packs: Mapping[str, Sequence[Word]], undrawable: frozenset[str] = frozenset()) -> None:
        """`packs`: by language code, none of them empty; `undrawable`: concepts that the AI artist draws so that nobody knows them."""
        self._undrawable = undrawable
        self._packs = {language: tuple(words) for language, words in packs.items()}
        self.languages = tuple(self._packs)
        self.themes = (ALL_THEMES, *sorted({word.theme for words in self._packs.values() for word in words if word.theme}))

    def drawable(self, words: Sequence[Word]) -> list[Word]:
        """Those that the AI artist may be given; all of them where it can draw none."""
        return [word for word in words if word.concept not in self._undrawable] or list(words)

    def words(self, language: str, theme: str, difficulty: Difficulty) -> list[Word]:
        """Those of a language, a theme and a difficulty; of the whole language where there are none."""
        pack = self._packs[language]
        chosen = [word for word in pack if theme in (ALL_THEMES, word.theme) and difficulty in ("mixed", word.difficulty)]
        return chosen or list(pack)


def pool(vocabulary: Vocabulary, settings: LobbySettings, custom: Iterable[str]) -> list[Word]:
    """All words that a room with these settings and custom words may draw."""
    own = [Word(text, text) for text in custom]
    if settings.custom_words_only and own:
        return own
    known = {word.text.casefold() for word in own}
    packed = vocabulary.words(settings.language, settings.theme, settings.difficulty)
    return own + [word for word in packed if word.text.casefold() not in known]


def offer(words: Sequence[Word], used: list[str], settings: LobbySettings, random: Random, choices: int | None = None) -> tuple[Word, ...]:
    """Choose what the drawer may choose from, words not in `used` as long as there are enough of them.

    `choices`: how many; by default as the settings say.

    Of custom words alone there may be too few: then fewer are offered, one at least.
    """
    at_once = 2 if settings.word_mode == "combination" and len(words) >= 2 else 1
    needed = (choices or settings.choices) * at_once
    fresh = [word for word in words if word.text not in used]
    if len(fresh) < needed:
        used.clear()
        fresh = list(words)
    drawn = random.sample(fresh, min(needed, len(fresh) // at_once * at_once))
    return tuple(_combined(drawn[start : start + at_once]) for start in range(0, len(drawn), at_once))


def _combined(words: Sequence[Word]) -> Word:
    if len(words) == 1:
        return words[0]
    return Word(PLUS.join(word.text for word in words), " and ".join(word.concept for word in words))
