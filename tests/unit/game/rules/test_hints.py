from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from game.rules.hints import UNKNOWN, blanks, could_be, hint_order, hint_times

# Few signs, so that two words often look alike: a mark that stands on the letter before it, an underscore, a question mark.
words = st.text("aab\u0302 -_?", min_size=1, max_size=8)


def test_spaces_and_signs_are_shown():
    assert blanks("jack-o'-lantern", set()) == "____-_'-_______"
    assert blanks("palm tree", {0, 5}) == "p___ t___"
    assert blanks("\u0302a", set()) == "\u0302_", "a mark without a letter is a sign"


@given(st.text(min_size=1, max_size=32), st.integers(0, 5), st.integers())
def test_never_more_than_half_of_the_letters(word, hints, seed):
    order = hint_order(word, hints, Random(seed))
    letters = [index for index, character in enumerate(word) if character.isalnum()]
    assert len(order) == len(set(order)) <= min(hints, len(letters) / 2)
    assert set(order) <= set(letters)


@given(st.integers(0, 5), st.floats(15, 240))
def test_hints_come_in_order_within_the_turn(count, seconds):
    times = hint_times(count, 100.0, seconds)
    assert times == sorted(times)
    assert all(100 < time < 100 + seconds for time in times)


def test_hints_come_evenly():
    assert hint_times(3, 100.0, 80.0) == [120.0, 140.0, 160.0]
    assert hint_times(0, 100.0, 80.0) == []


@given(words, st.sets(st.integers(0, 31)))
def test_a_word_could_be_what_is_shown_of_it(word, revealed):
    assert could_be(word, blanks(word, revealed))
    assert could_be(word, UNKNOWN)


@given(words, words, st.sets(st.integers(0, 31)))
def test_another_could_only_if_it_would_look_the_same(word, other, revealed):
    """Word and blanks are compared the long way round: with every choice of letters that fits."""
    shown = blanks(word, revealed)
    if shown == UNKNOWN:
        return
    letters = [index for index, character in enumerate(other) if character.isalnum()][:8]
    choices = (set(chosen) for count in range(len(letters) + 1) for chosen in combinations(letters, count))
    assert could_be(other, shown) == any(blanks(other, chosen) == shown for chosen in choices)


def test_marks_that_are_hidden_with_their_letter_are_no_letters_of_their_own():
    assert could_be("ki\u0302te", blanks("ki\u0302te", {0}))
    assert could_be("snake_case", "______case")
    assert not could_be("palm tree", "____tree")
    assert not could_be("palm", "pal_s")
    assert not could_be("palms", "pal_")
    assert could_be("\u0302a", "\u0302_")


def test_anything_could_be_a_word_of_which_nothing_is_shown():
    assert could_be("palm", UNKNOWN)
