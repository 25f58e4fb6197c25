"""The façade: an Artist makes pictures of prompts, stroke by stroke where the method has strokes."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import torch
from PIL import Image
from torch import Tensor

from ai_artist.budget import Budget, Iterations
from ai_artist.categories import category_names
from ai_artist.drawable import drawable_words
from ai_artist.manner import PLAIN, Manner
from ai_artist.pace import LIVE, PATIENT, Pace
from ai_artist.perception import BUNDLED, Perceptor, load_perceptor
from ai_artist.perception.validator import load_validator
from ai_artist.pictures import picture_of, picture_of_pixels
from ai_artist.process import Evolved, Process, Progress, Settled
from ai_artist.prompts import check_prompt
from ai_artist.rasterizer import warm_up as warm_up_rasterizer
from ai_artist.strokes import Drawing, Stroke
from ai_artist.synthesis.goal import Goal, goal_of
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.method import Method
from ai_artist.synthesis.methods import method_named
from ai_artist.synthesis.opinion import Opinion
from ai_artist.synthesis.run import Run
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

_live_seconds: Final = 15.0
_live_iterations: Final = 60
_kept_side: Final = 224
_frame_side: Final = 256
_neighbours: Final = 5
"""By so many known words an unknown one is judged."""


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

    def __init__(self, perceptor: Perceptor, method: Method = INK, backend: str = "auto", second: Perceptor | None = None) -> None:
        """`method` is used where none is asked for; `backend` is a rasteriser's name (see make_rasterizer).

        `second` is asked too when one of several beginnings is chosen; no gradient comes from it.
        """
        self.perceptor, self.second = perceptor, second
        self._method, self._backend = method, backend
        self._rivals: dict[str, Tensor] = {}
        self._drawable = drawable_words(perceptor.name)
        self._drawable_vectors: Tensor | None = None

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
        second = load_validator(device) if perceptor == BUNDLED else None
        return cls(load_perceptor(perceptor, device, precision), method, backend, second)

    def warm_up(self) -> float:
        """Compile and load everything, so that the first drawing starts at once; return seconds_per_iteration."""
        warm_up_rasterizer()
        if self._drawable:
            self._vectors_of_drawable()
        return self.seconds_per_iteration()

    def seconds_per_iteration(self, iterations: int = 3) -> float:
        """How long a step of the optimisation takes here, by taking so many."""
        run = self._run(self._method, "a house", Iterations(iterations + 1), 0)
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
        manner: Manner = PLAIN,
        start: Sequence[Stroke] = (),
        *,
        shown: int = 0,
    ) -> Iterator[Progress | Settled | Evolved]:
        """Yield strokes as they are settled, while the optimisation of the rest goes on, and how it stands after each iteration.

        Whoever wants no more just does not go on. For the rest see `begin`.
        """
        return self.begin(prompt, budget, seed, pace, manner, start, shown=shown).events()

    def begin(
        self,
        prompt: str,
        budget: Budget,
        seed: int,
        pace: Pace = LIVE,
        manner: Manner = PLAIN,
        start: Sequence[Stroke] = (),
        *,
        shown: int = 0,
    ) -> Process:
        """Begin a drawing that can be hurried.

        start  strokes to go on from
        shown  how many of these, the first, have been seen already: they stay as they are and are not told again

        Raises PromptError before anything is drawn.
        """
        run = self._run(self._method, check_prompt(prompt), budget, seed, manner.style, start=start)
        if isinstance(run.canvas, StrokeCanvas):
            run.canvas.settled = min(shown, len(start))
            if shown:
                run.halve(1.0)
        return Process(run, pace, manner)

    def sureness(self, prompt: str) -> float | None:
        """How sure it is, 0..1, that people will know what its drawing of the prompt shows, before it is drawn.

        That is how often it is known what drawings of the nearest words showed, as far as these mean the same; 0 where the perceptor
        knows no word of the prompt. None with a perceptor of which that has not been measured.
        """
        if not self._drawable:
            return None
        unknown = self.perceptor.unknown_words(prompt)
        if unknown and len(unknown) >= len(prompt.split()):
            return 0.0
        if prompt in self._drawable:
            return self._drawable[prompt]
        nearness = (self._vectors_of_drawable() @ self.perceptor.embed_words([prompt])[0]).clamp_min(0)
        nearest = nearness.topk(min(_neighbours, len(nearness)))
        known = torch.tensor(list(self._drawable.values()))[nearest.indices.cpu()]
        weights = (nearest.values.cpu() * self.perceptor.sharpness).softmax(0)
        return float((weights * nearest.values.cpu() * known).sum())

    def _vectors_of_drawable(self) -> Tensor:
        if self._drawable_vectors is None:
            self._drawable_vectors = self.perceptor.embed_words(list(self._drawable))
        return self._drawable_vectors

    def _run(
        self, method: Method, prompt: str, budget: Budget, seed: int, style: str = "", negative: Sequence[str] = (), start: Sequence[Stroke] = ()
    ) -> Run:
        style, negative = style and check_prompt(style), [check_prompt(each) for each in negative]

        def goal(perceptor: Perceptor) -> Goal:
            return goal_of(perceptor, prompt, style, negative, self._rivals_of(perceptor) if method.contrasted else None)

        # Of words that it has never seen the validator has no opinion worth asking for.
        asked = method.candidates > 1 and method.seconded and self.second is not None and not self.second.unknown_words(prompt)
        second = Opinion(self.second, goal(self.second)) if asked and self.second is not None else None
        return Run(method, self.perceptor, goal(self.perceptor), budget, seed, start, self._backend, second)

    def _rivals_of(self, perceptor: Perceptor) -> Tensor:
        """The vectors of what drawings are told apart among; with a large perceptor it takes a while to find them, once."""
        if perceptor.name not in self._rivals:
            self._rivals[perceptor.name] = perceptor.embed_words(category_names())
        return self._rivals[perceptor.name]

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
        run = self._run(chosen, prompt, budget, seed, style, negative, start)
        record = _Record()

        def note(progress: Progress) -> None:
            record.curve.append(progress)
            if frames and progress.fraction * frames >= len(record.frames):
                record.frames.append(_frame_of(run))
            on_progress(progress)

        settled = []
        for event in Process(run, PATIENT).events():
            if isinstance(event, Progress):
                note(event)
            elif isinstance(event, Settled):
                settled.append(event)
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


def drawing_seconds(seconds_per_iteration: float) -> float:
    """How long a drawing that people can guess takes at this pace."""
    return _live_iterations * seconds_per_iteration


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
