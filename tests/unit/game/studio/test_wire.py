"""What cannot be drawn is refused where a report is made, and where it is read."""

import math
from collections.abc import Callable

import msgspec
import pytest

from game.studio.base import Mark
from game.studio.wire import AnyReport, WorkerDone, WorkerEvolved, WorkerLooked, WorkerStarted, WorkerStroke, encode_line, report_decoder

MARK = Mark(((0.0, 0.25), (0.5, 0.5), (0.75, 1.0), (1.0, -0.5)), 0.01, (0.0, 0.5, 1.0, 1.0))


def with_point(x: float) -> Mark:
    return Mark(((x, 0.5), *MARK.points[1:]), MARK.width, MARK.rgba)


def with_width(width: float) -> Mark:
    return Mark(MARK.points, width, MARK.rgba)


def with_red(red: float) -> Mark:
    return Mark(MARK.points, MARK.width, (red, 0.0, 0.0, 1.0))


REPORTS = {
    "point": lambda value: WorkerStroke(1, (MARK, with_point(value)), MARK, 0.5),
    "bare point": lambda value: WorkerStroke(1, (MARK,), with_point(value), 0.5),
    "width": lambda value: WorkerStroke(1, (with_width(value),), MARK, 0.5),
    "colour": lambda value: WorkerStroke(1, (with_red(value),), MARK, 0.5),
    "evolved": lambda value: WorkerEvolved(1, ((), (MARK, with_point(value)))),
    "similarity": lambda value: WorkerStroke(1, (MARK,), MARK, value),
    "last similarity": lambda value: WorkerDone(1, value),
    "sureness": lambda value: WorkerStarted(1, value),
    "probability": lambda value: WorkerLooked(1, (("whale", value),)),
}
UNUSUAL = 0.8125
"""Of no other number of these reports, so that it can be replaced in the line."""


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e30])
@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_it_cannot_be_made_of_what_is_no_number(make: Callable[[float], AnyReport], value: float):
    with pytest.raises(ValueError, match=r"must be|is a number"):
        make(value)


@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"1e30", b"1e999", b"true", b'"0"'])
@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_nor_read(make: Callable[[float], AnyReport], value: bytes):
    line = encode_line(make(UNUSUAL))
    assert report_decoder.decode(line) == make(UNUSUAL)
    with pytest.raises(msgspec.DecodeError):
        report_decoder.decode(line.replace(str(UNUSUAL).encode(), value))


@pytest.mark.parametrize("value", [-0.01, 1.01])
def test_a_colour_is_in_its_range(value: float):
    with pytest.raises(ValueError, match="rgba"):
        WorkerStroke(1, (with_red(value),), MARK, 0.5)


@pytest.mark.parametrize("points", [0, 1, 3, 5])
def test_a_mark_has_the_points_of_whole_curves(points: int):
    with pytest.raises(ValueError, match="control points"):
        WorkerEvolved(1, ((Mark(((0.0, 0.0),) * points, 0.01, MARK.rgba),),))


def test_cosines_may_be_rounded():
    assert WorkerDone(1, 1.0000001).similarity > 1


def test_who_cannot_tell_is_not_refused():
    report = WorkerStarted(1, None)
    assert report_decoder.decode(encode_line(report)) == report
