import struct
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from game.protocol.codec import encode_ink
from game.protocol.frames import frame_of
from game.protocol.ink import VERSION_BYTES, decode_frame, encode_frame
from game.rooms.event_log import KEPT_SECONDS, EventLog
from game.rules.seats import SEAT_SECONDS

AUDIENCES = (None, frozenset({"ada"}), frozenset({"ben"}), frozenset({"ada", "ben"}), frozenset())
END = 3
texts = st.just(None)
inks = st.tuples(st.integers(1, 2), st.integers(0, 1))
events = st.lists(st.tuples(st.sampled_from(AUDIENCES), texts | inks), max_size=40)
"""Whom for, and a text or else ink, with its turn and its canvas."""


def content_of(number: int, ink: tuple[int, int] | None) -> str | bytes:
    if ink is None:
        return f"event {number}"
    turn, canvas = ink
    return encode_ink(encode_frame(turn, struct.pack("<BH", END, number), canvas), number)


def taken_apart(content: str | bytes) -> list[object]:
    """A text as it is, ink as its records, each with its turn and canvas."""
    if isinstance(content, str):
        return [content]
    frame = decode_frame(content[VERSION_BYTES:], is_whole_canvas=True)
    return [(frame.turn, frame.canvas, record.data) for record in frame.records]


@given(events, st.integers(-2, 45))
def test_gives_just_what_came_since_to_those_whom_it_was_for(came, seen):
    log = EventLog()
    contents = [content_of(number, ink) for number, (_, ink) in enumerate(came, 1)]
    for (audience, _), content in zip(came, contents, strict=True):
        log.add(audience, content)
    missed = log.since(seen, "ada")
    if not 0 <= seen <= len(came):
        assert missed is None
        return
    theirs = [(number, contents[number - 1]) for number, (audience, _) in enumerate(came, 1) if audience is None or "ada" in audience]
    expected = [part for number, content in theirs if number > seen for part in taken_apart(content)]
    assert [part for payload in missed for part in taken_apart(payload.content)] == expected
    # Each says up to where it goes, so that who is cut off between two of them can go on from there.
    versions = [payload.version for payload in missed]
    assert versions == sorted(set(versions))
    for payload in missed:
        assert payload.frame == frame_of(payload.content)
        if isinstance(payload.content, bytes):
            assert struct.unpack_from("<I", payload.content) == (payload.version,)
        whole = log.since(payload.first - 1, "ada")  # whoever did not get this one needs all that is in it
        assert [part for each in whole for part in taken_apart(each.content)][: len(taken_apart(payload.content))] == taken_apart(payload.content)
        again = log.since(payload.version, "ada")
        assert [part for each in again for part in taken_apart(each.content)] == [
            part for number, content in theirs if number > payload.version for part in taken_apart(content)
        ]


@given(events)
def test_ink_that_came_in_a_row_is_told_as_one(came):
    log = EventLog()
    for number, (audience, ink) in enumerate(came, 1):
        log.add(audience, content_of(number, ink))
    runs = [key for key, _ in groupby((audience, ink, ink is None and number) for number, (audience, ink) in enumerate(came))]
    assert len(log.since(0, "ada")) == sum(audience is None or "ada" in audience for audience, _, _ in runs)


def test_what_is_too_large_to_keep_costs_only_those_whom_it_was_for():
    log = EventLog()
    log.add(None, "before")
    log.add(frozenset({"ada"}), "x" * 500_000)
    log.add(None, "after")
    assert log.since(0, "ada") is None
    assert [payload.content for payload in log.since(0, "ben")] == ["before", "after"]
    assert [payload.content for payload in log.since(2, "ada")] == ["after"]


def test_who_missed_what_is_no_longer_kept_needs_the_whole_state():
    log = EventLog()
    for _ in range(300):
        log.add(None, "x" * 1024)
    assert log.since(10, "ada") is None
    assert [payload.content for payload in log.since(299, "ada")] == ["x" * 1024]
    assert log.version == 300


def test_a_minute_of_drawing_is_kept_in_little_room():
    log = EventLog()
    points = struct.pack("<BHB8H", 2, 1, 4, *range(8))
    for number in range(1, 1801):
        log.add(None, encode_ink(encode_frame(1, points), number))
    missed = log.since(0, "ada")
    assert sum(len(taken_apart(payload.content)) for payload in missed) == 1800
    assert len(missed) < 10


def test_what_nobody_can_have_missed_who_still_has_a_seat_is_forgotten():
    log = EventLog()
    for second in range(200):
        log.add(None, f"{second}")
        log.mark(1000.0 + second)
    assert log.since(200 - int(KEPT_SECONDS), "ada") is not None
    assert log.since(200 - int(KEPT_SECONDS) - 3, "ada") is None
    assert KEPT_SECONDS > SEAT_SECONDS
    assert len(log._entries) < KEPT_SECONDS + 3
    assert log._bytes == sum(entry.size for entry in log._entries)
