from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.gateway.rate_limits import RATES, Allowance, Budgets, ByAddress, ByKey, Rate, Rates
from game.protocol.client_messages import AnyClientMessage

TURN_SECONDS = 80
CLASS = [f"child {number}" for number in range(30)]


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
    assert not limits.take("2001:db8:1:2:a:b:c:d", 0)
    assert limits.take("2001:db8:1:3::1", 0)


def test_only_the_last_keys_are_remembered():
    limits = ByKey(lambda: Allowance(rate=0, burst=1), most=2)
    for key in ("a", "b", "c"):
        assert limits.take(key, 0)
    assert limits.take("a", 0)
    assert not limits.take("c", 0)


@pytest.mark.parametrize("message", get_args(AnyClientMessage))
def test_every_message_names_its_own_budget(message):
    assert vars(message)["budget"] in RATES


def test_a_player_has_one_budget_for_all_connections_and_a_new_one_brings_no_more():
    budgets = Budgets({"chat": Rates(connection=Rate(0, 2), player=Rate(0, 3))})
    first, second = (budgets.of_connection("ada", "10.0.0.1") for _ in range(2))
    assert [first.take("chat", 0) for _ in range(3)] == [True, True, False]  # the connection's own
    assert [second.take("chat", 0) for _ in range(2)] == [True, False]  # the player's
    assert not budgets.of_connection("ada", "10.0.0.2").take("chat", 0)
    assert budgets.of_connection("ben", "10.0.0.1").take("chat", 0)


def test_who_is_refused_uses_up_nothing_of_the_others_at_the_address():
    budgets = Budgets({"chat": Rates(player=Rate(0, 2), address=Rate(0, 4))})
    assert sum(budgets.take("chat", "mallory", "10.0.0.1", 0) for _ in range(100)) == 2
    assert sum(budgets.take("chat", "ada", "10.0.0.1", 0) for _ in range(2)) == 2
    assert not budgets.take("chat", "ben", "10.0.0.1", 0)  # but an address has its bound
    assert budgets.take("chat", "ben", "10.0.0.2", 0)


def test_kinds_have_budgets_of_their_own():
    budgets = Budgets({"chat": Rates(Rate(0, 1)), "control": Rates(Rate(0, 1))})
    ada = budgets.of_connection("ada", "10.0.0.1")
    assert [ada.take(kind, 0) for kind in ("chat", "control", "chat", "control")] == [True, True, False, False]


def test_a_program_that_tries_words_gets_no_further_than_a_quick_typist_however_it_connects():
    budgets, tried = Budgets(), 0
    for tenth in range(10 * TURN_SECONDS):
        for _ in range(5):  # a new connection each time
            tried += budgets.of_connection("mallory", "10.0.0.1").take("chat", tenth / 10)
    assert tried < 1.2 * TURN_SECONDS


def test_a_quick_typist_is_never_too_fast():
    ada = Budgets().of_connection("ada", "10.0.0.1")
    for guess in range(60):
        assert ada.take("chat", 1.4 * guess)
    assert all(ada.take("chat", 100 + 0.5 * guess) for guess in range(12))  # who knows six words at once


def test_a_class_behind_one_address_plays_undisturbed():
    budgets = Budgets()
    for child in CLASS:
        assert budgets.take("room", child, "10.0.0.1", 0)
        assert all(budgets.take("join", child, "10.0.0.1", 0) for _ in range(4))  # all at once, and the page loaded again
    connections = [budgets.of_connection(child, "10.0.0.1") for child in CLASS]
    for moment in range(100):
        assert all(child.take("chat", 1.5 * moment) for child in connections)
