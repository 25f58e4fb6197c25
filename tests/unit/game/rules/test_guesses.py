import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.guesses import Verdict, judge, normalize


@pytest.mark.parametrize("guess", ["palm tree", "Palm Tree", "palmtree", "palm-tree", " PALM  TREE ", "pálm trée"])
def test_case_accents_hyphens_and_spaces_are_forgiven(guess):
    assert judge(guess, "palm tree") is Verdict.RIGHT


@pytest.mark.parametrize("guess", ["hose", "houses", "hiuse", "huose", "a house", "my house is big"])
def test_one_edit_away_or_among_others_is_close(guess):
    assert judge(guess, "house") is Verdict.CLOSE


@pytest.mark.parametrize("guess", ["mouse trap", "hut", "", "horse"])
def test_others_are_wrong(guess):
    assert judge(guess, "castle") is Verdict.WRONG


@given(st.text(), st.text(min_size=1))
def test_never_fails_and_the_word_is_right(guess, word):
    judge(guess, word)
    assert judge(word, word) is Verdict.RIGHT


@given(st.text())
def test_normalizing_twice_changes_nothing(text):
    assert normalize(normalize(text)) == normalize(text)
