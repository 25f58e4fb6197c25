"""`guesstroke artist draw`: one picture of one prompt."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ai_artist.commands import options
from ai_artist.commands.options import console

if TYPE_CHECKING:
    from ai_artist.strokes import Stroke
    from ai_artist.synthesis.method import StrokeMethod


def draw(
    prompt: Annotated[str, typer.Argument(help="What to draw.")],
    out: Annotated[Path, typer.Option(help="Where to put it: .png; .svg or .json for the strokes; .gif or .webp of the drawing being drawn.")] = Path(
        "drawing.png"
    ),
    method: Annotated[str, typer.Option(help="How; `compare --list-methods` names them all.")] = "ink",
    budget: Annotated[float | None, typer.Option(help="Seconds to draw for; 10 unless --iterations is given.")] = None,
    iterations: Annotated[
        int | None, typer.Option(help="Iterations instead of seconds: with --threads 1, the same seed gives the same drawing.")
    ] = None,
    seed: options.SeedOption = 0,
    strokes: options.StrokesOption = None,
    palette: options.PaletteOption = None,
    style: options.StyleOption = "",
    negative: options.NegativeOption = None,
    begin: Annotated[Path | None, typer.Option(help="A drawing to go on from: an .svg of yours, or a .json that this command wrote.")] = None,
    evolve: Annotated[bool, typer.Option("--evolve", help="Let the .gif or .webp show the optimisation rather than the drawing hand.")] = False,
    size: Annotated[int, typer.Option(min=16, max=4096, help="Side of the picture in pixels.")] = 512,
    perceptor: options.PerceptorOption = "doodle-clip",
    device: options.DeviceOption = "auto",
    precision: options.PrecisionOption = "auto",
    backend: options.BackendOption = "auto",
    biggan: options.BigGanOption = None,
    optimize_class: options.ClassOption = False,
    threads: options.ThreadsOption = None,
) -> None:
    """Draw a prompt."""
    from ai_artist.errors import OutputError
    from ai_artist.pictures import MOVING_SUFFIXES, check_output

    check_output(out)
    if evolve and out.suffix.lower() not in MOVING_SUFFIXES:
        raise OutputError(f"--evolve makes a moving picture: name a {' or '.join(MOVING_SUFFIXES)} file; got {out.name!r}.")

    from ai_artist.budget import Seconds
    from ai_artist.prompts import check_prompt
    from ai_artist.synthesis.method import StrokeMethod

    limit = options.chosen_budget(budget, iterations, Seconds(10.0))
    prompt = check_prompt(prompt)
    style, unwanted = options.checked_words(style, negative)
    (chosen,) = options.chosen_methods([method], strokes, palette, biggan, optimize_class)
    if not isinstance(chosen, StrokeMethod) and out.suffix.lower() in (".svg", ".json"):
        raise OutputError(f"The method {method} makes no strokes, which {out.suffix} would hold: name a .png, .gif or .webp file.")
    begun = _read_strokes(begin) if begin else ()
    if isinstance(chosen, StrokeMethod) and not all(chosen.brush.keeps(stroke.rgba) for stroke in begun):
        _say_lost_colors(chosen)
    artist = options.load_artist(perceptor, threads, device, precision, backend)
    options.say_unknown_words(artist, prompt)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    moving = out.suffix.lower() in MOVING_SUFFIXES and (evolve or not isinstance(chosen, StrokeMethod))
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("drawing", total=1.0)
        done = artist.synthesize(
            prompt, limit, seed, chosen, style, unwanted, begun, frames=60 if moving else 0,
            on_progress=lambda now: progress.update(bar, completed=now.fraction, description=f"drawing, similarity {now.similarity:.3f}"),
        )  # fmt: skip
        progress.update(bar, completed=1.0)
    if done.note:
        console.print(done.note, markup=False, highlight=False)

    from ai_artist.pictures import LARGEST_ANIMATION, animate, save, save_picture

    if moving:
        side = min(size, LARGEST_ANIMATION)
        animate([frame.resize((side, side)) for frame in done.frames], out, frame_ms=80)
    elif done.drawing:
        save(done.drawing, out, size)
    else:
        save_picture(done.picture(size), out)
    made = f"{len(done.drawing.strokes)} strokes" if done.drawing else chosen.name
    Console().print(f"{out}: {prompt}, {made}, similarity {done.similarity:.3f}", markup=False, highlight=False)


def _read_strokes(path: Path) -> "tuple[Stroke, ...]":
    """The strokes of a file to go on from. Raises ArtistError; says what it left out."""
    from ai_artist.errors import DrawingError
    from ai_artist.strokes import Drawing
    from ai_artist.svg import read_svg

    try:
        content = path.read_bytes()
    except OSError as error:
        raise DrawingError(f"{path} cannot be read: {error.strerror}.") from error
    if path.suffix.lower() == ".json":
        strokes = Drawing.from_json(content).strokes
        if not strokes:
            raise DrawingError(f"There are no strokes in {path} to go on from.")
        return strokes
    reading = read_svg(content)
    if reading.skipped:
        console.print(f"{path}: left out {', '.join(reading.skipped)}", markup=False, highlight=False)
    return reading.strokes


def _say_lost_colors(method: "StrokeMethod") -> None:
    """Tell the user that what was begun changes its colours, and how it would not."""
    from ai_artist.synthesis.brush import BLACK

    of_ink = method.brush.palette == (BLACK,)
    colors, cure = ("black", "--method clipdraw") if of_ink else ("the colours of its palette", "--method clipdraw without --palette")
    console.print(f"{method.name} draws in {colors}; {cure} keeps the colours", markup=False, highlight=False)
