from itertools import permutations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ai_artist.ordering import next_stroke


def order_of(worths, order):
    """All strokes in the order in which they are shown, by an opinion that adds up what each is worth."""
    shown = torch.zeros(len(worths), dtype=torch.bool)
    places = []
    while not shown.all():
        place = next_stroke(shown, lambda parts: parts.float() @ torch.tensor(worths), order)
        shown[place] = True
        places.append(place)
    return places


@given(st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=7, unique=True))
def test_the_strokes_that_tell_most_come_first_or_last(worths):
    best_first = sorted(range(len(worths)), key=lambda place: -worths[place])
    assert order_of(worths, "easy") == best_first
    assert order_of(worths, "hard") == best_first[::-1]


def test_each_stroke_is_shown_once_whatever_the_opinion():
    for ranks in permutations([1.0, 2.0, 3.0]):
        assert sorted(order_of(list(ranks), "easy")) == [0, 1, 2]


def test_when_all_are_shown_there_is_no_next_one():
    with pytest.raises(ValueError, match="shown already"):
        next_stroke(torch.ones(3, dtype=torch.bool), lambda parts: parts.sum(1), "easy")
