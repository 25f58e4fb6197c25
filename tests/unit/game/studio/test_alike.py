"""In an imitation nothing about a stroke says whose it is: what the rules say of a person's is what the artist's really are."""

import struct

import pytest

from ai_artist.synthesis.ink import INK
from game.protocol.ink import encode_curve
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH
from game.rules.modes import MODES
from game.studio.placing import SIDE, on_canvas
from tests.unit.game.rules.table import Table, begin, end, points


@pytest.fixture(scope="module")
def stroke() -> bytes:
    """A person's stroke from corner to corner of the canvas, as the others see it."""
    table = next(table for seed in range(50) if not (table := Table("ada", "ben", game_mode="imitation", seed=seed).begin()).turn.drawer_is_ai)
    far = (4 * CANVAS_WIDTH, 4 * CANVAS_HEIGHT)
    table.draw(table.drawer, begin(1, 0, 0) + points(1, *(far if number % 2 else (0, far[1]) for number in range(9))) + end(1))
    return table.turn.canvas.ink


def test_it_is_as_wide_as_the_artists_ink_and_of_as_many_curves(stroke):
    middle = [(CANVAS_WIDTH / 2, CANVAS_HEIGHT / 2)] * (3 * INK.brush.cubics + 1)
    assert INK.brush.thinnest == INK.brush.thickest
    artists = encode_curve(1, (0, 0, 0, 255), INK.brush.thinnest * SIDE, 900, middle)
    assert stroke[:12] == artists[:12]  # all but the points: number, colour, width, time, curves


def test_it_stays_where_the_artists_strokes_stay(stroke):
    assert INK.brush.margin is not None
    low, high = on_canvas((INK.brush.margin,) * 2), on_canvas((1 - INK.brush.margin,) * 2)
    places = [(x / 4, y / 4) for x, y in struct.iter_unpack("<hh", stroke[12:])]
    for axis in (0, 1):
        assert min(place[axis] for place in places) == pytest.approx(low[axis])
        assert max(place[axis] for place in places) == pytest.approx(high[axis])


def test_there_are_as_many():
    assert MODES["imitation"].most_strokes == INK.brush.strokes
