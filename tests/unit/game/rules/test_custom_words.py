import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.limits import CUSTOM_WORDS_LENGTH, WORD_LENGTH
from game.rules.custom_words import WordError, clean_word, read_custom_words


def test_lines_commas_and_semicolons_separate_and_what_is_left_out_is_counted():
    read = read_custom_words("cat, dog;  palm   tree\nCAT\n , \n" + "x" * 33 + "\n---\n\n")
    assert read.words == ("cat", "dog", "palm tree")
    assert (read.duplicates, read.blanks, read.refused) == (1, 2, 2)


def test_none_at_all_is_no_mistake():
    assert read_custom_words(" \n ").words == ()
    assert read_custom_words("").blanks == 0


def test_too_many_characters_are_refused():
    assert read_custom_words("a," * (CUSTOM_WORDS_LENGTH // 2)).words == ("a",)
    with pytest.raises(WordError, match=r"20,000 characters in all; these have 20,001"):
        read_custom_words("a" * (CUSTOM_WORDS_LENGTH + 1))


@pytest.mark.parametrize("word", ["", "   ", "x" * 33, "a\x00b", "a\u200bb", "---", "a + b"])
def test_bad_words_are_refused(word):
    with pytest.raises(WordError):
        clean_word(word)


@given(st.text(max_size=400))
def test_what_is_kept_can_be_drawn_and_guessed(text):
    read = read_custom_words(text)
    assert len({word.casefold() for word in read.words}) == len(read.words)
    for word in read.words:
        assert 1 <= len(word) <= WORD_LENGTH
        assert clean_word(word) == word
