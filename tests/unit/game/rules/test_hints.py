from random import Random

from hypothesis import given
from hypothesis import strategies as st

from game.rules.hints import blanks, hint_order, hint_times


def test_spaces_and_signs_are_shown():
    assert blanks("jack-o'-lantern", set()) == "____-_'-_______"
    assert blanks("palm tree", {0, 5}) == "p___ t___"


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
