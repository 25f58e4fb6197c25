"""Thirty doodles of ours, written out by hand: no dataset's pictures, so whoever runs the tests has them.

They are in a box of 100 by 100, x to the right and y down, in the order of strokes in which a person would draw them.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float32]
Point = tuple[float, float]


def line(*corners: Point) -> Stroke:
    """Straight from corner to corner."""
    return np.array(corners, np.float32)


def outline(*corners: Point) -> Stroke:
    """Straight from corner to corner and back to the first."""
    return line(*corners, corners[0])


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> Stroke:
    """Part of an ellipse around (x, y) with these half axes; degrees, 0 to the right, 90 down."""
    angles = np.radians(np.linspace(start, end, max(4, int(abs(end - start) / 12) + 1)))
    return np.stack([x + across * np.cos(angles), y + down * np.sin(angles)], 1).astype(np.float32)


def ellipse(x: float, y: float, across: float, down: float) -> Stroke:
    return arc(x, y, across, down, -90, 270)


def circle(x: float, y: float, radius: float) -> Stroke:
    return ellipse(x, y, radius, radius)


def curve(*points: Point) -> Stroke:
    """Smoothly through the points (a Catmull-Rom spline); closed where the last is the first."""
    through = np.array(points, np.float64)
    closed = points[0] == points[-1]
    before, after = (through[-2], through[1]) if closed else (through[0], through[-1])
    padded = np.concatenate([before[None], through, after[None]])
    t = np.linspace(0, 1, 6, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(b + t * (c - a) / 2 + t**2 * (2 * a - 5 * b + 4 * c - d) / 2 + t**3 * (3 * b - a - 3 * c + d) / 2)
    return np.concatenate([*pieces, through[-1:]]).astype(np.float32)


def rays(x: float, y: float, inner: float, outer: float, count: int) -> list[Stroke]:
    """So many strokes away from (x, y), evenly around it."""
    turns = np.arange(count) * 2 * np.pi / count - np.pi / 2
    ways = [(np.cos(turn), np.sin(turn)) for turn in turns]
    return [line((x + inner * u, y + inner * v), (x + outer * u, y + outer * v)) for u, v in ways]


def chain_of_bumps(*joints: Point) -> Stroke:
    """A half circle from joint to joint, to the left of the way: clouds and treetops, clockwise."""
    pieces = []
    for (x0, y0), (x1, y1) in pairwise(joints):
        radius, start = np.hypot(x1 - x0, y1 - y0) / 2, np.degrees(np.arctan2(y0 - y1, x0 - x1))
        pieces.append(arc((x0 + x1) / 2, (y0 + y1) / 2, radius, radius, start, start + 180))
    return np.concatenate(pieces)


_drawings: dict[str, list[Stroke]] = {
    "house": [
        outline((18, 45), (82, 45), (82, 92), (18, 92)),
        line((10, 46), (50, 10), (90, 46)),
        line((42, 92), (42, 66), (58, 66), (58, 92)),
        outline((25, 54), (37, 54), (37, 66), (25, 66)),
        outline((64, 54), (76, 54), (76, 66), (64, 66)),
        line((68, 26), (68, 12), (77, 12), (77, 34)),
    ],
    "sun": [circle(50, 50, 22), *rays(50, 50, 29, 45, 12)],
    "fish": [
        curve((70, 50), (55, 33), (36, 29), (18, 38), (8, 50), (18, 62), (36, 71), (55, 67), (70, 50)),
        line((69, 50), (92, 32), (87, 50), (92, 68), (69, 50)),
        circle(22, 45, 3),
        arc(28, 50, 8, 15, -70, 70),
        curve((8, 51), (13, 54), (18, 53)),
    ],
    "tree": [
        line((42, 94), (44, 62)),
        line((59, 94), (56, 62)),
        chain_of_bumps((44, 62), (24, 60), (18, 40), (32, 22), (54, 16), (74, 26), (82, 44), (74, 60), (56, 62)),
    ],
    "star": [outline((50, 8), (62, 38), (94, 39), (69, 59), (78, 91), (50, 72), (22, 91), (31, 59), (6, 39), (38, 38))],
    "umbrella": [
        arc(50, 48, 42, 38, 180, 360),
        arc(22, 48, 14, 7, 180, 360),
        arc(50, 48, 14, 7, 180, 360),
        arc(78, 48, 14, 7, 180, 360),
        np.concatenate([line((50, 42), (50, 82)), arc(58, 82, 8, 9, 180, 0)]),
        line((50, 10), (50, 4)),
    ],
    "apple": [
        curve((50, 32), (38, 26), (22, 30), (14, 48), (18, 70), (32, 90), (42, 92), (50, 89)),
        curve((50, 32), (62, 26), (78, 30), (86, 48), (82, 70), (68, 90), (58, 92), (50, 89)),
        curve((50, 34), (50, 22), (55, 10)),
        curve((53, 20), (64, 8), (80, 10), (70, 20), (53, 20)),
    ],
    "snowman": [
        circle(50, 78, 19),
        circle(50, 47, 13),
        circle(50, 24, 12),
        circle(45, 21, 1),
        circle(55, 21, 1),
        line((50, 24), (63, 27), (50, 28)),
        arc(49, 27, 7, 5, 40, 160),
        circle(50, 42, 1),
        circle(50, 52, 1),
        line((38, 43), (16, 30)),
        line((23, 34), (21, 24)),
        line((62, 43), (84, 30)),
        line((77, 34), (79, 24)),
        line((35, 13), (65, 13)),
        line((42, 13), (42, 1), (58, 1), (58, 13)),
    ],
    "flower": [
        circle(50, 32, 8),
        *(circle(50 + 16 * np.cos(a), 32 + 16 * np.sin(a), 8.5) for a in np.arange(6) * np.pi / 3 + np.pi / 6),
        curve((50, 57), (52, 75), (50, 96)),
        curve((51, 84), (60, 68), (76, 66), (68, 80), (51, 84)),
        curve((51, 88), (42, 74), (26, 72), (34, 86), (51, 88)),
    ],
    "ladder": [
        line((34, 4), (30, 96)),
        line((66, 4), (70, 96)),
        *(line((34 - y / 25, y), (66 + y / 25, y)) for y in (14, 28, 42, 56, 70, 84)),
    ],
    "envelope": [outline((8, 24), (92, 24), (92, 78), (8, 78)), line((8, 24), (50, 56), (92, 24))],
    "sailboat": [
        line((8, 70), (92, 70), (76, 90), (24, 90), (8, 70)),
        line((48, 70), (48, 6)),
        outline((52, 10), (86, 62), (52, 62)),
        outline((44, 20), (44, 62), (16, 62)),
    ],
    "mushroom": [
        np.concatenate([arc(50, 50, 42, 40, 180, 360), arc(50, 50, 42, 8, 0, 180)]),
        curve((38, 58), (40, 74), (36, 90), (50, 94), (64, 90), (60, 74), (62, 58)),
        circle(50, 26, 6),
        circle(28, 38, 5),
        circle(72, 38, 5),
    ],
    "key": [
        circle(24, 50, 16),
        circle(20, 50, 5),
        line((40, 46), (92, 46), (92, 66), (84, 66), (84, 54), (76, 54), (76, 62), (69, 62), (69, 54), (40, 54)),
    ],
    "eye": [
        curve((6, 52), (26, 34), (50, 27), (74, 34), (94, 52)),
        curve((6, 52), (26, 68), (50, 74), (74, 68), (94, 52)),
        circle(50, 50, 19),
        circle(50, 50, 8),
        *(line((50 + u, v), (50 + u * 1.25, v - 13)) for u, v in ((-30, 37), (-16, 30), (0, 27), (16, 30), (30, 37))),
    ],
    "airplane": [
        curve((8, 54), (14, 46), (30, 42), (60, 42), (92, 44), (88, 52), (60, 60), (26, 62), (12, 60), (8, 54)),
        line((78, 43), (90, 22), (97, 22), (92, 44)),
        line((42, 54), (66, 84), (76, 84), (62, 54)),
        line((44, 42), (60, 22), (68, 22), (62, 42)),
        *(circle(x, 49, 2) for x in (28, 36, 44, 52, 60, 68)),
    ],
    "candle": [
        outline((38, 42), (62, 42), (62, 88), (38, 88)),
        line((50, 42), (50, 33)),
        curve((50, 36), (42, 28), (50, 8), (58, 28), (50, 36)),
        ellipse(50, 89, 32, 6),
        curve((38, 50), (42, 58), (45, 50), (48, 46), (52, 54), (55, 43)),
    ],
    "clock": [
        circle(50, 50, 42),
        line((50, 50), (50, 20)),
        line((50, 50), (70, 60)),
        *rays(50, 50, 34, 40, 12),
    ],
    "bicycle": [
        circle(24, 66, 18),
        circle(76, 66, 18),
        outline((24, 66), (38, 42), (66, 42), (48, 66)),
        line((48, 66), (35, 36)),
        line((28, 36), (42, 36)),
        line((76, 66), (63, 30), (72, 27)),
        circle(48, 66, 4),
    ],
    "cloud": [
        chain_of_bumps((20, 70), (16, 50), (32, 36), (58, 30), (78, 42), (84, 68)),
        line((20, 70), (84, 68)),
    ],
    "moon": [np.concatenate([arc(46, 50, 42, 42, -60, -300), arc(78, 50, 38, 38, 106, 254)])],
    "lightning": [outline((54, 4), (24, 54), (46, 54), (34, 96), (76, 40), (53, 40), (70, 4))],
    "rainbow": [
        *(arc(50, 64, radius, radius, 180, 360) for radius in (44, 36, 28, 20)),
        chain_of_bumps((8, 88), (10, 72), (26, 72), (30, 88)),
        line((8, 88), (30, 88)),
        chain_of_bumps((70, 88), (74, 72), (90, 72), (92, 88)),
        line((70, 88), (92, 88)),
    ],
    "smiley face": [circle(50, 50, 44), ellipse(35, 38, 4, 7), ellipse(65, 38, 4, 7), arc(50, 54, 25, 22, 5, 175)],
    "ice cream": [
        arc(50, 38, 28, 34, 170, 370),
        chain_of_bumps((77, 44), (63, 47), (50, 48), (37, 47), (23, 44)),
        line((29, 51), (50, 98), (71, 51)),
        line((34, 64), (56, 84)),
        line((66, 64), (44, 84)),
        line((50, 56), (62, 70)),
        line((50, 56), (38, 70)),
    ],
    "butterfly": [
        ellipse(50, 54, 4, 26),
        curve((53, 46), (64, 20), (84, 12), (94, 24), (88, 44), (72, 54), (54, 54)),
        curve((54, 56), (72, 56), (84, 66), (82, 82), (70, 88), (58, 78), (53, 64)),
        curve((47, 46), (36, 20), (16, 12), (6, 24), (12, 44), (28, 54), (46, 54)),
        curve((46, 56), (28, 56), (16, 66), (18, 82), (30, 88), (42, 78), (47, 64)),
        curve((51, 28), (54, 16), (62, 8)),
        curve((49, 28), (46, 16), (38, 8)),
        circle(78, 30, 6),
        circle(22, 30, 6),
    ],
    "mountain": [
        line((4, 88), (38, 22), (60, 64)),
        line((50, 84), (74, 40), (98, 88)),
        line((28, 42), (33, 48), (38, 41), (43, 48), (48, 42)),
        line((66, 54), (71, 59), (75, 53), (81, 54)),
        line((4, 88), (98, 88)),
    ],
    "t-shirt": [
        outline((36, 16), (24, 19), (4, 40), (17, 53), (27, 44), (27, 92), (73, 92), (73, 44), (83, 53), (96, 40), (76, 19), (64, 16)),
        arc(50, 16, 14, 12, 0, 180),
    ],
    "cactus": [
        np.concatenate([line((40, 80), (40, 18)), arc(50, 18, 10, 12, 180, 360), line((60, 18), (60, 80))]),
        np.concatenate([line((40, 60), (26, 60)), curve((26, 60), (16, 56), (13, 46)), line((13, 46), (13, 34))]),
        np.concatenate([arc(18, 34, 5, 6, 180, 360), line((23, 34), (23, 46)), curve((23, 46), (25, 50), (29, 50)), line((29, 50), (40, 50))]),
        np.concatenate([line((60, 52), (74, 52)), curve((74, 52), (84, 48), (87, 38)), line((87, 38), (87, 26))]),
        np.concatenate([arc(82, 26, 5, 6, 360, 180), line((77, 26), (77, 38)), curve((77, 38), (75, 42), (71, 42)), line((71, 42), (60, 42))]),
        *(line((x, y), (x, y + 5)) for x, y in ((47, 24), (53, 36), (47, 48), (53, 60), (47, 70))),
        outline((28, 80), (72, 80), (66, 97), (34, 97)),
    ],
    "hot air balloon": [
        curve((42, 70), (24, 50), (20, 30), (32, 11), (50, 5), (68, 11), (80, 30), (76, 50), (58, 70)),
        line((42, 70), (58, 70)),
        curve((46, 70), (38, 48), (38, 24), (50, 5)),
        curve((54, 70), (62, 48), (62, 24), (50, 5)),
        line((42, 70), (43, 82)),
        line((58, 70), (57, 82)),
        outline((41, 82), (59, 82), (57, 96), (43, 96)),
    ],
}

HAND_SKETCHES: dict[str, tuple[Stroke, ...]] = {word: tuple(stroke / np.float32(100) for stroke in strokes) for word, strokes in _drawings.items()}
"""Each drawing by its category of Quick, Draw!: strokes float32 [points, 2] in 0..1."""
