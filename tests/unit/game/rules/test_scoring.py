import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.scoring import drawer_points, guesser_points

remaining = st.integers(0, 80_000)
TOTAL = 80_000


def points(left: int, before: int = 0, scoring: str = "speed", *, is_ai: bool = False) -> int:
    return guesser_points(scoring, left, TOTAL, before, is_ai=is_ai)


@given(remaining, remaining, st.integers(0, 20), st.integers(0, 20), st.sampled_from(["speed", "relaxed", "rank"]))
def test_sooner_and_earlier_is_never_worth_less(early, late, before, more, scoring):
    early, late = max(early, late), min(early, late)
    assert points(early, before, scoring) >= points(late, before + more, scoring) > 0


@given(remaining, st.integers(0, 20))
def test_an_ai_takes_no_bonus(left, before):
    assert points(left, before, is_ai=True) == points(left, 3)


@pytest.mark.parametrize(
    ("left", "before", "scoring", "worth"),
    [
        (80_000, 0, "speed", 350), (60_000, 0, "speed", 287), (60_000, 1, "speed", 267), (60_000, 3, "speed", 237), (0, 5, "speed", 50),
        (80_000, 0, "relaxed", 100), (1, 7, "relaxed", 100),
        (80_000, 0, "rank", 300), (10, 1, "rank", 270), (10, 7, "rank", 90), (10, 8, "rank", 60), (10, 20, "rank", 60),
    ],
)  # fmt: skip
def test_worked_examples(left, before, scoring, worth):
    assert points(left, before, scoring) == worth


def test_worked_examples_of_the_drawers_share():
    assert [drawer_points(people) for people in ([], [0], [350], [350, 330], [100, 0], [101])] == [0, 0, 262, 255, 37, 75]


@given(st.lists(st.integers(0, 350), max_size=12))
def test_the_drawer_earns_three_quarters_of_the_mean(people):
    earned = drawer_points(people)
    assert earned == (int(0.75 * sum(people) / len(people) + 1e-9) if people else 0)
    assert earned <= max(people, default=0)
