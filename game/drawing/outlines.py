"""The outlines of a region, for formats that know paths and no pixels."""

from collections.abc import Iterator

import numpy as np

from game.drawing.regions import Region
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH

Outline = list[tuple[int, int]]
"""Corners x, y in logical pixels, the first edge horizontal, edges taking turns; the last corner is joined to the first."""


def outlines_of(region: Region) -> Iterator[Outline]:
    """Closed outlines that hold exactly the region's pixels, by the even-odd rule.

    A corner of the region ends one horizontal and one vertical edge, so in each row corners pair off from left to right, and in
    each column from top to bottom. Where two pixels touch at a corner only, four edges meet; by the even-odd rule it is the
    same whichever way the outlines go on there.
    """
    padded = np.zeros((CANVAS_HEIGHT + 2, CANVAS_WIDTH + 2), np.int8)
    padded[1:-1, 1:-1] = region.mask
    around = [padded[:-1, :-1], padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]]
    count = sum(around)
    touching = (around[0] == around[3]) & (around[1] == around[2]) & (count == 2)
    turns = (count == 1) | (count == 3)
    y, x = np.nonzero(turns | touching)
    twice = 1 + touching[y, x]
    y, x = np.repeat(y, twice), np.repeat(x, twice)
    # Row by row already: a corner's partner across is the next, or the one before.
    across = np.arange(len(x)) ^ 1
    by_column = np.lexsort((y, x))
    down = np.empty_like(across)
    down[by_column] = by_column[np.arange(len(x)) ^ 1]
    yield from _walk(list(zip(x.tolist(), y.tolist(), strict=True)), across.tolist(), down.tolist())


def _walk(corners: Outline, across: list[int], down: list[int]) -> Iterator[Outline]:
    seen = bytearray(len(corners))
    for start in range(len(corners)):
        outline, at = [], start
        while not seen[at]:
            beside = across[at]
            seen[at] = seen[beside] = 1
            outline += [corners[at], corners[beside]]
            at = down[beside]
        if outline:
            yield outline
