"""Short runs of `python -m tests.chaos.nodes`."""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.hosts import hosts
from tests.chaos.nodes import FAULTS, cable_pulled, node_killed, run
from tests.databases import own_postgres
from tests.redis import own_redis

pytestmark = [pytest.mark.slow, pytest.mark.undisturbed]


@pytest.mark.timeout(400)
def test_sixty_rooms_on_three_nodes_outlive_what_breaks(tmp_path: Path):
    with own_postgres() as postgres, own_redis() as redis:
        outcome = asyncio.run(run(tmp_path, postgres, redis, seed=11, rooms=60, people=3, seconds=2))
    assert outcome.wrong == []
    assert len(outcome.recoveries) == len(FAULTS)
    assert outcome.turns > 0


@pytest.mark.timeout(300)
def test_rooms_on_three_machines_outlive_a_cable_that_is_pulled(tmp_path: Path):
    faults = (cable_pulled, node_killed)
    with hosts() as machines, own_postgres(machines.address) as postgres, own_redis(machines.address) as redis:
        outcome = asyncio.run(run(tmp_path, postgres, redis, seed=12, rooms=12, people=3, seconds=2, faults=faults, hosts=machines))
    assert outcome.wrong == []
    assert len(outcome.recoveries) == len(faults)
    assert outcome.turns > 0
