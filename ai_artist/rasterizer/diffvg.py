"""diffvg behind the same interface, for hosts that have built it (Li, Lukáč, Gharbi, Ragan-Kelley 2020, "Differentiable Vector
Graphics Rasterization for Editing and Learning", doi:10.1145/3414685.3417871).

It samples edges at random places where ours measure distances, so its pictures and gradients are near ours and not the same.
"""

import importlib
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from .base import RasterizerError, Scene, check_size, check_supersampling

_MISSING = (
    "The diffvg backend needs the Python package pydiffvg, which could not be imported ({error}). It is on no package index: "
    'build it as https://github.com/BachiLi/diffvg describes, or use the backend "native" (on the CPU) or "torch" (on any device).'
)


@dataclass(frozen=True)
class DiffvgRasterizer:
    """See `Rasterizer` for what it does; making one raises RasterizerError where pydiffvg cannot be imported.

    It renders in float32 on the device of the points, one canvas after the other, with supersampling x supersampling samples a
    pixel, from the same random places each time. diffvg's device is a setting of its module: rendering changes it.
    A filled path is its inside without the half pixel of a soft edge; what has no area leaves no ink.
    """

    supersampling: int = 2
    _diffvg: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_supersampling(self.supersampling)
        try:
            object.__setattr__(self, "_diffvg", importlib.import_module("pydiffvg"))
        except ImportError as error:
            raise RasterizerError(_MISSING.format(error=error)) from error

    def render(self, scene: Scene, height: int, width: int) -> Tensor:
        """Paint `scene` over its background: float32 [B, 3, height, width], RGB in 0..1."""
        check_size(height, width)
        scene.check_values()
        self._diffvg.set_device(scene.points.device)
        return torch.stack([self._render_canvas(scene, canvas, height, width) for canvas in range(scene.canvases)])

    def _render_canvas(self, scene: Scene, canvas: int, height: int, width: int) -> Tensor:
        points, widths, colors, background = (
            tensor[canvas].to(scene.points.device, torch.float32) for tensor in (scene.points, scene.widths, scene.colors, scene.backgrounds())
        )
        below = torch.cat((background.clamp(0, 1), background.new_ones(1))).expand(height, width, 4)
        shapes: list[Any] = []
        groups: list[Any] = []
        for stroke, filled in enumerate(scene.fills()[canvas].tolist()):
            shape = self._shape(points[stroke], widths[stroke].clamp(min=0), filled)
            if shape is None:
                continue
            color = colors[stroke].clamp(0, 1)
            inside = filled or isinstance(shape, self._diffvg.Circle)
            paint = {"fill_color": color if inside else None, "stroke_color": None if inside else color}
            groups.append(self._diffvg.ShapeGroup(shape_ids=torch.tensor([len(shapes)]), use_even_odd_rule=False, **paint))
            shapes.append(shape)
        if not shapes:
            return below[..., :3].permute(2, 0, 1)
        function, samples, seed = self._diffvg.RenderFunction, self.supersampling, 0
        picture: Tensor = function.apply(width, height, samples, samples, seed, below, *function.serialize_scene(width, height, shapes, groups))
        return picture[..., :3].permute(2, 0, 1)

    def _shape(self, points: Tensor, widths: Tensor, filled: bool) -> Any:
        """One stroke, points [3n + 1, 2] and widths [] or [n + 1], in diffvg's terms, or None where it leaves no ink.

        diffvg's stroke_width is half of a width; one number for each control point, of which the handles' follow from the knots'
        as for a straight piece, makes it linear in the curve's parameter.
        """
        cubics = (points.shape[0] - 1) // 3
        extended = bool((points != points[0]).any())
        handles = [2] * cubics + [0] * filled  # the last one is the straight line that closes a fill
        if filled:
            return self._diffvg.Path(torch.tensor(handles, dtype=torch.int32), points.contiguous(), is_closed=True) if extended else None
        if not bool((widths > 0).any()):
            return None
        if not extended:  # diffvg takes samples along a path by its length
            return self._diffvg.Circle(radius=widths.flatten()[0] / 2, center=points[0])
        if widths.dim():
            start, change = widths[:-1], widths[1:] - widths[:-1]
            widths = torch.cat((torch.stack((start, start + change / 3, start + change * 2 / 3), dim=-1).flatten(), widths[-1:]))
        return self._diffvg.Path(torch.tensor(handles, dtype=torch.int32), points.contiguous(), is_closed=False, stroke_width=widths / 2)
