"""Drawings as pictures: ink to the logical raster, to PNG, SVG and animations; and drawings as they are kept.

    picture = picture_of(canvas.ink, width=400)     a Pillow image, as AI guessers see it
    data = png_of(canvas.ink)
    text = svg_of(canvas.ink)
    kept = pack(canvas.ink, times)                  few bytes; unpack(FORMAT, kept) gives ink and times back
    data = animation_of(Archived(ink, times), "gif")
    data = poster_of("Friday", "12 drawings", cards, podium)

docs/drawing.md defines which pixels ink covers and where fills flow (browsers keep to the same), and how drawings are kept.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from game.drawing.animation import animation_of
    from game.drawing.archive import FORMAT, Archived, ArchiveError, pack, unpack
    from game.drawing.card import Card
    from game.drawing.link_card import card_of
    from game.drawing.operations import Clear, Curve, Fill, Operation, Stroke, operations_of, read_operations
    from game.drawing.picture import picture_of, png_of
    from game.drawing.raster import LogicalRaster, raster_of
    from game.drawing.replay import Replay
    from game.drawing.sheet import poster_of
    from game.drawing.svg import svg_of

_homes: Final = {
    "animation_of": "animation",
    "FORMAT": "archive",
    "Archived": "archive",
    "ArchiveError": "archive",
    "pack": "archive",
    "unpack": "archive",
    "card_of": "link_card",
    "Clear": "operations",
    "Curve": "operations",
    "Fill": "operations",
    "Operation": "operations",
    "Stroke": "operations",
    "operations_of": "operations",
    "read_operations": "operations",
    "picture_of": "picture",
    "png_of": "picture",
    "LogicalRaster": "raster",
    "raster_of": "raster",
    "Replay": "replay",
    "Card": "card",
    "poster_of": "sheet",
    "svg_of": "svg",
}

__all__ = [
    "FORMAT",
    "ArchiveError",
    "Archived",
    "Card",
    "Clear",
    "Curve",
    "Fill",
    "LogicalRaster",
    "Operation",
    "Replay",
    "Stroke",
    "animation_of",
    "card_of",
    "operations_of",
    "pack",
    "picture_of",
    "png_of",
    "poster_of",
    "raster_of",
    "read_operations",
    "svg_of",
    "unpack",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for, and no more: a server keeps drawings, and needs neither numpy nor Pillow, which take a fifth of its start."""
    if name not in _homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_homes[name]}"), name)
