from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from game.rules.chance import Chance


@given(st.text(), st.integers(0, 10**6))
def test_it_goes_on_from_where_it_stands(start, rolls):
    assert Chance(start, rolls).roll().getrandbits(64) == Chance(start, rolls).roll().getrandbits(64)
    chance = Chance(start, rolls)
    chance.roll()
    assert chance.roll().getrandbits(64) == Chance(start, rolls + 1).roll().getrandbits(64)


def test_no_roll_says_anything_about_another():
    chance, others = Chance("1"), [Chance(str(start)) for start in range(2000)]
    rolls = [chance.roll().random() for _ in range(2000)]
    firsts = [other.roll().random() for other in others]
    assert len({chance.seed() for _ in range(2000)} | {other.seed() for other in others}) == 4000
    for numbers in (rolls, firsts):
        pairs = Counter((int(one * 3), int(another * 3)) for one, another in pairwise(numbers))
        assert len(pairs) == 9
        assert all(150 < count < 300 for count in pairs.values())  # 222 of each, 14 more or less
