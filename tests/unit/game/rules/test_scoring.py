from hypothesis import given
from hypothesis import strategies as st

from game.rules.scoring import drawer_points, guesser_points

parts = st.floats(0, 1)


@given(parts, parts, st.integers(0, 20), st.integers(0, 20))
def test_sooner_and_earlier_is_never_worth_less(early, late, before, more):
    early, late = max(early, late), min(early, late)
    assert guesser_points(early, before, is_ai=False) >= guesser_points(late, before + more, is_ai=False) > 0


@given(parts, st.integers(0, 20))
def test_an_ai_takes_no_bonus(remaining, before):
    assert guesser_points(remaining, before, is_ai=True) == guesser_points(remaining, 3, is_ai=False)


@given(st.lists(st.integers(0, 350), max_size=12))
def test_the_drawer_earns_the_mean(points):
    assert (min(points) if points else 0) <= drawer_points(points) <= max(points, default=0)
