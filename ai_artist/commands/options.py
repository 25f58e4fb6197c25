"""The options that several commands share, and what is made of them."""

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ai_artist.artist import Artist
    from ai_artist.budget import Budget
    from ai_artist.synthesis.method import Method

PerceptorOption = Annotated[
    str, typer.Option(help="doodle-clip; an open_clip model as NAME, NAME:TAG or NAME:FILE; local-dir:FOLDER; several as A*2+B. See `perceptors`.")
]
DeviceOption = Annotated[str, typer.Option(help="Where to compute: auto, cpu, cuda, cuda:1, mps.")]
PrecisionOption = Annotated[str, typer.Option(help="Of the perceptor: auto, fp32, bf16, fp16.")]
BackendOption = Annotated[str, typer.Option(help="The rasteriser: auto, native, torch, diffvg.")]
ThreadsOption = Annotated[int | None, typer.Option(min=1, help="Threads for torch; by default one for doodle-clip, one a core for larger models.")]
SeedOption = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Another seed, another picture.")]
StrokesOption = Annotated[int | None, typer.Option(min=1, max=4096, help="How many strokes; by default the method's own number.")]
PaletteOption = Annotated[str | None, typer.Option(help="Colours to keep to, for strokes and shapes: 'black, #d33, gold'.")]
BigGanOption = Annotated[str | None, typer.Option(help="BigGAN's weights: a name of the hub, or a folder with config.json and pytorch_model.bin.")]
ClassOption = Annotated[bool, typer.Option("--optimize-class", help="BigGAN: optimise the class vector beside the latent.")]
NegativeOption = Annotated[list[str] | None, typer.Option(help="What shall not be seen in it; can be given several times.")]
StyleOption = Annotated[str, typer.Option(help='A style to draw in: "watercolour", "Van Gogh".')]

# Before torch loads its threads: waiting actively, as is their default, two of them are more than twice as slow as one on
# a machine that does anything else besides (tests/bench/threads.py).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

console = Console(stderr=True)
"""For what is not the result: progress, notes."""


def chosen_budget(seconds: float | None, iterations: int | None, default: "Budget") -> "Budget":
    """The budget that the options give. Raises ArtistError if both do."""
    from ai_artist.budget import Iterations, Seconds
    from ai_artist.errors import ArtistError

    if seconds is not None and iterations is not None:
        raise ArtistError("Give the budget as --budget seconds or as --iterations, not both.")
    if iterations is not None:
        return Iterations(iterations)
    return default if seconds is None else Seconds(seconds)


def chosen_methods(names: "Sequence[str]", strokes: int | None, palette: str | None, biggan: str | None, optimize_class: bool) -> "list[Method]":
    """The methods, each with what the options change about it. Raises ArtistError if an option goes with none of them."""
    from ai_artist.errors import ArtistError
    from ai_artist.synthesis.biggan import BigGanMethod
    from ai_artist.synthesis.brush import parse_palette
    from ai_artist.synthesis.method import StrokeMethod
    from ai_artist.synthesis.methods import method_named

    colors = None if palette is None else parse_palette(palette)
    given = {option for option, value in {"--strokes": strokes, "--palette": palette, "--biggan": biggan}.items() if value is not None}
    given |= {"--optimize-class"} if optimize_class else set()
    methods: list[Method] = []
    for name in names:
        method = method_named(name)
        if isinstance(method, StrokeMethod):
            brush = replace(method.brush, strokes=strokes or method.brush.strokes, palette=colors or method.brush.palette)
            method = replace(method, brush=brush)
            given -= {"--strokes", "--palette"}
        elif isinstance(method, BigGanMethod):
            method = replace(method, weights=biggan or method.weights, optimize_class=optimize_class)
            given -= {"--biggan", "--optimize-class"}
        methods.append(method)
    if given:
        which = f"the method {names[0]}" if len(names) == 1 else f"any of the methods {', '.join(names)}"
        raise ArtistError(f"{' and '.join(sorted(given))} cannot be used with {which}.")
    return methods


def checked_words(style: str, negative: "Sequence[str] | None") -> "tuple[str, tuple[str, ...]]":
    """What --style and --negative say, tidied. Raises PromptError naming the option."""
    from ai_artist.prompts import check_prompt

    return style and check_prompt(style, "--style"), tuple(check_prompt(each, "--negative") for each in negative or ())


def use_threads(threads: int | None, perceptor: str) -> None:
    """Give torch its threads. doodle-clip's layers are too small to share (tests/bench/threads.py)."""
    import torch

    from ai_artist.perception import BUNDLED

    if threads is not None or perceptor == BUNDLED:
        torch.set_num_threads(threads or 1)
    else:
        torch.set_num_threads(os.cpu_count() or 1)


def load_artist(perceptor: str, threads: int | None, device: str, precision: str, backend: str) -> "Artist":
    """Load and warm up, showing that it takes a while."""
    from ai_artist.artist import Artist
    from ai_artist.rasterizer import make_rasterizer, warm_up

    with console.status(f"loading {perceptor} ..."):
        use_threads(threads, perceptor)
        artist = Artist.load(perceptor, device=device, precision=precision, backend=backend)
        make_rasterizer(backend, artist.perceptor.device)  # a backend that is missing is said now, not after the words
        warm_up()
    return artist


def say_unknown_words(artist: "Artist", prompt: str) -> None:
    """Tell the user if the perceptor does not know the prompt's words."""
    from ai_artist.perception.vocabulary import unknown_words_note

    note = unknown_words_note(artist.perceptor, prompt)
    if note:
        console.print(note, markup=False, highlight=False)
