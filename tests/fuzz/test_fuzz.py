from random import Random

import pytest

from game.protocol import codec
from tests.fuzz.run import run
from tests.fuzz.targets import targets


def test_every_input_is_taken_or_refused_with_a_documented_error():
    outcome = run(24_000, seed=1, tell=lambda _: None)
    assert outcome.failures == []
    assert outcome.inputs == 24_000


@pytest.mark.parametrize("target", targets(Random(0)), ids=lambda target: target.name)
def test_the_seeds_themselves_are_right(target):
    """Else their neighbours would only try what is refused at once."""
    assert any(target.take(seed) for seed in target.seeds)


def test_another_error_is_found(monkeypatch):
    def faulty(text):
        if b"house" in text:
            raise ZeroDivisionError("a bug")
        return decode(text)

    decode = codec.decode_client
    monkeypatch.setattr("tests.fuzz.targets.decode_client", faulty)
    outcome = run(9_000, seed=1, tell=lambda _: None)
    assert any("ZeroDivisionError: a bug" in failure for failure in outcome.failures)
