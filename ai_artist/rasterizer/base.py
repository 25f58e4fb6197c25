"""What every rasteriser takes (`Scene`), what it promises (`Rasterizer`), and the checks that they share."""

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

FARTHEST = 1e6
"""Coordinates and widths beyond this many pixels are refused: float32 no longer knows their pixel there."""

MOST_SUPERSAMPLING = 16


@dataclass(frozen=True, eq=False)
class Scene:
    """A batch of B canvases with S strokes each, every stroke an open path of n >= 1 cubic Bezier curves.

    points      float [B, S, 3n + 1, 2]: control points (x, y) in pixels of the picture that will be rendered; x runs
                right, y down, and the centre of the top left pixel is (0.5, 0.5). Neighbouring cubics share a point:
                point 0 starts the stroke, points 3, 6, ... lie on it, the others are handles. A stroke with fewer
                cubics than its neighbours repeats its last point; one whose points all coincide is a round dot.
    widths      float [B, S]: full width of the stroke in pixels (diffvg's stroke_width is half of it). Ends are round.
                Zero or less leaves no ink and gets no gradient, so an optimiser should keep widths above it.
    colors      float [B, S, 4]: red, green, blue and opacity in 0..1, not premultiplied. Values outside are rendered
                as if clamped, and get no gradient, as with torch.clamp.
    background  float [3] or [B, 3]: the opaque colour beneath all strokes, red, green, blue, treated as `colors` are.

    The order of S is the order of painting: stroke 0 lies at the bottom. Building a scene checks types and shapes and
    raises ValueError; whether the numbers are finite is checked when it is rendered, as an optimiser changes them in place.
    """

    points: Tensor
    widths: Tensor
    colors: Tensor
    background: Tensor

    def __post_init__(self) -> None:
        for name in ("points", "widths", "colors", "background"):
            value = getattr(self, name)
            if not isinstance(value, Tensor) or not value.is_floating_point():
                found = f"{value.dtype}" if isinstance(value, Tensor) else type(value).__name__
                raise ValueError(f"{name} must be a floating point torch.Tensor, got {found}; see torch.as_tensor(..., dtype=torch.float32)")
        shape = tuple(self.points.shape)
        if len(shape) != 4 or shape[0] < 1 or shape[3] != 2 or shape[2] < 4 or shape[2] % 3 != 1:
            raise ValueError(f"points must have the shape [canvases >= 1, strokes, 3 * cubics + 1, 2], cubics >= 1, got {list(shape)}")
        batch, strokes = shape[:2]
        _expect_shape("widths", self.widths, (batch, strokes), "[canvases, strokes]")
        _expect_shape("colors", self.colors, (batch, strokes, 4), "[canvases, strokes, RGBA]")
        if tuple(self.background.shape) != (3,):
            _expect_shape("background", self.background, (batch, 3), "[3] or [canvases, 3]")

    @property
    def canvases(self) -> int:
        """B, how many pictures the scene makes."""
        return self.points.shape[0]

    @property
    def strokes(self) -> int:
        """S, how many strokes each picture has."""
        return self.points.shape[1]

    @property
    def cubics(self) -> int:
        """n, how many cubic curves each stroke has."""
        return (self.points.shape[2] - 1) // 3

    def backgrounds(self) -> Tensor:
        """The background of each canvas, float [B, 3]; gradients flow back to a shared one."""
        return self.background.expand(self.canvases, 3)

    def check_values(self) -> None:
        """Raise ValueError naming the first stroke with a number that is not finite, or too far away to be drawn."""
        _check_values("points", self.points)
        _check_values("widths", self.widths)
        _check_values("colors", self.colors)
        if not bool(torch.isfinite(self.background).all()):
            raise ValueError("background has values that are not finite; expected red, green and blue in 0..1")


class Rasterizer(Protocol):
    """Turns scenes into pictures, differentiably.

    supersampling is the factor by which the scene is rendered larger and box-filtered back, in each direction:
    1 is fastest; 2 costs about two to four times as much and follows thin strokes' true gradients more closely.
    """

    @property
    def supersampling(self) -> int:
        """How many times larger, in each direction, the scene is rendered before it is filtered."""
        ...

    def render(self, scene: Scene, height: int, width: int) -> Tensor:
        """Paint `scene` over its background and return float32 [B, 3, height, width], RGB in 0..1.

        Differentiable (once) in all four tensors of the scene. Raises ValueError for numbers that are not finite.
        """
        ...


def check_size(height: int, width: int) -> None:
    """Raise ValueError unless height and width are whole numbers of pixels, at least one."""
    for name, value in (("height", height), ("width", width)):
        if not isinstance(value, int) or value < 1:
            raise ValueError(f"{name} must be a whole number of pixels, at least 1, got {value!r}")


def check_supersampling(supersampling: int) -> None:
    """Raise ValueError unless the factor is a whole number in 1..MOST_SUPERSAMPLING."""
    if not isinstance(supersampling, int) or not 1 <= supersampling <= MOST_SUPERSAMPLING:
        raise ValueError(f"supersampling must be a whole number from 1 to {MOST_SUPERSAMPLING}, got {supersampling!r}")


def _expect_shape(name: str, value: Tensor, expected: tuple[int, ...], meaning: str) -> None:
    if tuple(value.shape) != expected:
        raise ValueError(f"{name} must have the shape {list(expected)}, {meaning} as points have them, got {list(value.shape)}")


def _check_values(name: str, value: Tensor) -> None:
    values = value.detach()
    near = values.abs() <= FARTHEST  # False for NaN too, so that one pass over the numbers is enough
    if bool(near.all()):
        return
    canvas, stroke = torch.nonzero(~near)[0, :2].tolist()
    if not bool(torch.isfinite(values[canvas, stroke]).all()):
        raise ValueError(f"stroke {stroke} of canvas {canvas} has {name} that are not finite; a smaller learning rate may help")
    raise ValueError(f"stroke {stroke} of canvas {canvas} has {name} beyond {FARTHEST:,.0f}; expected pixels of the picture (colours: 0 to 1)")
