"""Short versions of `make chaos` and `make soak`, about three minutes each."""

import asyncio

import pytest

from tests.chaos.faults import SHARES
from tests.chaos.run import run
from tests.chaos.soak import soak

pytestmark = [pytest.mark.slow, pytest.mark.undisturbed, pytest.mark.timeout(600)]


def test_whatever_breaks_nothing_is_lost_doubled_leaked_or_different(tmp_path):
    outcome = asyncio.run(run(tmp_path, faults=30, seconds=180, seed=1, tell=lambda *_: None, rooms=4, people=3))
    assert outcome.wrong == []
    assert outcome.faults >= 15
    assert outcome.games > 0
    assert outcome.comparisons > 0


def test_a_server_is_at_the_end_as_it_was_at_the_beginning(tmp_path):
    soaked = asyncio.run(soak(tmp_path, seconds=180, seed=1, tell=lambda *_: None, rooms=20, people=3))
    assert soaked.outcome.wrong == []
    assert soaked.outcome.games > 0
    # Rooms that people left close after two minutes: here their number still grows.
    assert soaked.growth < 0.2
    assert soaked.summary["files_grown_by"] < 30
    assert soaked.summary["tasks_grown_by"] < 60


def test_all_kinds_of_faults_are_about_a_hundred():
    assert 100 <= sum(SHARES.values()) <= 120
