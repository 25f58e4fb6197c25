import pytest

from tests.load.knee import find_knees


@pytest.mark.parametrize("knee", [1, 7, 60, 163, 250, 251, 900])
@pytest.mark.parametrize("guess", [20, 250])
def test_finds_the_most_that_passes_within_a_twentieth(knee, guess):
    tried = []

    def passes(name: str, rooms: int) -> bool:
        tried.append(name)
        return rooms <= {"one": knee, "other": 2 * knee}[name]

    found = find_knees({"one": guess, "other": guess}, passes)
    for name, true in (("one", knee), ("other", 2 * knee)):
        assert found[name] <= true
        assert found[name] >= true - max(1, 0.05 * true)
    assert tried[0] == "one"
    assert "other" in tried[1:3]  # they take turns
    assert len(tried) < 80


def test_a_trial_that_fails_by_chance_is_tried_again():
    failures = iter([True])
    found = find_knees({"one": 100}, lambda name, rooms: rooms <= 120 and not next(failures, False))
    assert 114 <= found["one"] <= 120


def test_a_server_that_carries_nothing_ends_the_search():
    assert find_knees({"none": 50}, lambda name, rooms: False) == {"none": 0}
