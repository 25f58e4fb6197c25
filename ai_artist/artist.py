"""The façade: an Artist makes pictures of prompts, stroke by stroke where the method has strokes."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import torch
from PIL import Image

from ai_artist.budget import Budget, Iterations
from ai_artist.pace import AT_THE_END, LIVE, PATIENT, Pace
from ai_artist.perception import BUNDLED, Perceptor, load_perceptor
from ai_artist.pictures import picture_of, picture_of_pixels
from ai_artist.prompts import check_prompt
from ai_artist.rasterizer import warm_up as warm_up_rasterizer
from ai_artist.strokes import Drawing, Stroke
from ai_artist.synthesis.goal import goal_of
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.method import Method, StrokeMethod
from ai_artist.synthesis.methods import method_named
from ai_artist.synthesis.run import Run
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

_selection: Final = 0.4
"""The part of the budget after which the best candidate goes on alone, if no stroke is due before."""
_live_seconds: Final = 15.0
_live_iterations: Final = 60
_kept_side: Final = 224
_frame_side: Final = 256


@dataclass(frozen=True, slots=True)
class Settled:
    """A stroke that is final, and how close the whole picture then was to the prompt (cosine, -1..1)."""

    stroke: Stroke
    similarity: float
    seconds: float = field(compare=False)
    """Since the beginning."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a synthesis stands after an iteration."""

    iteration: int
    """Counted from 1."""
    seconds: float
    """Since the beginning."""
    fraction: float
    """The part of the budget that is gone, 0..1."""
    similarity: float
    """Cosine to the prompt over random views and the last iterations, of the best candidate."""


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What came of a prompt."""

    prompt: str
    method: str
    seed: int
    perceptor: str
    similarity: float
    """Cosine between the whole picture, seen upright, and the prompt; -1..1."""
    curve: tuple[Progress, ...]
    """One entry an iteration."""
    pixels: torch.Tensor
    """float32 [3, 224, 224], RGB in 0..1."""
    drawing: Drawing | None
    """The strokes; None for a method that has none."""
    frames: tuple[Image.Image, ...] = ()
    """The picture as it evolved, if that was asked for."""
    note: str | None = None
    """Why the optimisation ended early, if it did."""

    def picture(self, size: int = 512) -> Image.Image:
        """The picture, `size` pixels a side: strokes painted sharp, pixels resized."""
        return picture_of(self.drawing.strokes, size) if self.drawing else picture_of_pixels(self.pixels, size)


@dataclass(slots=True)
class _Record:
    """What is gathered while a synthesis goes on."""

    curve: list[Progress] = field(default_factory=list)
    frames: list[Image.Image] = field(default_factory=list)


class Artist:
    """Draws with one perceptor. Not thread-safe: torch's thread count and the random state are its process's."""

    def __init__(self, perceptor: Perceptor, method: Method = INK, backend: str = "auto") -> None:
        """`method` is used where none is asked for; `backend` is a rasteriser's name (see make_rasterizer)."""
        self.perceptor = perceptor
        self._method, self._backend = method, backend

    @classmethod
    def load(
        cls,
        perceptor: str = BUNDLED,
        threads: int | None = None,
        method: Method = INK,
        device: str = "auto",
        precision: str = "auto",
        backend: str = "auto",
    ) -> "Artist":
        """Load a perceptor by name (see load_perceptor) and use so many torch threads."""
        if threads is not None:
            torch.set_num_threads(threads)
        return cls(load_perceptor(perceptor, device, precision), method, backend)

    def warm_up(self) -> float:
        """Compile and load everything, so that the first drawing starts at once; return seconds_per_iteration."""
        warm_up_rasterizer()
        return self.seconds_per_iteration()

    def seconds_per_iteration(self, iterations: int = 3) -> float:
        """How long a step of the optimisation takes here, by taking so many."""
        run = Run(self._method, self.perceptor, goal_of(self.perceptor, "a house"), Iterations(iterations + 1), 0, (), self._backend)
        run.advance()  # the first also loads and compiles
        began = time.monotonic()
        for _ in range(iterations):
            run.advance()
        return (time.monotonic() - began) / iterations

    def draw(
        self,
        prompt: str,
        budget: Budget,
        seed: int,
        pace: Pace = LIVE,
        wanted: Callable[[], bool] = lambda: True,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        start: Sequence[Stroke] = (),
    ) -> Iterator[Settled]:
        """Yield strokes as they are settled, while the optimisation of the rest goes on.

        wanted       asked before each iteration; the drawing ends when it says no
        on_progress  told how it stands after each iteration
        start        strokes to go on from

        Raises PromptError before anything is drawn.
        """
        goal = goal_of(self.perceptor, check_prompt(prompt))
        run = Run(self._method, self.perceptor, goal, budget, seed, start, self._backend)
        return self._follow(run, pace, wanted, on_progress)

    def synthesize(
        self,
        prompt: str,
        budget: Budget,
        seed: int = 0,
        method: Method | str | None = None,
        style: str = "",
        negative: Sequence[str] = (),
        start: Sequence[Stroke] = (),
        frames: int = 0,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Synthesis:
        """Make a picture by any method, and say how it came about.

        method    a Method or its name; by default the artist's own
        style     "watercolour", say: the prompt is also wanted "in the style of" this
        negative  prompts to move away from, each with the paper's weight of 0.3
        start     strokes to go on from, for methods that have strokes
        frames    how many pictures of the evolution to keep

        Raises an ArtistError (of a prompt, a method, or something that the method needs) before anything is drawn.
        """
        chosen = self._method if method is None else method_named(method) if isinstance(method, str) else method
        prompt = check_prompt(prompt)
        goal = goal_of(self.perceptor, prompt, style and check_prompt(style), [check_prompt(each) for each in negative])
        run = Run(chosen, self.perceptor, goal, budget, seed, start, self._backend)
        record = _Record()

        def note(progress: Progress) -> None:
            record.curve.append(progress)
            if frames and progress.fraction * frames >= len(record.frames):
                record.frames.append(_frame_of(run))
            on_progress(progress)

        pace = PATIENT if isinstance(chosen, StrokeMethod) and not chosen.order_matters else AT_THE_END
        settled = list(self._follow(run, pace, lambda: True, note))
        with torch.no_grad():
            pixels = run.canvas.render(_kept_side)[0].clamp(0, 1).float().cpu()
        similarity = run.loop.similarity()
        drawing = None
        if settled:
            strokes, times = tuple(each.stroke for each in settled), tuple(round(each.seconds, 3) for each in settled)
            drawing = Drawing(prompt, chosen.name, seed, self.perceptor.name, similarity, strokes, times)
        if frames:
            record.frames.append(_frame_of(run))
        curve, pictures = tuple(record.curve), tuple(record.frames)
        return Synthesis(prompt, chosen.name, seed, self.perceptor.name, similarity, curve, pixels, drawing, pictures, run.diverged)

    def _follow(self, run: Run, pace: Pace, wanted: Callable[[], bool], on_progress: Callable[[Progress], None]) -> Iterator[Settled]:
        canvas = run.canvas if isinstance(run.canvas, StrokeCanvas) else None
        strokes = canvas.strokes if canvas else 0
        selection = min(_selection, pace.due(0, strokes, run.spending))
        while wanted():
            fraction = run.fraction
            if fraction >= selection:
                run.choose()
            if canvas:
                due = canvas.settled
                while due < strokes and fraction >= min(1.0, pace.due(due, strokes, run.spending)):
                    due += 1
                yield from self._settle(run, canvas, due - canvas.settled)
            if fraction >= 1 or (canvas and canvas.settled == strokes):
                return
            run.advance()
            spending = run.spending
            if run.diverged:
                continue
            on_progress(Progress(spending.iterations, spending.seconds, min(1.0, run.fraction), run.similarity))

    def _settle(self, run: Run, canvas: StrokeCanvas, count: int) -> Iterator[Settled]:
        """Settle the strokes that the picture would miss most, those first; or, where it matters which lies above, the lowest."""
        if count == 0:
            return
        places = list(range(canvas.settled, canvas.strokes))
        similarity = run.similarity
        if not (isinstance(run.method, StrokeMethod) and run.method.order_matters):
            # Settling changes nothing of the picture, so one look at what each stroke is worth is enough for all of them.
            similarity, worth = run.loop.importance()
            places = [canvas.settled + place for place in worth.argsort(descending=True, stable=True).tolist()]
        for number, place in enumerate(places[:count]):
            # Those settled since the look lie below now; each that lay above this one has moved it up by a place.
            moved = place + sum(other > place for other in places[:number])
            yield Settled(canvas.settle(moved), similarity, run.spending.seconds)


def slowness(perceptor: str, seconds_per_iteration: float) -> str | None:
    """What to tell a host whose perceptor is too slow for live play on this machine; None if it is not."""
    iterations = int(_live_seconds / seconds_per_iteration)
    if iterations >= _live_iterations:
        return None
    return (
        f"{perceptor}: {iterations} iterations in {_live_seconds:.0f} s here, and a drawing that people can guess wants {_live_iterations} or more. "
        f"Choose {BUNDLED}, or a machine with a GPU."
    )


def _frame_of(run: Run) -> Image.Image:
    with torch.no_grad():
        pictures = run.canvas.render(_frame_side)
    return picture_of_pixels(pictures[run.best if len(pictures) > 1 else 0], _frame_side)
