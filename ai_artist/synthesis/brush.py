"""What an artist draws strokes with."""

import math
from dataclasses import dataclass
from typing import Final

from ai_artist.errors import ArtistError

Rgb = tuple[float, float, float]

BLACK: Final[Rgb] = (0.0, 0.0, 0.0)
_paper_side: Final = 224


@dataclass(frozen=True, slots=True)
class Brush:
    """How many strokes, of which shape, width and colour. Lengths are parts of the picture's side."""

    strokes: int = 16
    cubics: int = 2
    """Cubic Bézier curves a stroke."""
    fewest_cubics: int | None = None
    """Where given, each stroke has a random number of curves from this to `cubics`."""
    palette: tuple[Rgb, ...] | None = (BLACK,)
    """Opaque strokes of these colours only; None: each stroke's red, green, blue and opacity are optimised freely."""
    filled: bool = False
    """Closed shapes, painted inside, instead of open strokes."""
    reach: float = 0.25
    """How far each control point starts from the one before: within this range, centred on it (the paper's radius)."""
    thinnest: float = 0.012
    thickest: float = 0.032
    first_width: float | None = None
    """The width that strokes start with; by default in the middle."""
    margin: float | None = 0.08
    """Control points stay this far inside the picture, and with them the curves; None: they may go anywhere."""

    def __post_init__(self) -> None:
        if self.strokes < 1 or self.cubics < 1:
            raise ArtistError(f"A drawing has at least 1 stroke of at least 1 curve; got {self.strokes} and {self.cubics}.")
        if self.fewest_cubics is not None and not 1 <= self.fewest_cubics <= self.cubics:
            raise ArtistError(f"Strokes have from 1 to {self.cubics} curves; got {self.fewest_cubics} as the fewest.")
        if not 0 < self.thinnest <= self.thickest:
            raise ArtistError(f"Widths are above 0 and the thinnest is no more than the thickest; got {self.thinnest} and {self.thickest}.")
        if self.palette is not None and not self.palette:
            raise ArtistError("A palette has at least one colour.")

    def keeps(self, rgba: tuple[float, float, float, float]) -> bool:
        """Whether a stroke of this colour and opacity looks the same when this brush goes on from it."""
        if self.palette is None:
            return True
        return any(math.dist(rgba, (*color, 1.0)) < 1 / 255 for color in self.palette)


PAPER_BRUSH: Final = Brush(
    strokes=256,
    cubics=3,
    fewest_cubics=1,
    palette=None,
    reach=0.1,
    thinnest=2 / _paper_side,
    thickest=100 / _paper_side,
    first_width=2 / _paper_side,
    margin=None,
)
"""CLIPDraw's own (section 3 and its published code): 256 strokes of 1 to 3 curves, radius 0.1, widths from 1 to 50 pixels either side
of the middle on a canvas of 224, red, green, blue and opacity at random."""


def parse_palette(text: str) -> tuple[Rgb, ...]:
    """Colours as people write them, names or #rrggbb, with commas between. Raises ArtistError naming what is no colour."""
    from PIL import ImageColor

    palette = []
    for name in filter(None, (part.strip() for part in text.split(","))):
        try:
            red, green, blue = ImageColor.getrgb(name)[:3]
        except ValueError:
            raise ArtistError(f"{name!r} is no colour; a palette is written like 'black, #d33, gold'.") from None
        palette.append((red / 255, green / 255, blue / 255))
    if not palette:
        raise ArtistError("A palette has at least one colour, for example 'black, #d33, gold'.")
    return tuple(palette)
