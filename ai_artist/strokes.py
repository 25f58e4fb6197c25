"""The artist's vocabulary: strokes, and the drawing that they make."""

from dataclasses import dataclass
from html import escape

Point = tuple[float, float]
Rgba = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A brush mark along cubic Béziers.

    points  3 n + 1 control points (x, y) in the unit square, y down; they may lie outside it
    width   full width as a part of the square's side
    rgba    red, green, blue, opacity in 0..1, not premultiplied
    """

    points: tuple[Point, ...]
    width: float
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the artist made of a prompt: strokes in the order in which they were settled, on white."""

    prompt: str
    seed: int
    perceptor: str
    similarity: float
    """Cosine between the picture and the prompt, as the perceptor sees them."""
    strokes: tuple[Stroke, ...]

    def to_svg(self, size: int = 512) -> str:
        """Return the drawing as an SVG document, `size` pixels a side: one path with round caps for each stroke."""
        paths = "\n".join(f"  {_svg_path(stroke, size)}" for stroke in self.strokes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">\n'
            f"  <title>{escape(self.prompt)}</title>\n"
            f'  <rect width="{size}" height="{size}" fill="#fff"/>\n{paths}\n</svg>\n'
        )


def _svg_path(stroke: Stroke, size: int) -> str:
    xy = [f"{x * size:.2f} {y * size:.2f}" for x, y in stroke.points]
    curves = " ".join(f"C {xy[i]}, {xy[i + 1]}, {xy[i + 2]}" for i in range(1, len(xy), 3))
    color = "#" + "".join(f"{round(255 * part):02x}" for part in stroke.rgba[:3])
    return (
        f'<path d="M {xy[0]} {curves}" fill="none" stroke="{color}" stroke-opacity="{stroke.rgba[3]:.3f}" '
        f'stroke-width="{stroke.width * size:.2f}" stroke-linecap="round" stroke-linejoin="round"/>'
    )
