from hypothesis import given
from hypothesis import strategies as st

from game.rooms.event_log import EventLog

AUDIENCES = (None, frozenset({"ada"}), frozenset({"ben"}), frozenset({"ada", "ben"}), frozenset())
events = st.lists(st.sampled_from(AUDIENCES), max_size=40)


@given(events, st.integers(-2, 45))
def test_gives_just_what_came_since_to_those_whom_it_was_for(audiences, seen):
    log = EventLog()
    for number, audience in enumerate(audiences, 1):
        log.add(audience, f"event {number}")
    missed = log.since(seen, "ada")
    if not 0 <= seen <= len(audiences):
        assert missed is None
    else:
        later = list(enumerate(audiences, 1))[seen:]
        assert missed == [f"event {number}" for number, audience in later if audience is None or "ada" in audience]


def test_what_is_too_large_to_keep_costs_only_those_whom_it_was_for():
    log = EventLog()
    log.add(None, "before")
    log.add(frozenset({"ada"}), b"x" * 500_000)
    log.add(None, "after")
    assert log.since(0, "ada") is None
    assert log.since(0, "ben") == ["before", "after"]
    assert log.since(2, "ada") == ["after"]


def test_who_missed_what_is_no_longer_kept_needs_the_whole_state():
    log = EventLog()
    for _ in range(300):
        log.add(None, b"x" * 1024)
    assert log.since(10, "ada") is None
    assert log.since(299, "ada") == [b"x" * 1024]
    assert log.version == 300
