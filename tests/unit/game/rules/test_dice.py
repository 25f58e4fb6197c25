from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.dice import Dice

WAYS = {
    "random": lambda random: random.random(),
    "bits": lambda random: random.getrandbits(70),
    "choice": lambda random: random.choice(range(1000)),
    "sample": lambda random: random.sample(range(1000), 5),
    "shuffle": lambda random: random.shuffle(list(range(10))),
    "uniform": lambda random: random.uniform(2, 3),
    "gauss": lambda random: random.gauss(0, 1),
    "bytes": lambda random: random.randbytes(3),
    "again": lambda random: random.seed(5),
}


@given(st.integers(), st.lists(st.sampled_from(sorted(WAYS))))
def test_dice_fall_as_the_generator_would_and_always_know_their_state(seed, ways):
    random, dice = Random(seed), Dice.like(Random(seed))
    assert msgspec.msgpack.decode(dice.frozen) == msgspec.msgpack.decode(msgspec.msgpack.encode(random.getstate()))
    for way in ways:
        assert WAYS[way](dice) == WAYS[way](random)
        assert msgspec.msgpack.decode(dice.frozen) == msgspec.msgpack.decode(msgspec.msgpack.encode(random.getstate()))


def test_they_go_on_from_a_state():
    dice, state = Dice(), Random(7).getstate()
    assert dice.frozen
    dice.setstate(state)
    assert msgspec.msgpack.decode(dice.frozen)[1] == list(state[1])
    assert dice.random() == Random(7).random()


@pytest.mark.parametrize("state", [(3, (1, 2), None), (9, tuple(range(625)), None), (3, (-1,) * 625, None)])
def test_what_is_no_state_is_refused(state):
    with pytest.raises((TypeError, ValueError, OverflowError)):
        Dice.at(state)
