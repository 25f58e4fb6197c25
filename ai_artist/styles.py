"""Styles: what a stroke looks like on the paper, and which words the prompt is given along.

A stroke is optimised as one line of plain ink, whatever the style: what a perceptor sees is the drawing. On the paper it is dressed
in one or several marks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from ai_artist.strokes import Point, Rgba, Stroke


@dataclass(frozen=True, slots=True)
class Style:
    """One way to draw."""

    name: str
    words: str = ""
    """For the prompt, "watercolour", say."""
    dress: Callable[[Stroke, Random], tuple[Stroke, ...]] | None = None
    """The marks of a stroke, the lowest first; None: itself."""


def _crayon(stroke: Stroke, random: Random) -> tuple[Stroke, ...]:
    """Wax on rough paper: a few faint lines beside each other, each of another width."""
    red, green, blue, _ = stroke.rgba
    return tuple(
        Stroke(_shaken(stroke.points, 0.004, random), stroke.width * random.uniform(0.5, 1.1), (red, green, blue, random.uniform(0.3, 0.55)))
        for _ in range(4)
    )


def _neon(stroke: Stroke, random: Random) -> tuple[Stroke, ...]:
    """A glowing tube: a wide halo, a narrower one, and a bright middle."""
    red, green, blue = _tubes[random.randrange(len(_tubes))] if stroke.rgba[:3] == (0.0, 0.0, 0.0) else stroke.rgba[:3]
    return (
        replace(stroke, width=stroke.width * 3.2, rgba=(red, green, blue, 0.16)),
        replace(stroke, width=stroke.width * 1.9, rgba=(red, green, blue, 0.35)),
        replace(stroke, width=stroke.width * 1.0, rgba=(red, green, blue, 1.0)),
        replace(stroke, width=stroke.width * 0.35, rgba=(1.0, 1.0, 1.0, 0.85)),
    )


def _child(stroke: Stroke, random: Random) -> tuple[Stroke, ...]:
    """A thick felt pen in a hand that is not steady."""
    color: Rgba = (*_pens[random.randrange(len(_pens))], 1.0) if stroke.rgba[:3] == (0.0, 0.0, 0.0) else stroke.rgba
    return (Stroke(_shaken(stroke.points, 0.012, random), stroke.width * 1.5, color),)


_tubes: Final = ((1.0, 0.1, 0.55), (0.05, 0.75, 1.0), (0.45, 0.2, 1.0), (0.1, 0.85, 0.35))
_pens: Final = ((0.85, 0.15, 0.15), (0.1, 0.35, 0.8), (0.1, 0.55, 0.2), (0.9, 0.5, 0.05), (0.5, 0.2, 0.6))

INK: Final = Style("ink")
STYLES: Final = {style.name: style for style in (INK, Style("crayon", dress=_crayon), Style("neon", dress=_neon), Style("child", dress=_child))}


def style_named(name: str) -> Style:
    """One of STYLES; any other words are a style of ink that the prompt is given."""
    return STYLES.get(name.strip().lower()) or Style(name, words=name)


def dressed(stroke: Stroke, style: Style, seed: int) -> tuple[Stroke, ...]:
    """The marks of a stroke on the paper; of one seed and colour always the same."""
    return (stroke,) if style.dress is None else style.dress(stroke, Random(f"{seed} {stroke.width:.3f} {len(stroke.points)}"))


def _shaken(points: tuple[Point, ...], far: float, random: Random) -> tuple[Point, ...]:
    return tuple((x + random.gauss(0, far), y + random.gauss(0, far)) for x, y in points)
