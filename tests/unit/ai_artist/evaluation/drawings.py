"""Drawings for a judge that tells left from right."""

from ai_artist.evaluation.records import Record
from ai_artist.strokes import Drawing
from tests.unit.ai_artist.evaluation.test_bitmaps import path

LEFT = path((0.1, 0.1), (0.1, 0.9), (0.9, 0.9))
RIGHT = path((0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
RIGHT_SIDE = path((0.9, 0.1), (0.9, 0.9), (0.9, 0.1))
SOLID = path((0, 0), (1, 0), (1, 1), (0, 1), filled=True)


def record(word="left", strokes=(LEFT,), similarity=0.5, seed=0, times=(), seconds=4.0):
    return Record(Drawing(word, "ink", seed, "doodle-clip", similarity, tuple(strokes), tuple(times)), seconds)
