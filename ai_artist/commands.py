"""`guesstroke artist`: the artist by itself, from the command line. Cheap to import: torch comes with the command's run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from ai_artist.budget import Budget

app = typer.Typer(help="The artist by itself.", no_args_is_help=True)


@app.command()
def draw(
    prompt: Annotated[str, typer.Argument(help="What to draw.")],
    out: Annotated[Path, typer.Option(help="Where to put it: .png, .svg, or .gif of the drawing being drawn.")] = Path("drawing.png"),
    budget: Annotated[float | None, typer.Option(help="Seconds to draw for; 10 unless --iterations is given.")] = None,
    iterations: Annotated[
        int | None, typer.Option(help="Iterations instead of seconds: with --threads 1, the same seed gives the same drawing.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another drawing.")] = 0,
    strokes: Annotated[int, typer.Option(min=1, max=256, help="How many strokes.")] = 16,
    color: Annotated[bool, typer.Option(help="Optimise colour and opacity too, as the paper does; by default black ink.")] = False,
    perceptor: Annotated[str, typer.Option(help="doodle-clip, or an open_clip model as name, name:tag or name:checkpoint file.")] = "doodle-clip",
    size: Annotated[int, typer.Option(min=16, max=4096, help="Side of the picture in pixels.")] = 512,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads for torch; by default one a core.")] = None,
) -> None:
    """Draw a prompt by CLIPDraw."""
    from ai_artist.pictures import check_output

    check_output(out)
    limit = _budget(budget, iterations)

    from ai_artist.artist import PATIENT, Artist, check_prompt
    from ai_artist.pictures import save
    from ai_artist.strokes import Drawing
    from ai_artist.synthesis.clipdraw import Brush

    prompt = check_prompt(prompt)
    console = Console(stderr=True)
    with console.status(f"loading {perceptor} ..."):
        artist = Artist.load(perceptor, threads, Brush(strokes=strokes, ink=not color))
        artist.warm_up()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("drawing", total=1.0)

        def show(fraction: float, similarity: float) -> None:
            progress.update(bar, completed=fraction, description=f"drawing, similarity {similarity:.3f}")

        settled = list(artist.draw(prompt, limit, seed, PATIENT, on_progress=show))
        progress.update(bar, completed=1.0)
    drawing = Drawing(prompt, seed, perceptor, settled[-1].similarity, tuple(each.stroke for each in settled))
    save(drawing, out, size)
    Console().print(f"{out}: {prompt}, {len(drawing.strokes)} strokes, similarity {drawing.similarity:.3f}", markup=False, highlight=False)


def _budget(seconds: float | None, iterations: int | None) -> "Budget":
    from ai_artist.budget import Iterations, Seconds
    from ai_artist.errors import ArtistError

    if seconds is not None and iterations is not None:
        raise ArtistError("Give the budget as --budget seconds or as --iterations, not both.")
    return Iterations(iterations) if iterations is not None else Seconds(10.0 if seconds is None else seconds)


@app.command()
def train(
    config: Annotated[Path, typer.Option(help="What to train, and how.")] = Path("ai_artist/training/doodle_clip.toml"),
    run: Annotated[Path, typer.Option(help="Folder for checkpoints and curves; training goes on where it stopped there.")] = Path("runs/doodle_clip"),
    out: Annotated[Path, typer.Option(help="Folder for the finished model.")] = Path("ai_artist/doodle_clip"),
    sketches: Annotated[Path | None, typer.Option(help="The sketch archive, instead of the one in the file.")] = None,
    icons: Annotated[Path | None, typer.Option(help="The folder of @iconify-json packages, instead of the one in the file.")] = None,
) -> None:
    """Train the bundled perceptor (needs the `training` extra and the data; see ai_artist/doodle_clip/README.md)."""
    from ai_artist.errors import ArtistError

    try:
        from ai_artist.training.train import train as run_training

        run_training(config, run, out, sketches, icons)
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise ArtistError(f"Training needs its data and the training extra: {error}") from error
