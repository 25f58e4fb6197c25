"""Ink for tests: records from points in logical pixels, and seeded scribbles."""

import struct
from itertools import pairwise
from random import Random

from hypothesis import settings

from game.protocol.ink import BEGIN, CLEAR, CURVE, END, FILL, POINTS, REDO, UNDO

BLACK, RED, GREEN, BLUE, WHITE = (0, 0, 0), (220, 40, 40), (40, 160, 70), (40, 80, 220), (255, 255, 255)
UNDO_RECORD, REDO_RECORD, CLEAR_RECORD = bytes([UNDO]), bytes([REDO]), bytes([CLEAR])
patiently = settings(max_examples=30, deadline=None)
"""For tests that draw whole pictures: the machine may have other work."""
CORNERS = [(0.0, 0.0), (800.0, 0.0), (0.0, 600.0), (800.0, 600.0), (400.0, 0.0), (800.0, 299.75)]


def stroke(*points, width=4.0, rgb=BLACK, alpha=255, number=1):
    """A whole stroke: BEGIN, POINTS as many as it takes, END."""
    (x, y), *rest = [(round(4 * x), round(4 * y)) for x, y in points]
    records = struct.pack("<BHBBBBHHH", BEGIN, number, *rgb, alpha, round(4 * width), x, y)
    for start in range(0, len(rest), 255):
        part = rest[start : start + 255]
        records += struct.pack("<BHB", POINTS, number, len(part)) + b"".join(struct.pack("<HH", *point) for point in part)
    return records + struct.pack("<BH", END, number)


def curve(*points, width=4.0, rgb=BLACK, alpha=255, number=1):
    units = [round(4 * value) for point in points for value in point]
    return struct.pack("<BHBBBBHHB", CURVE, number, *rgb, alpha, round(4 * width), 300, len(points) // 3) + struct.pack(f"<{len(units)}h", *units)


def fill(x, y, rgb=RED):
    return struct.pack("<BBBBHH", FILL, *rgb, round(4 * x), round(4 * y))


def box(left, top, right, bottom, **style):
    """A closed outline, in points as near to one another as a hand's."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return stroke(*(point for ends in pairwise(corners) for point in between(*ends)), corners[-1], **style)


def between(start, end, steps=40):
    """Points from start up to, not including, end."""
    return [tuple(a + (b - a) * step / steps for a, b in zip(start, end, strict=True)) for step in range(steps)]


def scribble(seed):
    """Records that a drawer, an artist and a mischief-maker might have made; the last is always a fill."""
    random = Random(seed)
    records = [_any_record(random, number) for number in range(1, random.randint(4, 24))]
    return [*records, _any_fill(random)]


def _any_record(random, number):
    style = {
        "width": random.choice([2, 2.25, 4, 4, 9, 18, 34.75, 60]),
        "rgb": random.choice([BLACK, RED, GREEN, WHITE, _any_color(random)]),
        "alpha": random.choice([255, 255, 255, 128, 1, 0, random.randrange(256)]),
        "number": number,
    }
    kind = random.choices(["hand", "outline", "jump", "curve", "fill", "undo", "redo", "clear"], [6, 4, 2, 5, 8, 2, 1, 0.5])[0]
    if kind == "hand":
        return stroke(*_walk(random), **style)
    if kind == "outline":
        points = _walk(random)
        return stroke(*points, points[0], **style)
    if kind == "jump":
        return stroke(*(_place(random) for _ in range(random.randint(1, 6))), **style)
    if kind == "curve":
        reach = random.choice([600, 600, 2048])
        count = 3 * random.randint(1, 8) + 1
        style["width"] = random.choice([1, 1.25, style["width"], 80])
        return curve(*((random.uniform(-reach / 4, reach), random.uniform(-reach / 4, reach)) for _ in range(count)), **style)
    if kind == "fill":
        return _any_fill(random)
    return {"undo": UNDO_RECORD, "redo": REDO_RECORD, "clear": CLEAR_RECORD}[kind]


def _any_fill(random):
    return fill(*_place(random), rgb=random.choice([BLACK, BLUE, WHITE, _any_color(random)]))


def _any_color(random):
    return tuple(random.randrange(256) for _ in range(3))


def _place(random):
    if random.random() < 0.15:
        return random.choice(CORNERS)
    return random.randrange(3201) / 4, random.randrange(2401) / 4


def _walk(random):
    """A hand's way: steps of one size, turning; stopped by the canvas's edges."""
    x, y = _place(random)
    step, way_x, way_y = random.choice([0.75, 3, 12, 50]), random.uniform(-1, 1), random.uniform(-1, 1)
    points = [(x, y)]
    for _ in range(random.randint(2, 120)):
        way_x, way_y = way_x + random.uniform(-0.5, 0.5), way_y + random.uniform(-0.5, 0.5)
        x, y = min(800, max(0, x + step * way_x)), min(600, max(0, y + step * way_y))
        points.append((x, y))
    return points
