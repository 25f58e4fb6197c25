"""A drawing as layers for smooth pictures: strokes by their geometry, fills by their regions, in an order without seams.

Painted in the order of time, a fill's stepped region would lie over the smooth edges of the lines that held it in. So a fill
goes where the ground that it replaces lies, beneath those lines, and reaches a pixel under them; and where it takes all that is
seen of a stroke or an earlier fill, that one just changes its colour. Layers and logical raster agree: of all layers that cover
a pixel's middle, the highest is the one that the raster shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from game.drawing.operations import Curve, Fill, Operation, Rgb, Stroke, visible
from game.drawing.raster import LogicalRaster
from game.drawing.regions import Mask, Region, grown
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH

_opaque: Final = 255


@dataclass(frozen=True, slots=True, eq=False)
class FilledRegion:
    """The pixels that a fill paints."""

    region: Region
    rgb: Rgb


Layer = Stroke | Curve | FilledRegion


def layers_of(operations: Sequence[Operation]) -> list[Layer]:
    """The layers of a drawing on white paper, the lowest first."""
    pile = _Pile()
    for operation in visible(operations):
        if isinstance(operation, Fill):
            pile.fill(operation)
        elif isinstance(operation, Stroke | Curve):
            pile.stroke(operation)
    return pile.in_order()


class _Pile:
    """Layers by number, in the order of painting; 0 is the paper. `owner` has the number of the highest at each pixel."""

    def __init__(self) -> None:
        self._raster = LogicalRaster()
        self._owner: NDArray[np.int32] = np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH), np.int32)
        self._layers: list[Layer | None] = [None]
        self._order = [0]
        # Layers that are seen through translucent strokes.
        self._shining: set[int] = {0}

    def in_order(self) -> list[Layer]:
        return [layer for number in self._order if (layer := self._layers[number]) is not None]

    def stroke(self, operation: Stroke | Curve) -> None:
        if operation.rgba[3] == 0:
            return
        box, mask = self._raster.stroke(operation)
        if operation.rgba[3] < _opaque:
            self._shining.update(np.unique(self._owner[box][mask]).tolist())
        self._owner[box][mask] = self._put(operation, len(self._order))

    def fill(self, operation: Fill) -> None:
        region = self._raster.fill(operation).mask
        region &= ~self._dye(region, operation.rgb)[self._owner]
        owners = np.flatnonzero(np.bincount(self._owner[region]))
        if len(owners) == 0:
            return
        heights = self._heights()
        ground = min(owners.tolist(), key=heights.__getitem__)
        grounded = region & (self._owner == ground)
        rest = region & ~grounded
        hidden = grown(region) & ~region & self._covers(heights, ground)[self._owner]
        number = self._put(FilledRegion(Region.of(grounded | hidden), operation.rgb), int(heights[ground]) + 1)
        self._owner[grounded] = number
        if rest.any():
            # Parts of the region were painted over the ground, by an eraser say: there it lies on top.
            over = grown(rest) & region
            self._owner[over] = self._put(FilledRegion(Region.of(over), operation.rgb), len(self._order))

    def _dye(self, region: Mask, rgb: Rgb) -> NDArray[np.bool_]:
        """Give the layers that are seen in the region and nowhere else its colour. Returns of each layer whether it was one."""
        within = np.bincount(self._owner[region], minlength=len(self._layers))
        dyed: NDArray[np.bool_] = (within > 0) & (within == np.bincount(self._owner.ravel(), minlength=len(self._layers)))
        for number in np.flatnonzero(dyed).tolist():
            layer = self._layers[number]
            if number in self._shining or layer is None:
                dyed[number] = False
            elif isinstance(layer, FilledRegion):
                self._layers[number] = replace(layer, rgb=rgb)
            else:
                self._layers[number] = replace(layer, rgba=(*rgb, _opaque))
        return dyed

    def _put(self, layer: Layer, height: int) -> int:
        self._layers.append(layer)
        self._order.insert(height, len(self._layers) - 1)
        return len(self._layers) - 1

    def _heights(self) -> NDArray[np.int64]:
        """Each layer's place in the order."""
        return np.argsort(self._order)

    def _covers(self, heights: NDArray[np.int64], ground: int) -> NDArray[np.bool_]:
        """Of each layer, whether it hides what would be put just above the ground: opaque strokes higher up do."""
        opaque = [isinstance(layer, Stroke | Curve) and layer.rgba[3] == _opaque for layer in self._layers]
        covers: NDArray[np.bool_] = np.array(opaque) & (heights > heights[ground])
        return covers
