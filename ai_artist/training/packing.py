"""Many drawings' strokes in three arrays: quick to store and to map."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Strokes = tuple[NDArray[np.float32], ...]
"""Of one drawing, in the order drawn: each float32 [points, 2] of x, y in 0..1, y down."""


class Packed(NamedTuple):
    """Stroke s is points[stroke_offsets[s]:stroke_offsets[s + 1]]; drawing d is the strokes drawing_offsets[d] to drawing_offsets[d + 1]."""

    points: NDArray[np.float32]
    stroke_offsets: NDArray[np.int32]
    drawing_offsets: NDArray[np.int32]

    def drawing(self, index: int) -> Strokes:
        """One drawing's strokes; none for a drawing that was packed without any."""
        first, end = self.drawing_offsets[index], self.drawing_offsets[index + 1]
        return tuple(self.points[self.stroke_offsets[stroke] : self.stroke_offsets[stroke + 1]] for stroke in range(first, end))


def pack(drawings: Sequence[Strokes]) -> Packed:
    """Return the drawings one after another."""
    strokes = [stroke for drawing in drawings for stroke in drawing]
    points = np.concatenate(strokes) if strokes else np.zeros((0, 2), np.float32)
    return Packed(points, _offsets([len(stroke) for stroke in strokes]), _offsets([len(drawing) for drawing in drawings]))


def _offsets(lengths: Sequence[int]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(np.array(lengths, np.int64))]).astype(np.int32)
