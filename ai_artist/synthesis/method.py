"""What a method of synthesis is: a way to begin a canvas, and how the loop shall treat it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from ai_artist.errors import ArtistError
from ai_artist.rasterizer import Rasterizer
from ai_artist.strokes import Stroke
from ai_artist.synthesis.brush import Brush
from ai_artist.synthesis.canvas import Canvas
from ai_artist.synthesis.priors import Priors
from ai_artist.synthesis.stroke_canvas import StrokeCanvas


@dataclass(frozen=True, slots=True)
class Materials:
    """What a canvas is begun with."""

    random: torch.Generator
    device: torch.device
    rasterizer: Rasterizer
    start: Sequence[Stroke] = ()
    """Strokes to go on from."""


@dataclass(frozen=True, slots=True)
class Method(ABC):
    """One way to make a picture of words. Variations are made by dataclasses.replace."""

    name: str
    summary: str
    """One line for those who choose."""
    augmented: bool = True
    """Whether the perceptor sees the picture from random sides, or just as it is."""
    candidates: int = 1
    """How many pictures start side by side; the best goes on alone."""
    looks: int = 4
    """How many views the perceptor sees a step, shared by the candidates (the paper's code: 4)."""
    seconded: bool = False
    """Whether a second network, if the artist has one, is asked too when candidates are chosen between."""
    rate: float = 1.0
    """A factor on all of the paper's learning rates."""
    contrasted: bool = False
    """Whether the picture is told apart from other things, or only brought close to the prompt, as in the paper."""

    @abstractmethod
    def begin(self, materials: Materials) -> Canvas:
        """A canvas before its first step. Raises ArtistError where something that it needs is missing."""


@dataclass(frozen=True, slots=True)
class StrokeMethod(Method):
    """Strokes, or closed shapes, of a brush."""

    brush: Brush = field(default_factory=Brush)
    priors: Priors = field(default_factory=Priors)
    tidy: bool = False
    """Whether strokes that are worth less than their price are taken away, and the others polished."""
    fewest: int = 5
    """Strokes that are left in any case."""

    def begin(self, materials: Materials) -> StrokeCanvas:
        """See Method."""
        return StrokeCanvas(self.brush, self.candidates, materials.random, materials.start, materials.device, materials.rasterizer)

    @property
    def order_matters(self) -> bool:
        """Whether the picture depends on which stroke lies above: not where all are opaque and of one colour."""
        return self.brush.palette is None or len(self.brush.palette) > 1


def refuse_start(method: Method, materials: Materials) -> None:
    """Raise ArtistError if strokes are given to a method that has no use for them."""
    if materials.start:
        raise ArtistError(f"{method.name} makes no strokes, so it cannot go on from a drawing; choose a method that does, such as clipdraw.")
