"""The optimisation loop of CLIPDraw (algorithm 1): render, look from several sides, compare with the words, step.

Several drawings can take their steps together: all that they show is painted and seen by the perceptor in one call, and their
gradients flow back in one. Nothing of one drawing reaches another's loss, so each takes the step that it would take alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import torch
from torch import Tensor

from ai_artist.perception import Perceptor
from ai_artist.rasterizer import joined
from ai_artist.synthesis.augment import Chances, homographies_of, random_chances, seen_from, upright
from ai_artist.synthesis.canvas import Canvas, DivergedError
from ai_artist.synthesis.goal import Goal
from ai_artist.synthesis.priors import Priors
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

_smallest_render: Final = 96


def annealing(fraction: float) -> float:
    """The paper's schedule for points: its whole rate to half of the way, then 0.4, then 0.1 for the last quarter."""
    if fraction < 0.5:
        return 1.0
    return 0.4 if fraction < 0.75 else 0.1


def render_size(perceptor: Perceptor) -> int:
    """The side at which pictures are painted: the perceptor's, as in the paper (224), but at least 96.

    A crop of a picture of 64 pixels would show coarser strokes than the whole.
    """
    return max(perceptor.size, _smallest_render)


class Standing(NamedTuple):
    """How candidates stand, each float32 [candidates]: their cosine to the prompt, and what the optimiser raises."""

    similarity: Tensor
    gain: Tensor


class Loop:
    """Brings a canvas of candidates towards one goal."""

    def __init__(
        self, canvas: Canvas, perceptor: Perceptor, goal: Goal, random: torch.Generator, augmented: bool = True, priors: Priors | None = None
    ) -> None:
        """Without augmentation each picture is seen once, as it is, whatever number of views is asked for."""
        self.canvas, self.perceptor, self.goal, self.random, self.augmented = canvas, perceptor, goal, random, augmented
        self.priors = priors

    @torch.no_grad()
    def similarity(self) -> float:
        """The first candidate's similarity seen upright."""
        return self.similarity_of(self.canvas.render(render_size(self.perceptor))[:1])

    @torch.no_grad()
    def similarity_of(self, picture: Tensor) -> float:
        """The same of another picture, float32 [1, 3, H, W]: of some of the strokes, say."""
        return float(self.goal.similarity(self.perceptor.embed_pictures(upright(picture, self.perceptor.size)))[0])


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next: from how many views each candidate is seen, and how far its tensors move (see Canvas.step)."""

    loop: Loop
    views: int
    rate: float
    anneal: float


def take_together(steps: Sequence[Step]) -> list[Standing | DivergedError]:
    """Take one step of each of several loops that share a perceptor, a kind of canvas, priors, and whether they are augmented.

    Returns for each how its candidates stood before it, over all their views; or DivergedError if its loss or a gradient is not a
    number: its canvas then holds the last good picture, and the others have gone on.
    """
    first, canvases = steps[0].loop, [step.loop.canvas for step in steps]
    try:
        pictures, costs = _painted(canvases, first)
    except ValueError as error:  # the rasteriser refuses what is not a number
        if len(steps) > 1:  # and does not say whose it is
            return [outcome for step in steps for outcome in take_together([step])]
        first.canvas.restore()
        return [DivergedError(str(error))]
    counts = [canvas.candidates for canvas in canvases]
    views = [count * (step.views if first.augmented else 1) for step, count in zip(steps, counts, strict=True)]
    seen = _views(pictures, steps) if first.augmented else upright(pictures, first.perceptor.size)
    embedded = torch.split(first.perceptor.embed_pictures(seen), views)
    similarity, gain = (
        torch.cat([measure(step.loop.goal, each).view(count, -1).mean(1) for step, each, count in zip(steps, embedded, counts, strict=True)])
        for measure in (Goal.similarity, Goal.gain)
    )
    torch.autograd.backward([-gain.sum(), *costs])
    # One wait for the GPU, and from here on there are only few numbers, on the CPU.
    standings = torch.split(torch.stack([similarity, gain]).detach().cpu(), counts, 1)
    return [_moved(step, Standing(*standing)) for step, standing in zip(steps, standings, strict=True)]


def _painted(canvases: Sequence[Canvas], loop: Loop) -> tuple[Tensor, list[Tensor]]:
    """The pictures of all canvases, one after another, and what their strokes cost, where strokes have a price."""
    size = render_size(loop.perceptor)
    drawn = [canvas for canvas in canvases if isinstance(canvas, StrokeCanvas)]
    if len(drawn) < len(canvases):
        return torch.cat([canvas.render(size) for canvas in canvases]), []
    scene = joined([canvas.scene() for canvas in drawn])
    return drawn[0].paint(scene, size), [] if loop.priors is None else [loop.priors.cost(scene.points).sum()]


def _views(pictures: Tensor, steps: Sequence[Step]) -> Tensor:
    """Random views of every candidate of each step, those of a picture next to each other."""
    counts = [step.loop.canvas.candidates for step in steps]
    chances = [random_chances(count * step.views, step.loop.random) for step, count in zip(steps, counts, strict=True)]
    homographies = homographies_of(Chances(*(torch.cat(parts) for parts in zip(*chances, strict=True))))
    repeats = torch.tensor([step.views for step, count in zip(steps, counts, strict=True) for _ in range(count)])
    which = torch.arange(len(repeats)).repeat_interleave(repeats).to(pictures.device)
    return seen_from(pictures.index_select(0, which), homographies, steps[0].loop.perceptor.size)


def _moved(step: Step, standing: Standing) -> Standing | DivergedError:
    canvas = step.loop.canvas
    if not bool(torch.isfinite(standing.similarity).all()):
        canvas.restore()
        return DivergedError("the similarity was not a number")
    try:
        canvas.step(step.rate, step.anneal)
    except DivergedError as error:
        return error
    return standing
