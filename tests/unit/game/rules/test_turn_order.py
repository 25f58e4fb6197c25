from collections.abc import Iterable
from itertools import pairwise, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.players import ARTIST_ID
from game.rules.turn_order import TurnOrder


def drawers(rounds: int, share: int, people: list[str]) -> list[str]:
    order, drawn = TurnOrder(rounds, share), []
    while (drawer := order.next_drawer(people)) is not None:
        drawn.append(drawer)
    return drawn


@given(st.integers(1, 5), st.integers(0, 6), st.integers(2, 8))
def test_each_person_draws_once_a_round_and_the_artist_has_its_share(rounds, share, count):
    people = [f"p{index}" for index in range(count)]
    drawn = drawers(rounds, share, people)
    human = [drawer for drawer in drawn if drawer != ARTIST_ID]
    assert human == people * rounds
    assert drawn.count(ARTIST_ID) == (-(-len(human) // share) if share else 0)
    assert not any(a == b == ARTIST_ID for a, b in pairwise(drawn))
    if share:
        assert drawn[0] == ARTIST_ID
        assert drawn[-1] != ARTIST_ID


@given(st.integers(1, 5), st.integers(0, 6))
def test_alone_every_round_is_a_drawing_by_the_artist(rounds, share):
    assert drawers(rounds, share, ["ada"]) == [ARTIST_ID] * rounds


def test_nobody_there_ends_the_game():
    assert drawers(3, 2, []) == []


def test_who_left_does_not_draw_and_who_came_draws_from_the_next_round():
    order = TurnOrder(2, 0)
    assert order.next_drawer(["a", "b", "c"]) == "a"
    assert order.next_drawer(["a", "c", "d"]) == "c"
    assert [order.next_drawer(["a", "c", "d"]) for _ in range(4)] == ["a", "c", "d", None]


@pytest.mark.parametrize(("rounds", "every", "people", "may"), [(2, 2, 3, True), (1, 0, 3, False), (1, 0, 1, True), (0, 2, 3, False)])
def test_the_artist_may_come_again_while_there_are_turns_that_could_be_its(rounds, every, people, may):
    assert TurnOrder(rounds, every).may_come_to_artist(people) is may


def drawers_of(part: str, people: list[str], rounds: int = 2, coin: Iterable[bool] = repeat(False)) -> list[str]:
    order, flips = TurnOrder(rounds, 1, part), iter(coin)
    return list(iter(lambda: order.next_drawer(people, lambda: next(flips)), None))


@pytest.mark.parametrize("part", ["none", "beside", "continues"])
def test_where_people_draw_the_artist_has_no_turns_of_its_own_but_with_one_alone(part):
    assert drawers_of(part, ["a", "b"]) == ["a", "b", "a", "b"]
    assert drawers_of(part, ["a"]) == [ARTIST_ID, ARTIST_ID]
    assert not TurnOrder(2, 1, part).may_come_to_artist(2)


def test_where_the_artist_draws_all_each_drawing_is_a_round():
    assert drawers_of("all", ["a", "b", "c"]) == [ARTIST_ID, ARTIST_ID]
    assert drawers_of("all", []) == []
    assert TurnOrder(2, 0, "all").may_come_to_artist(3)


def test_a_coin_is_flipped_before_each_persons_turn_until_it_is_theirs():
    coin = [True, True, False, False, True, False, False]
    assert drawers_of("coin", ["a", "b"], coin=coin) == [ARTIST_ID, ARTIST_ID, "a", "b", ARTIST_ID, "a", "b"]
    assert drawers_of("coin", ["a"]) == []


def test_where_a_coin_decides_the_game_ends_when_one_is_alone():
    order = TurnOrder(3, 0, "coin")
    assert order.may_come_to_artist(2)
    assert order.next_drawer(["a", "b", "c"]) == "a"
    assert order.next_drawer(["b"]) is None
    assert not order.may_come_to_artist(1)
