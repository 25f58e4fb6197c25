"""Drawings as SVG, and any SVG as strokes.

    text = write_svg(drawing)
    reading = read_svg(text)

`reading.drawing` equals the drawing. Of other people's files, `reading.strokes` is what counts, and `reading.skipped`
says what is missing. svgelements does the parsing; it is imported when a document is read.
"""

import io
import json
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, Final

from ai_artist.errors import DrawingError
from ai_artist.strokes import FARTHEST, Drawing, Rgba, Stroke
from ai_artist.svg_paths import MOST_NESTED, Subpath, outlines_of, subpaths_of
from ai_artist.svg_source import Source, clean

if TYPE_CHECKING:
    from svgelements import Shape

_not_xml: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_percent_color: Final = re.compile(r"rgb\(\s*([0-9.]+)%\s*,\s*([0-9.]+)%\s*,\s*([0-9.]+)%\s*\)")
_effects: Final = {"clip-path": "clip-path", "mask": "mask", "filter": "filter", "stroke-dasharray": "dashes"} | dict.fromkeys(
    ("marker", "marker-start", "marker-mid", "marker-end"), "marker"
)


def write_svg(drawing: Drawing, size: int = 512) -> str:
    """Return the drawing as an SVG document, `size` pixels a side: one path for each stroke, in their order.

    A stroke has round caps and joins; a filled one is a closed path without a line. The prompt is the title, and the
    rest of the drawing is JSON in <metadata>, so that `read_svg` gives the whole drawing back, numbers equal up to 1e-4.
    """
    paths = "".join(f"  {_path(stroke, size)}\n" for stroke in drawing.strokes)
    rest = {"format": 1, "prompt": drawing.prompt, "method": drawing.method, "seed": drawing.seed, "perceptor": drawing.perceptor}
    rest |= {"similarity": drawing.similarity, "times": drawing.times, "strokes": len(drawing.strokes)}
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">\n'
        f"  <title>{escape(_not_xml.sub('', drawing.prompt))}</title>\n"
        f'  <metadata id="guesstroke">{escape(json.dumps(rest), quote=False)}</metadata>\n'
        f'  <rect width="{size}" height="{size}" fill="#fff"/>\n{paths}</svg>\n'
    )


def _path(stroke: Stroke, size: int) -> str:
    decimals = max(2, 6 - len(str(size)))
    xy = [f"{_number(x * size, decimals)} {_number(y * size, decimals)}" for x, y in stroke.points]
    curves = " ".join(f"C {xy[i]}, {xy[i + 1]}, {xy[i + 2]}" for i in range(1, len(xy), 3))
    color, opacity, width = _color(stroke.rgba), _number(stroke.rgba[3], 5), _number(stroke.width * size, decimals)
    if stroke.filled:
        return f'<path d="M {xy[0]} {curves} Z" fill="{color}" fill-opacity="{opacity}" stroke-width="{width}"/>'
    return (
        f'<path d="M {xy[0]} {curves}" fill="none" stroke="{color}" stroke-opacity="{opacity}" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _number(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _color(rgba: Rgba) -> str:
    """#rrggbb where that says it exactly enough, else percentages, which every reader knows too."""
    parts = [min(max(part, 0.0), 1.0) for part in rgba[:3]]
    if all(abs(part - round(255 * part) / 255) < 1e-5 for part in parts):
        return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
    return f"rgb({', '.join(_number(100 * part, 3) + '%' for part in parts)})"


@dataclass(frozen=True, slots=True)
class SvgReading:
    """What was found in an SVG document.

    strokes  in painting order, in the unit square: the longer side of the viewBox is 1, the shorter is centred
    skipped  what could not be taken over and how often, for example ("text (2)", "gradient (1)")
    drawing  the whole drawing where `write_svg` wrote the document and nobody added or removed a stroke, else None
    """

    strokes: tuple[Stroke, ...]
    skipped: tuple[str, ...]
    drawing: Drawing | None


def read_svg(text: str | bytes) -> SvgReading:
    """Read the shapes of any SVG document as strokes.

    Paths, lines and basic shapes become cubic Béziers (arcs to within 3e-4 of their radius), a path of several parts
    several strokes, a shape with a fill and a line two strokes, the fill below. A hole becomes part of the stroke that it
    is in; fills follow their rule, non-zero or even-odd, except that even-odd is read as non-zero where parts cross. All
    line ends become round; a white background rectangle is left out. Where there is neither a viewBox nor a size, what
    is drawn fills the square.

    Nothing outside the text is ever loaded. Raises DrawingError for what is no SVG, has nothing to draw, or is larger
    than the limits in `svg_source`.
    """
    from svgelements import SVG

    source = clean(text)
    reader = _Reader(source)
    try:
        reader.read(SVG.parse(io.StringIO(source.text), reify=False), 1.0)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, ArithmeticError) as error:
        # svgelements promises no errors of its own for values that make no sense.
        raise DrawingError(f"This SVG cannot be understood: {error}. Save it again with an editor, as plain SVG.") from error
    strokes = _into_unit_square(reader.strokes, source.frame)
    near = tuple(stroke for stroke in strokes if _is_near(stroke))
    if len(near) < len(strokes):
        reader.skipped["shape with points out of reach"] += len(strokes) - len(near)
    skipped = tuple(f"{name} ({count})" for name, count in reader.skipped.items())
    drawing = _drawing_from(source.metadata, near)
    if not near and drawing is None:
        without = f" beside what cannot be drawn: {', '.join(skipped)}" if skipped else ""
        raise DrawingError(f"This SVG has no paths, lines or shapes{without}. Convert them to paths in an editor first.")
    return SvgReading(near, skipped, drawing)


def _drawing_from(metadata: str | None, strokes: tuple[Stroke, ...]) -> Drawing | None:
    try:
        rest = json.loads(metadata or "null")
        if rest is None or rest["format"] != 1 or rest["strokes"] != len(strokes):
            return None
        whole = Drawing(rest["prompt"], rest["method"], rest["seed"], rest["perceptor"], rest["similarity"], strokes, tuple(rest["times"]))
        # Through JSON, because it checks every field.
        return Drawing.from_json(whole.to_json())
    except (ValueError, TypeError, KeyError):
        return None


class _Reader:
    """Walks the parsed document in painting order and collects strokes, in the document's own coordinates."""

    def __init__(self, source: Source) -> None:
        self.strokes: list[Stroke] = []
        self.skipped = Counter(source.skipped)
        self._frame, self._kinds = source.frame, source.kinds
        self._ours = source.metadata is not None

    def read(self, element: Any, opacity: float) -> None:
        """Take over an element and what it holds; `opacity` is that of the groups around it."""
        from svgelements import Group, Shape, Use

        if not isinstance(element, Shape | Group | Use):
            return
        own = element.values["attributes"]
        for key, name in _effects.items():
            if own.get(key, "none") != "none":
                self.skipped[name] += 1
        opacity *= _part(own.get("opacity"))
        if isinstance(element, Shape):
            if element.values.get("visibility") not in ("hidden", "collapse"):
                self._take(element, opacity)
        else:
            for child in element:
                self.read(child, opacity)

    def _take(self, shape: "Shape", opacity: float) -> None:
        values = shape.values
        subpaths = subpaths_of(shape)
        fill = self._paint(values.get("fill"), _part(values.get("fill-opacity")) * opacity)
        line = self._paint(values.get("stroke"), _part(values.get("stroke-opacity")) * opacity)
        width = float(shape.implicit_stroke_width or 0)
        if line is None and fill is not None and not self.strokes and self._is_background(values["tag"], subpaths):
            if fill != (1, 1, 1, 1):
                self.skipped["background colour"] += 1
            return
        if fill is not None and values["tag"] != "line":
            kept_width = width if "stroke-width" in values["attributes"] else 0.0
            parts = [part for part in subpaths if self._ours or not part.is_flat]
            if len(parts) > MOST_NESTED:
                self.skipped["holes of a fill of many parts"] += 1
            outlines = outlines_of(parts, values.get("fill-rule") == "evenodd")
            self.strokes += (Stroke(points, kept_width, fill, True) for points in outlines)
        if line is not None and (width > 0 or self._ours):
            self.strokes += (Stroke(subpath.line, width, line) for subpath in subpaths)

    def _paint(self, value: str | None, opacity: float) -> Rgba | None:
        """The colour, or None for no paint at all."""
        from svgelements import Color

        value = (value or "none").removesuffix("!important").strip()
        if value in ("none", "transparent") or (opacity == 0 and not self._ours):
            return None
        if value.startswith("url("):
            kind = self._kinds.get(value[4:].partition(")")[0].strip("\"' #"), "")
            self.skipped["gradient" if kind.endswith("Gradient") else kind or "paint"] += 1
            return 0.0, 0.0, 0.0, opacity
        if exact := _percent_color.fullmatch(value):
            red, green, blue = (min(float(part) / 100, 1.0) for part in exact.groups())
            return red, green, blue, opacity
        color = Color(value)
        if color.value is None:
            return None
        return color.red / 255, color.green / 255, color.blue / 255, color.opacity * opacity

    def _is_background(self, tag: str, subpaths: list[Subpath]) -> bool:
        if tag != "rect" or self._frame is None or not subpaths:
            return False
        left, top, right, bottom = subpaths[0].box
        width, height = self._frame
        slack = 1e-3 * max(width, height)
        return left <= slack and top <= slack and right >= width - slack and bottom >= height - slack


def _part(text: str | None) -> float:
    """A part of one as SVG writes it, 0.5 or 50%; 1 where it says nothing that can be read."""
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1) if text else 1.0
    except ValueError:
        return 1.0
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 1.0


def _into_unit_square(strokes: list[Stroke], frame: tuple[float, float] | None) -> list[Stroke]:
    """Scale from the document's coordinates; where these have no frame, what is drawn is the frame."""
    if not strokes:
        return []
    if frame is not None:
        left, top, (width, height) = 0.0, 0.0, frame
    else:
        margins = [0.0 if stroke.filled else stroke.width / 2 for stroke in strokes]
        ends = [(x, y, margin) for stroke, margin in zip(strokes, margins, strict=True) for x, y in stroke.points]
        left, top = min(x - margin for x, _, margin in ends), min(y - margin for _, y, margin in ends)
        width, height = max(x + margin for x, _, margin in ends) - left, max(y + margin for _, y, margin in ends) - top
    side = max(width, height) or 1.0
    left, top = left - (side - width) / 2, top - (side - height) / 2
    return [
        replace(stroke, points=tuple(((x - left) / side, (y - top) / side) for x, y in stroke.points), width=stroke.width / side)
        for stroke in strokes
    ]


def _is_near(stroke: Stroke) -> bool:
    # False for what is not a number too.
    return stroke.width <= FARTHEST and all(abs(x) <= FARTHEST and abs(y) <= FARTHEST for x, y in stroke.points)
