"""What every rasteriser takes (`Scene`), what it promises (`Rasterizer`), and the checks that they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from ai_artist.errors import ArtistError

FARTHEST = 1e6
"""Coordinates and widths beyond this many pixels are refused: float32 no longer knows their pixel there."""

MOST_SUPERSAMPLING = 16


class RasterizerError(ArtistError):
    """A rasteriser that is not known, or that this machine cannot run."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A batch of B canvases with S strokes each, every stroke a path of n >= 1 cubic Bezier curves.

    points      float [B, S, 3n + 1, 2]: control points (x, y) in pixels of the picture that will be rendered; x runs
                right, y down, and the centre of the top left pixel is (0.5, 0.5). Neighbouring cubics share a point:
                points 0, 3, 6, ..., the n + 1 knots, lie on the stroke, the others are handles. A stroke with fewer
                cubics than its neighbours repeats its last point; one whose points all coincide is a round dot.
                `polyline` gives the points of straight pieces.
    widths      float [B, S]: full width of the stroke in pixels (diffvg's stroke_width is half of it). Ends are round.
                Zero or less leaves no ink and gets no gradient, so an optimiser should keep widths above it.
                Or float [B, S, n + 1]: the width at each knot, linear in the curve's parameter between them; where
                several knots lie on one point, the one next to the rest of the stroke counts, and a dot's first. Less than
                zero counts as zero and gets no gradient.
    colors      float [B, S, 4]: red, green, blue and opacity in 0..1, not premultiplied. Values outside are rendered
                as if clamped, and get no gradient, as with torch.clamp.
    background  float [3] or [B, 3]: the opaque colour beneath all strokes, red, green, blue, treated as `colors` are.
    filled      bool [B, S] or None, which is False for all: where True the inside of the path is painted instead of its
                line, as SVG fills do with the rule "nonzero": a straight line closes it, and a point is inside where the path
                runs around it a number of times, counted with direction, that is not zero. Its width is ignored.

    How much of a pixel is covered follows from the distance d of its centre to the path. A line that is 2r wide at the
    nearest point covers clamp(r + 1/2 - d, 0, min(1, 2r)): the share of a box one pixel wide. A fill covers
    clamp(1/2 + d, 0, 1) where the centre is inside and clamp(1/2 - d, 0, 1) outside, and 1 next to such parts of
    the path as have the inside on both sides. A fill narrower than a pixel is therefore up to half a pixel too dark.

    The order of S is the order of painting: stroke 0 lies at the bottom. Building a scene checks types and shapes and
    raises ValueError; whether the numbers are finite is checked when it is rendered, as an optimiser changes them in place.
    """

    points: Tensor
    widths: Tensor
    colors: Tensor
    background: Tensor
    filled: Tensor | None = None

    def __post_init__(self) -> None:
        for name in ("points", "widths", "colors", "background"):
            value = getattr(self, name)
            if not isinstance(value, Tensor) or not value.is_floating_point():
                raise ValueError(f"{name} must be a floating point torch.Tensor, got {_kind(value)}; see torch.as_tensor(..., dtype=torch.float32)")
        shape = tuple(self.points.shape)
        if len(shape) != 4 or shape[0] < 1 or shape[3] != 2 or shape[2] < 4 or shape[2] % 3 != 1:
            raise ValueError(f"points must have the shape [canvases >= 1, strokes, 3 * cubics + 1, 2], cubics >= 1, got {list(shape)}")
        batch, strokes = shape[:2]
        if tuple(self.widths.shape) not in ((batch, strokes), (batch, strokes, self.cubics + 1)):
            either = f"[{batch}, {strokes}], one a stroke, or {[batch, strokes, self.cubics + 1]}, one a knot (points 0, 3, 6, ...)"
            raise ValueError(f"widths must have the shape {either}, as points have them, got {list(self.widths.shape)}")
        _expect_shape("colors", self.colors, (batch, strokes, 4), "[canvases, strokes, RGBA]")
        if tuple(self.background.shape) != (3,):
            _expect_shape("background", self.background, (batch, 3), "[3] or [canvases, 3]")
        if self.filled is not None:
            if not isinstance(self.filled, Tensor) or self.filled.dtype != torch.bool:
                raise ValueError(f"filled must be a torch.Tensor of torch.bool or None, got {_kind(self.filled)}; True paints the inside of the path")
            _expect_shape("filled", self.filled, (batch, strokes), "[canvases, strokes]")

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

    @property
    def tapered(self) -> bool:
        """Whether widths vary along the strokes: one for each knot instead of one for each stroke."""
        return self.widths.dim() == 3

    def fills(self) -> Tensor:
        """Which strokes paint the inside of their path, bool [B, S], on the device of the points."""
        if self.filled is None:
            return torch.zeros((self.canvases, self.strokes), dtype=torch.bool, device=self.points.device)
        return self.filled.to(self.points.device)

    def backgrounds(self) -> Tensor:
        """The background of each canvas, float [B, 3]; gradients flow back to a shared one."""
        return self.background.expand(self.canvases, 3)

    def to(self, device: torch.device) -> "Scene":
        """The same scene there; gradients flow back."""
        filled = None if self.filled is None else self.filled.to(device)
        return Scene(self.points.to(device), self.widths.to(device), self.colors.to(device), self.background.to(device), filled)

    def check_values(self) -> None:
        """Raise ValueError naming the first stroke with a number that is not finite, or too far away to be drawn."""
        _check_values("points", self.points)
        _check_values("widths", self.widths)
        _check_values("colors", self.colors)
        if not bool(torch.isfinite(self.background).all()):
            raise ValueError("background has values that are not finite; expected red, green and blue in 0..1")


def polyline(points: Tensor) -> Tensor:
    """The control points of straight pieces, for `Scene`: handles lie at thirds of the chords.

    points: float [..., k, 2], the k >= 2 corners (x, y). Returns float [..., 3 (k - 1) + 1, 2], differentiable in them.
    A rasteriser cuts curves by how far they bend, so each straight piece costs it a single segment however long it is.
    Raises ValueError for another shape.
    """
    if points.dim() < 2 or points.shape[-1] != 2 or points.shape[-2] < 2:
        raise ValueError(f"a polyline's points must have the shape [..., corners >= 2, 2], got {list(points.shape)}")
    start, chord = points[..., :-1, :], points[..., 1:, :] - points[..., :-1, :]
    pieces = torch.stack((start, start + chord / 3, start + chord * (2 / 3)), dim=-2)
    return torch.cat((pieces.flatten(-3, -2), points[..., -1:, :]), dim=-2)


def joined(scenes: Sequence[Scene]) -> Scene:
    """Several scenes as one, their canvases one after another: each is painted as it would be by itself, but in one go.

    What is missing beside the scene with the most is filled up with what leaves no ink and takes no time: strokes without width,
    repeated last points. Raises ValueError where some have widths that vary along a stroke and others have not.
    """
    if len(scenes) == 1:
        return scenes[0]
    if len({scene.tapered for scene in scenes}) > 1:
        raise ValueError("scenes with one width a stroke and with one width a knot cannot be joined")
    strokes, cubics = max(scene.strokes for scene in scenes), max(scene.cubics for scene in scenes)

    def filled_up(tensor: Tensor, places: int = 0) -> Tensor:
        """With repeated last entries up to so many places along each stroke, if any are asked for, and empty strokes up to the most."""
        if places and places > tensor.shape[2]:
            tensor = torch.cat((tensor, tensor[:, :, -1:].expand(-1, -1, places - tensor.shape[2], *tensor.shape[3:])), 2)
        missing = strokes - tensor.shape[1]
        return torch.cat((tensor, tensor.new_zeros((len(tensor), missing, *tensor.shape[2:]))), 1) if missing else tensor

    return Scene(
        torch.cat([filled_up(scene.points, 3 * cubics + 1) for scene in scenes]),
        torch.cat([filled_up(scene.widths, cubics + 1 if scene.tapered else 0) for scene in scenes]),
        torch.cat([filled_up(scene.colors) for scene in scenes]),
        torch.cat([scene.backgrounds() for scene in scenes]),
        torch.cat([filled_up(scene.fills()) for scene in scenes]) if any(scene.filled is not None for scene in scenes) else None,
    )


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
        """Paint `scene` over its background and return float [B, 3, height, width], RGB in 0..1.

        Differentiable (once) in the four floating point tensors of the scene. The picture is float32, on the points'
        device; backends that can compute in float64 return that for float64 points. Raises ValueError for numbers that are not finite.
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


def _kind(value: object) -> str:
    return f"{value.dtype}" if isinstance(value, Tensor) else type(value).__name__


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
