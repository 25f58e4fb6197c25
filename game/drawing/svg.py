"""Drawings as SVG: lines as true curves, fills as the outlines of their regions."""

from collections.abc import Iterator
from itertools import pairwise

from game.drawing.layers import FilledRegion, Layer, layers_of
from game.drawing.operations import Curve, Point, Rgba, Stroke, read_operations
from game.drawing.outlines import outlines_of
from game.drawing.regions import Region
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_PIXEL


def svg_of(ink: bytes) -> str:
    """Ink, records as `Canvas.ink` has them, as an SVG document of 800 x 600. Raises InkError for bytes that are no ink."""
    return "\n".join(_lines(layers_of(read_operations(ink))))


def _lines(layers: list[Layer]) -> Iterator[str]:
    size = f'width="{CANVAS_WIDTH}" height="{CANVAS_HEIGHT}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {CANVAS_WIDTH} {CANVAS_HEIGHT}">'
    yield f'<rect {size} fill="#fff"/>'
    yield '<g fill="none" stroke-linecap="round" stroke-linejoin="round">'
    for layer in layers:
        yield _region(layer) if isinstance(layer, FilledRegion) else _line(layer)
    yield "</g>"
    yield "</svg>\n"


def _region(layer: FilledRegion) -> str:
    return f'<path fill="{_hex(*layer.rgb)}" fill-rule="evenodd" d="{_outlines(layer.region)}"/>'


def _outlines(region: Region) -> str:
    return "".join(_outline(outline) for outline in outlines_of(region))


def _outline(outline: list[tuple[int, int]]) -> str:
    (x, y), *corners = outline
    path = [f"M{x} {y}"]
    for number, (to_x, to_y) in enumerate(corners):
        path.append(f"v{to_y - y}" if number % 2 else f"h{to_x - x}")
        x, y = to_x, to_y
    return "".join(path) + "z"


def _line(line: Stroke | Curve) -> str:
    color = _hex(*line.rgba[:3])
    if len(set(line.points)) == 1:
        x, y = (_pixels(value) for value in line.points[0])
        return f'<circle cx="{x}" cy="{y}" r="{_pixels(line.width / 2)}" fill="{color}"{_opacity("fill", line.rgba)}/>'
    path = _cubics(line.points) if isinstance(line, Curve) else _quadratics(line.points)
    return f'<path stroke="{color}"{_opacity("stroke", line.rgba)} stroke-width="{_pixels(line.width)}" d="{path}"/>'


def _opacity(what: str, rgba: Rgba) -> str:
    return "" if rgba[3] == 255 else f' {what}-opacity="{rgba[3] / 255:.4g}"'


def _cubics(points: tuple[Point, ...]) -> str:
    return f"M{_pair(*points[0])}C" + " ".join(_pair(*point) for point in points[1:])


def _quadratics(points: tuple[Point, ...]) -> str:
    """Through the middles of the points, as polylines.py smooths them."""
    path = [f"M{_pair(*points[0])}"]
    for (x, y), (to_x, to_y) in pairwise(points[1:]):
        path.append(f"Q{_pair(x, y)} {_pair((x + to_x) / 2, (y + to_y) / 2)}")
    path.append(f"L{_pair(*points[-1])}")
    return "".join(path)


def _pair(x: float, y: float) -> str:
    return f"{_pixels(x)} {_pixels(y)}"


def _pixels(quarters: float) -> str:
    """Eighths of a pixel at the finest, so three decimals say it exactly."""
    return f"{quarters / UNITS_PER_PIXEL:.3f}".rstrip("0").rstrip(".")


def _hex(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"
