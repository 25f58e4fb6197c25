import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.drawing.archive import FORMAT, Archived, ArchiveError, pack, unpack
from game.drawing.records import LONGEST_INK, SHAPES, records_of
from game.drawing.varints import varint
from game.protocol.ink import UNDO, InkError
from tests.hand_sketches import HAND_SKETCHES
from tests.unit.game.drawing.hand import SKETCHES, as_sent, people_sketches
from tests.unit.game.drawing.ink import UNDO_RECORD, curve, fill, patiently, scribble, stroke


@st.composite
def any_record(draw):
    """A record of any operation, with any values at all."""
    op = draw(st.sampled_from(sorted(SHAPES)))
    shape = SHAPES[op]
    count = draw(st.integers(0, 9)) if shape.is_counted else 0
    body = bytearray(draw(st.binary(min_size=shape.length(count) - 1, max_size=shape.length(count) - 1)))
    if shape.is_counted:
        body[shape.count_at - 1] = count
    return bytes([op, *body])


any_times = st.one_of(st.integers(0, 200_000), st.integers(0, 2**63 - 1))
some_ink = stroke((100, 100), (103, 101.25), (110, 99)) + fill(50, 50) + curve((-20, 0), (5, 5), (9, 9), (900, 3)) + UNDO_RECORD
some_times = (5, 40, 41, 600, 3000, 9)
kept = pack(some_ink, some_times)


@given(st.data())
def test_any_records_come_back_to_the_byte(data):
    ink = b"".join(data.draw(st.lists(any_record(), max_size=30)))
    count = len(records_of(ink))
    times = data.draw(st.lists(any_times, min_size=count, max_size=count))
    assert unpack(FORMAT, pack(ink, times)) == Archived(ink, tuple(times))


@patiently
@given(st.integers(0, 10_000))
def test_drawings_come_back_to_the_byte(seed):
    ink = b"".join(scribble(seed))
    times = tuple(range(7, 7 + 33 * len(records_of(ink)), 33))
    assert unpack(FORMAT, pack(ink, times)) == Archived(ink, times)


def test_a_blank_canvas_is_kept():
    assert unpack(FORMAT, pack(b"", [])) == Archived(b"", ())


@pytest.mark.parametrize("earlier", [1, 2])
def test_ink_of_earlier_versions_gets_times_at_a_usual_pace(earlier):
    archived = unpack(earlier, some_ink)
    assert archived.ink == some_ink
    assert list(archived.times) == sorted(archived.times)
    assert len(archived.times) == len(some_times)
    assert archived.times[-1] > 900


@pytest.mark.parametrize("times", [some_times[1:], (*some_times, 1), ()])
def test_each_record_must_have_its_time(times):
    with pytest.raises(ValueError, match=f"6 records came with {len(times)} times"):
        pack(some_ink, times)


@pytest.mark.parametrize("time", [-1, 2**63])
def test_a_time_beyond_the_bounds_is_refused(time):
    with pytest.raises(ValueError, match="milliseconds from the turn's start"):
        pack(UNDO_RECORD, [time])


def test_what_is_no_ink_is_refused():
    with pytest.raises(InkError):
        pack(b"\x63", [1])
    with pytest.raises(ValueError, match="at most"):
        pack(UNDO_RECORD * (LONGEST_INK + 1), [0] * (LONGEST_INK + 1))


@pytest.mark.slow
def test_the_most_ink_and_the_largest_times_come_back():
    times = [2**63 - 1 if index % 2 else 0 for index in range(LONGEST_INK)]
    assert unpack(FORMAT, pack(UNDO_RECORD * LONGEST_INK, times)).times == tuple(times)


@pytest.mark.parametrize("unknown", [0, -1, FORMAT + 1])
def test_an_unknown_format_is_refused(unknown):
    with pytest.raises(ArchiveError, match=f"in format {unknown}"):
        unpack(unknown, kept)


@pytest.mark.parametrize("length", range(len(kept)))
def test_a_truncated_drawing_is_refused(length):
    with pytest.raises(ArchiveError, match="damaged"):
        unpack(FORMAT, kept[:length])


@given(st.integers(0, len(kept) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_noticed(place, flip):
    damaged = bytearray(kept)
    damaged[place] ^= flip
    with suppress(ArchiveError):
        # zlib's header has bits that mean nothing here.
        assert unpack(FORMAT, bytes(damaged)) == Archived(some_ink, some_times)


@given(st.integers(1, 3), st.binary())
def test_junk_is_refused_or_read_but_never_breaks_anything(any_format, junk):
    for data in (junk, zlib.compress(junk)):
        with suppress(ArchiveError):
            records_of(unpack(any_format, data).ink)


@given(st.integers(0, len(zlib.decompress(kept)) - 1), st.integers(0, 255))
def test_a_body_with_a_changed_byte_is_refused_or_read(place, value):
    body = bytearray(zlib.decompress(kept))
    body[place] = value
    with suppress(ArchiveError):
        records_of(unpack(FORMAT, zlib.compress(body)).ink)


@pytest.mark.parametrize(
    "body",
    [
        b"\0" * 100_000_000,
        varint(2**60),
        varint(LONGEST_INK + 1) + bytes([UNDO]) * (LONGEST_INK + 1) + b"\0" * (LONGEST_INK + 1),
        # 3,000 records of 255 points: more ink than there may be.
        varint(3000) + b"\2" * 3000 + b"\0" * 6000 + b"\xff" * 3000 + b"\0" * 2 * 3000 * 255,
    ],
)
def test_bombs_are_refused(body):
    with pytest.raises(ArchiveError, match="damaged"):
        unpack(FORMAT, zlib.compress(body))


def test_what_follows_the_end_is_refused():
    for data in (kept + b"\0", zlib.compress(zlib.decompress(kept) + b"\0")):
        with pytest.raises(ArchiveError, match="damaged"):
            unpack(FORMAT, data)


@pytest.mark.parametrize("step", [-1, 2**63])
def test_kept_times_beyond_the_bounds_are_refused(step):
    zigzag = varint(2 * step if step >= 0 else -2 * step - 1)
    with pytest.raises(ArchiveError, match="its times go from"):
        unpack(FORMAT, zlib.compress(varint(1) + bytes([UNDO]) + zigzag))


def test_a_stroke_takes_few_bytes():
    points = [(100 + index, 100 + index * index / 400) for index in range(250)]
    ink = b"".join([struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 400, 400), *(_points(points[at : at + 4]) for at in range(0, 250, 4))])
    assert len(pack(ink, range(0, 33 * 64, 33))) < len(ink) / 5


def _points(points):
    return struct.pack("<BHB", 2, 1, len(points)) + b"".join(struct.pack("<HH", round(4 * x), round(4 * y)) for x, y in points)


def test_peoples_sketches_are_kept_small():
    if not SKETCHES.exists():
        pytest.skip(f"the sketch archive is not at {SKETCHES}; how small people's sketches are kept is not checked")
    sizes = []
    for number, sketch in enumerate(people_sketches(60)):
        ink, times = as_sent(sketch, seed=number)
        data = pack(ink, times)
        assert unpack(FORMAT, data) == Archived(ink, tuple(times))
        sizes.append(len(data))
    assert sorted(sizes)[len(sizes) // 2] < 1000
    assert max(sizes) < 4000


def test_doodles_are_kept_small_and_eight_in_one_too():
    doodles = list(HAND_SKETCHES.values())
    single = [len(pack(*as_sent(doodle, seed=number))) for number, doodle in enumerate(doodles)]
    eight = [len(pack(*as_sent([stroke for doodle in doodles[at : at + 8] for stroke in doodle]))) for at in range(0, 24, 8)]
    assert sorted(single)[len(single) // 2] < 1000
    assert sorted(eight)[1] < 4000
