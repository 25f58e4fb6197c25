"""Stars out bad words: the word lists of badwords-py, of the room's language and English."""

from collections.abc import Iterable
from typing import Any, Final

_lists: Final = {"en": ("en",), "it": ("it", "en"), "es": ("es", "en"), "fr": ("fr", "en"), "de": ("de", "en"), "pt": ("pt", "pt_br", "en")}


class ProfanityFilter:
    """The lists of each language are loaded when they are first needed."""

    def __init__(self, innocent: Iterable[str]) -> None:
        """`innocent`: words that always pass. The lists are zealous: to the Italian one a fish is a bad word."""
        self._innocent = sorted({part for text in innocent for part in (text, *text.split())})
        self._filters: dict[str, Any] = {}

    def censor(self, text: str, language: str) -> str:
        """Return the text with bad words starred out, its length kept. Of a language without a list the English one is taken."""
        chosen = language if language in _lists else "en"
        if chosen not in self._filters:
            from badwords import ProfanityFilter as Lists

            lists = Lists()
            lists.init(languages=list(_lists[chosen]))
            lists.add_whitelist(self._innocent)
            self._filters[chosen] = lists
        starred: str = self._filters[chosen].censor(text, "*")
        return starred
