"""Sets of pixels of the logical canvas, as runs; and the region that a fill floods."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH

Mask = NDArray[np.bool_]
"""[600, 800], True for the pixels that are meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Runs of pixels, row by row from left to right: from index `starts` up to, not including, `ends`.

    An index is 800 * row + column. No run goes on into the next row; two runs never touch.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, mask: Mask) -> "Region":
        """The region of a mask."""
        fenced = np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH + 1), np.int8)
        fenced[:, :-1] = mask
        # A fence after each row's end parts the runs of one row from those of the next.
        turns = np.flatnonzero(np.diff(fenced.ravel(), prepend=np.int8(0)))
        turns -= turns // (CANVAS_WIDTH + 1)
        starts, ends = turns[0::2], turns[1::2]
        # The fence itself, where a run ends at the row's end, is the next row's index 0: the same number, as it should be.
        return cls(starts, ends)

    @property
    def mask(self) -> Mask:
        """The region as a mask."""
        steps = np.zeros(CANVAS_HEIGHT * CANVAS_WIDTH + 1, np.int8)
        steps[self.starts] += 1
        steps[self.ends] -= 1
        return np.cumsum(steps[:-1], dtype=np.int8).astype(np.bool_).reshape(CANVAS_HEIGHT, CANVAS_WIDTH)

    @property
    def is_empty(self) -> bool:
        """Whether it has no pixel."""
        return len(self.starts) == 0


def flooded(mask: Mask, column: int, row: int) -> Region:
    """The part of a mask that hangs together with one of its pixels through left, right, upper and lower neighbours."""
    runs = Region.of(mask)
    starts, ends = runs.starts, runs.ends
    # A run's neighbours in the row below (above) follow one another: from the first that ends beyond its start to the last
    # that starts before its end.
    bounds = []
    for shift in (CANVAS_WIDTH, -CANVAS_WIDTH):
        bounds.append(np.searchsorted(ends, starts + shift, side="right").tolist())
        bounds.append(np.searchsorted(starts, ends + shift, side="left").tolist())
    first_below, after_below, first_above, after_above = bounds
    seed = int(np.searchsorted(starts, row * CANVAS_WIDTH + column, side="right")) - 1
    reached = bytearray(len(starts))
    reached[seed] = 1
    waiting = [seed]
    while waiting:
        run = waiting.pop()
        for first, after in ((first_below[run], after_below[run]), (first_above[run], after_above[run])):
            for neighbour in range(first, after):
                if not reached[neighbour]:
                    reached[neighbour] = 1
                    waiting.append(neighbour)
    kept = np.frombuffer(reached, np.bool_)
    return Region(starts[kept], ends[kept])


def grown(mask: Mask) -> Mask:
    """The mask and every pixel beside it, corners too. Works on a part of the canvas as well."""
    wide = mask.copy()
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    tall = wide.copy()
    tall[1:] |= wide[:-1]
    tall[:-1] |= wide[1:]
    return tall
