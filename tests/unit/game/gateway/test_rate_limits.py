from hypothesis import given
from hypothesis import strategies as st

from game.gateway.rate_limits import Allowance, ByAddress


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


def test_each_address_has_its_own_and_an_ipv6_network_is_one():
    limits = ByAddress(lambda: Allowance(rate=0, burst=1))
    assert limits.take("10.0.0.1", 0)
    assert not limits.take("10.0.0.1", 0)
    assert limits.take("10.0.0.2", 0)
    assert limits.take("2001:db8:1:2::1", 0)
    assert not limits.take("2001:db8:1:2::ffff", 0)
    assert limits.take("2001:db8:1:3::1", 0)


def test_only_the_last_addresses_are_remembered():
    limits = ByAddress(lambda: Allowance(rate=0, burst=1), most=2)
    for address in ("a", "b", "c"):
        assert limits.take(address, 0)
    assert limits.take("a", 0)
    assert not limits.take("c", 0)
