"""That the benchmark of the hot path still fits the house."""

from tests.bench.hot_path import measure


async def test_each_step_of_the_hot_path_can_be_measured():
    steps = await measure(messages=20, rounds=1)
    assert len(steps) > 10
    assert all(microseconds > 0 for microseconds in steps.values())
