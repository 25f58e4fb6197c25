"""Painting one moment of a drawing after another, on what was painted before.

What is finished is painted once; what still grows is painted over a copy of it. A fill goes beneath lines that were there before
it (layers.py), so it has all that is finished painted anew. Where that would take too long, the logical raster itself is shown: it
takes fills one by one and wide lines in no time, and made smaller its steps hardly show.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, Protocol

from PIL import Image

from game.drawing.layers import layers_of
from game.drawing.operations import Clear, Curve, Fill, Operation, Stroke
from game.drawing.pen import draw_line
from game.drawing.picture import paint
from game.drawing.raster import LogicalRaster
from game.drawing.replay import Replay, Step
from game.protocol.limits import CANVAS_WIDTH, UNITS_PER_PIXEL

_most_work: Final = 2000
"""Milliseconds of one core, roughly, that may go into what is painted more than once."""
_fewest_moments: Final = 12


class _Ground(Protocol):
    """White paper on which finished operations are painted."""

    def add(self, operations: Sequence[Operation], before: Sequence[Operation]) -> None:
        """Paint more over what was painted `before`."""

    def picture_with(self, lines: Sequence[Operation]) -> Image.Image:
        """What was painted, and over it some lines that do not stay."""


class _SmoothGround:
    """Painted as `picture_of` does."""

    def __init__(self) -> None:
        self._picture = paint([], CANVAS_WIDTH)

    def add(self, operations: Sequence[Operation], before: Sequence[Operation]) -> None:
        if any(isinstance(operation, Fill) for operation in operations):
            self._picture = paint(layers_of([*before, *operations]), CANVAS_WIDTH)
        else:
            _draw_lines(self._picture, operations)

    def picture_with(self, lines: Sequence[Operation]) -> Image.Image:
        picture = self._picture.copy()
        _draw_lines(picture, lines)
        return picture


class _RasterGround:
    """The logical raster, steps and all."""

    def __init__(self) -> None:
        self._raster = LogicalRaster()

    def add(self, operations: Sequence[Operation], before: Sequence[Operation]) -> None:
        _stamp(self._raster, operations)

    def picture_with(self, lines: Sequence[Operation]) -> Image.Image:
        raster = LogicalRaster()
        raster.pixels = self._raster.pixels.copy()
        _stamp(raster, lines)
        return raster.to_image()


class Easel:
    """Holds a drawing while its moments are painted; ascending ones are cheap.

    is_rough  whether lines have steps instead of smooth edges, but for the finished picture of a drawing that is not too large
    """

    def __init__(self, replay: Replay, is_rough: bool = False) -> None:
        self._replay = replay
        self.is_rough = is_rough
        self._ground = self._new_ground()
        self._finished: list[Step] = []

    def picture_at(self, milliseconds: float) -> Image.Image:
        """The drawing as it stood at that moment of its turn: RGB, 800 x 600."""
        if self.is_rough and milliseconds >= self._replay.milliseconds and 2 * _work_of(self._replay.steps, False) <= _most_work:
            return Easel(self._replay).picture_at(milliseconds)
        finished, growing = _parted(self._replay, milliseconds)
        if not _goes_on(finished, self._finished):
            self._ground, self._finished = self._new_ground(), []
        self._ground.add(_operations(finished[len(self._finished) :]), _operations(self._finished))
        self._finished = finished
        parts = [part for step in growing if (part := step.at(milliseconds)) is not None]
        if _hides(growing):
            ground = self._new_ground()
            ground.add([*_operations(finished), *parts], [])
            return ground.picture_with([])
        return self._ground.picture_with(parts)

    def _new_ground(self) -> _Ground:
        return _RasterGround() if self.is_rough else _SmoothGround()


def easel_for(replay: Replay, moments: Sequence[float]) -> tuple[Easel, Sequence[float]]:
    """An easel, and as many of the moments, evenly chosen and the last among them, as can be painted on it in bounded time."""
    if _work(replay, moments, is_rough=False) <= _most_work:
        return Easel(replay), moments
    fewer = moments[::-2][::-1]
    if _work(replay, fewer, is_rough=False) <= _most_work:
        return Easel(replay), fewer
    fewer = moments
    while _work(replay, fewer, is_rough=True) > _most_work and len(fewer) >= 2 * _fewest_moments:
        fewer = fewer[::-2][::-1]
    return Easel(replay, is_rough=True), fewer


def _parted(replay: Replay, milliseconds: float) -> tuple[list[Step], list[Step]]:
    """What is finished at a moment, from the last finished clear up to the first that still grows; and all that began after that."""
    begun = [step for step in replay.steps if step.begins <= milliseconds]
    finished = list(takewhile(lambda step: step.ends <= milliseconds, begun))
    growing = begun[len(finished) :]
    cleared = max((index for index, step in enumerate(finished) if isinstance(step.operation, Clear)), default=-1)
    return finished[cleared + 1 :], growing


def _goes_on(finished: list[Step], before: list[Step]) -> bool:
    return len(before) <= len(finished) and all(a is b for a, b in zip(before, finished, strict=False))


def _hides(growing: Sequence[Step]) -> bool:
    """Whether more than lines came while a line before it still grew."""
    return any(isinstance(step.operation, Fill | Clear) for step in growing)


def _operations(steps: Sequence[Step]) -> list[Operation]:
    return [step.operation for step in steps]


def _draw_lines(picture: Image.Image, operations: Sequence[Operation]) -> None:
    for operation in operations:
        if isinstance(operation, Stroke | Curve):
            draw_line(picture, operation, picture.width / CANVAS_WIDTH)


def _stamp(raster: LogicalRaster, operations: Sequence[Operation]) -> None:
    for operation in operations:
        if isinstance(operation, Fill):
            raster.fill(operation)
        elif isinstance(operation, Stroke | Curve):
            raster.stroke(operation)


def _work(replay: Replay, moments: Sequence[float], is_rough: bool) -> float:
    """About how many milliseconds go into what is painted more than once for these moments."""
    # Layers are made of the raster's work, and then painted.
    anew = 1 if is_rough else 2
    work, before = 0.0, list[Step]()
    for moment in moments:
        finished, growing = _parted(replay, moment)
        goes_on = _goes_on(finished, before)
        fresh = finished[len(before) :] if goes_on else finished
        if not goes_on or (not is_rough and any(isinstance(step.operation, Fill) for step in fresh)):
            work += _work_of(finished, is_rough) * anew
        # What grows is half there on the average.
        work += _work_of([*finished, *growing], is_rough) * anew if _hides(growing) else _work_of(growing, is_rough) / 2
        before = finished
    return work


def _work_of(steps: Sequence[Step], is_rough: bool) -> float:
    """About how many milliseconds it takes to paint these operations once."""
    return sum(_work_of_one(step.operation, is_rough) for step in steps)


def _work_of_one(operation: Operation, is_rough: bool) -> float:
    if isinstance(operation, Fill):
        return 4
    if isinstance(operation, Clear):
        return 0
    # A curve's points are far apart: several corners of its polyline to each.
    corners = len(operation.points) * (1 if isinstance(operation, Stroke) else 6)
    width = operation.width / UNITS_PER_PIXEL
    return 0.3 + corners * (0.004 + 0.0002 * width if is_rough else 0.010 + 0.003 * width)
