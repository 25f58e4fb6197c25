"""A drawing as it stood at any moment of its turn."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from game.drawing.archive import Archived
from game.drawing.operations import Curve, Operation, Point, Stroke, read_operations
from game.drawing.records import records_of
from game.protocol.ink import BEGIN, CLEAR, CURVE, CURVE_LAYOUT, END, FILL, POINTS, UNDO

_longest_growth: Final = 120
"""Milliseconds over which a record's points appear, at most: a pen that rested before them did not creep."""


@dataclass(frozen=True, slots=True)
class Growth:
    """From `begins` to `ends`, in milliseconds, a stroke goes on from its point number `first` to number `last`; the first point is 0."""

    begins: int
    ends: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Step:
    """One operation that stands in the end: whole from `ends` on, not there before `begins`, in milliseconds from the turn's start."""

    operation: Operation
    begins: int
    ends: int
    growths: tuple[Growth, ...] = ()
    """Of a person's stroke, one for each record of points, ascending."""

    def at(self, milliseconds: float) -> Operation | None:
        """The operation as far as it went at that moment; None before it began."""
        if milliseconds < self.begins:
            return None
        if milliseconds >= self.ends:
            return self.operation
        if isinstance(self.operation, Curve):
            share = (milliseconds - self.begins) / (self.ends - self.begins)
            return replace(self.operation, points=_part_of_chain(self.operation.points, share))
        if isinstance(self.operation, Stroke):
            return replace(self.operation, points=_part_of_way(self.operation.points, self._length_at(milliseconds)))
        return self.operation

    def _length_at(self, milliseconds: float) -> float:
        """At which point the pen is: 2.5 is halfway between the points number 2 and 3."""
        index = bisect_right(self.growths, milliseconds, key=lambda growth: growth.begins) - 1
        if index < 0:
            return 0
        growth = self.growths[index]
        share = min(1, (milliseconds - growth.begins) / max(1, growth.ends - growth.begins))
        return growth.first + share * (growth.last - growth.first)


class Replay:
    """A drawing's operations with their times; reading it once makes every moment cheap.

    What was undone in the end is no part of it, even while it stood. Raises InkError for bytes that are no ink.
    """

    def __init__(self, archived: Archived) -> None:
        records = records_of(archived.ink)
        times = archived.times
        standing = zip(read_operations(archived.ink), _standing(records), strict=True)
        self.steps: tuple[Step, ...] = tuple(_step(operation, [(records[index], times[index]) for index in group]) for operation, group in standing)
        """In the order of painting, which may differ from the order of times: a curve that replaced another stands in its place."""
        self.milliseconds: int = max((step.ends for step in self.steps), default=0)
        """From the turn's start until the drawing was whole."""

    def at(self, milliseconds: float) -> list[Operation]:
        """The operations as they stood at that moment, the first the lowest; all of them from `self.milliseconds` on."""
        return [operation for step in self.steps if (operation := step.at(milliseconds)) is not None]


def _standing(records: Sequence[bytes]) -> list[list[int]]:
    """The numbers of the records of each operation that stands after all of them, UNDO and REDO applied as `read_operations` does."""
    standing: list[list[int]] = []
    undone: list[list[int]] = []
    for index, record in enumerate(records):
        op = record[0]
        if op in (BEGIN, FILL, CLEAR, CURVE):
            standing.append([index])
            undone.clear()
        elif op in (POINTS, END):
            standing[-1].append(index)
        else:
            source, aim = (standing, undone) if op == UNDO else (undone, standing)
            aim += source[-1:]
            del source[-1:]
    return standing


def _step(operation: Operation, timed: Sequence[tuple[bytes, int]]) -> Step:
    first, begins = timed[0]
    if isinstance(operation, Curve):
        return Step(operation, begins, begins + CURVE_LAYOUT.unpack_from(first)[7])
    growths: list[Growth] = []
    now, at = begins, 0
    for record, time in timed[1:]:
        # A stroke grows in its own order, whatever the times say.
        before, now = now, max(now, time)
        if record[0] == POINTS:
            growths.append(Growth(max(before, now - _longest_growth), now, at, at + record[3]))
            at += record[3]
    return Step(operation, begins, growths[-1].ends if growths else begins, tuple(growths))


def _part_of_way(points: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """The points up to the one number `length`, between two if it is no whole number."""
    whole = int(length)
    if whole == length:
        return points[: whole + 1]
    start, end = points[whole : whole + 2]
    return (*points[: whole + 1], _between(start, end, length - whole))


def _part_of_chain(points: tuple[Point, ...], share: float) -> tuple[Point, ...]:
    """The beginning of a chain of cubic Béziers, cut at a share below 1 of its parameter by de Casteljau's construction."""
    segments = len(points) // 3
    whole, rest = divmod(share * segments, 1)
    start = 3 * int(whole)
    row = list(points[start : start + 4])
    part = [row[0]]
    while len(row) > 1:
        row = [_between(a, b, rest) for a, b in pairwise(row)]
        part.append(row[0])
    return (*points[:start], *part)


def _between(start: Point, end: Point, share: float) -> Point:
    return (round(start[0] + share * (end[0] - start[0])), round(start[1] + share * (end[1] - start[1])))
