from hypothesis import given
from hypothesis import strategies as st

from game.gateway.rate_limits import Allowance


@given(st.lists(st.floats(0, 2), max_size=200))
def test_never_more_than_burst_and_rate_allow(pauses):
    allowance, now, taken = Allowance(rate=4, burst=12), 0.0, 0
    for pause in pauses:
        now += pause
        taken += allowance.take(now)
        assert taken <= 12 + 4 * now + 1e-6


def test_what_is_refused_comes_back_with_time():
    allowance = Allowance(rate=2, burst=1)
    assert allowance.take(0.0)
    assert not allowance.take(0.1)
    assert allowance.take(0.6)
