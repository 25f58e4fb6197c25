import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.gateway.word_parts import WordParts
from game.protocol.client_messages import SetWords
from game.protocol.codec import MessageError
from game.protocol.limits import CUSTOM_WORDS_LENGTH


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8))
def test_parts_are_put_together_and_leave_nothing_behind(texts):
    parts = WordParts()
    for _ in range(2):
        assert all(parts.take(SetWords(text, more=True)) is None for text in texts[:-1])
        assert parts.take(SetWords(texts[-1])) == SetWords("".join(texts))


def test_as_long_as_may_be_and_one_character_more():
    parts = WordParts()
    half = CUSTOM_WORDS_LENGTH // 2
    assert parts.take(SetWords("é" * half, more=True)) is None
    assert len(parts.take(SetWords("é" * half)).text) == CUSTOM_WORDS_LENGTH
    assert parts.take(SetWords("é" * half, more=True)) is None
    with pytest.raises(MessageError, match="at most 20,000 characters") as refused:
        parts.take(SetWords("é" * (half + 1)))
    assert refused.value.code == "bad_word"
    assert parts.take(SetWords("boat")) == SetWords("boat")


def test_what_follows_a_part_that_was_refused_is_dropped_up_to_the_last():
    parts = WordParts()
    assert parts.take(SetWords("castle, ", more=True)) is None
    with pytest.raises(MessageError):
        parts.take(SetWords("x" * CUSTOM_WORDS_LENGTH, more=True))
    for _ in range(100):  # said once, and nothing gathers
        assert parts.take(SetWords("x" * CUSTOM_WORDS_LENGTH, more=True)) is None
    assert parts.take(SetWords("boat")) is None
    assert parts.take(SetWords("house")) == SetWords("house")
