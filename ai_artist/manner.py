"""In what manner an artist draws, as those who watch have asked for it."""

from dataclasses import dataclass
from typing import Literal

from ai_artist.ordering import Order

Show = Literal["settled", "evolving"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a drawing is shown. Variations are made by dataclasses.replace."""

    show: Show = "settled"
    """settled: stroke by stroke, and what is shown stays; evolving: all strokes at once, moving as the optimiser moves them."""
    order: Order = "easy"
    """Which strokes come first: those by which the picture can be named, or those by which it cannot."""
    style: str = ""
    """Words for a style, "watercolour", say: the prompt is also wanted "in the style of" this."""


PLAIN = Manner()
