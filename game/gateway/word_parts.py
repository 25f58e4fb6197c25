"""Puts together a long `set_words`, which comes in several messages."""

from game.protocol.client_messages import SetWords
from game.protocol.codec import MessageError
from game.protocol.limits import CUSTOM_WORDS_LENGTH


class WordParts:
    """The parts of one connection's text so far. What is refused is forgotten, and the rest of it is dropped: half a list is none."""

    __slots__ = ("_is_refused", "_text")

    def __init__(self) -> None:
        self._text = ""
        self._is_refused = False

    def take(self, part: SetWords) -> SetWords | None:
        """Return the whole, if this was its last part. Raises MessageError once if it becomes too long."""
        if self._is_refused:
            self._is_refused = part.more
            return None
        self._text += part.text
        length = len(self._text)
        if length > CUSTOM_WORDS_LENGTH:
            self.refuse(part)
            text = f"Custom words have at most {CUSTOM_WORDS_LENGTH:,} characters in all; these have more. Leave some out."
            raise MessageError("bad_word", text)
        if part.more:
            return None
        whole, self._text = SetWords(self._text), ""
        return whole

    def refuse(self, part: SetWords) -> None:
        """Do not take this part: forget those before it, and drop those that follow."""
        self._text, self._is_refused = "", part.more
