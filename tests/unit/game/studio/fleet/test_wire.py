import math

import msgspec
import pytest

from game.rules.effects import Commission, Manner
from game.studio.base import DrawingEvolved, DrawingFinished, DrawingStarted, Mark, StrokeDrawn
from game.studio.fleet.wire import Order, decode_order, decode_told, encode, event_of, report_of
from game.studio.wire import WorkerBeat, WorkerFailed, WorkerStroke

MARK = Mark(((0.1, 0.2), (0.3, 0.4), (0.5, 0.6), (0.7, 0.8)), 0.01, (0.0, 0.5, 1.0, 1.0))
BARE = Mark(MARK.points, 0.02, MARK.rgba)


@pytest.mark.parametrize(
    "event",
    [
        DrawingStarted(0.5),
        DrawingStarted(None),
        StrokeDrawn((MARK, MARK), 0.25, BARE),
        DrawingEvolved(((MARK,), ())),
        DrawingFinished(0.5),
    ],
)
def test_what_happens_to_a_drawing_comes_over_redis_as_it_was(event):
    heard = event_of(decode_told(encode(report_of(event))))
    assert heard == event
    if isinstance(event, StrokeDrawn):
        assert heard.bare == BARE


def test_a_drawing_that_ended_early_is_a_failure_which_another_can_mend():
    failure = decode_told(encode(report_of(DrawingFinished(0.0, is_whole=False))))
    assert isinstance(failure, WorkerFailed)
    assert event_of(failure) is None
    assert event_of(WorkerBeat()) is None


def test_what_cannot_be_drawn_is_refused():
    good = encode(WorkerStroke(0, (MARK,), BARE, 0.25))
    decode_told(good)
    for bad in (math.nan, 1e300):
        with pytest.raises(msgspec.ValidationError, match="mark"):
            decode_told(good.replace(msgspec.msgpack.encode(0.7), msgspec.msgpack.encode(bad)))
    with pytest.raises(msgspec.DecodeError):
        decode_told(b"\xc1")


def test_an_order_comes_over_redis_as_it_was():
    order = Order(Commission("house", 60.0, 7, Manner("evolving", "hard", "neon", colours=False), b"\x00\xff"), True, (BARE,))
    assert decode_order(encode(order)) == order
