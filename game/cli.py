"""The `guesstroke` command."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from game.settings import Settings

app = typer.Typer(help="A drawing-and-guessing game with an AI artist, hosted by you.", no_args_is_help=True, pretty_exceptions_enable=False)
artist = typer.Typer(help="The artist by itself: draw from the command line.", no_args_is_help=True)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(artist, name="artist")
app.add_typer(db, name="db")


class Mistake(Exception):
    """Something the user can put right; printed as one sentence."""


def _settings(**given: object) -> Settings:
    """Settings from the environment, what the command line gives taking precedence."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise Mistake("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())) from error


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port; 0 takes any free one.")] = None,
    public_url: Annotated[str | None, typer.Option(help="The address that players type, if it is not this machine's own.")] = None,
) -> None:
    """Host the game. Every setting can also be given in the environment, as GUESSTROKE_..."""
    from game.server import serve as run
    from game.words.pack import WordError

    settings = _settings(host=host, port=port, public_url=public_url)
    try:
        run(settings)
    except WordError as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. Choose another with --port.") from error


@db.command()
def upgrade() -> None:
    """Bring the database's tables up to date; `serve` does it by itself."""
    from game.store.session import migrate

    settings = _settings()
    migrate(settings.store_url)
    Console().print(f"{settings.store_url} is up to date.")


@artist.command()
def draw(
    prompt: Annotated[str, typer.Argument(help="What to draw.")],
    out: Annotated[Path, typer.Option(help="Where to put it: .png, .svg, or .gif of the drawing being drawn.")] = Path("drawing.png"),
    budget: Annotated[float | None, typer.Option(help="Seconds to draw for (10 if --iterations is not given).")] = None,
    iterations: Annotated[int | None, typer.Option(help="Iterations instead of seconds: the same seed gives the same drawing.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed, another drawing.")] = 0,
    strokes: Annotated[int, typer.Option(min=1, max=256, help="How many strokes.")] = 16,
    perceptor: Annotated[str, typer.Option(help="doodle-clip, or an open_clip model as name:tag or name:checkpoint file.")] = "doodle-clip",
    size: Annotated[int, typer.Option(min=16, max=4096, help="Side of a PNG or GIF in pixels.")] = 512,
) -> None:
    """Draw a prompt by CLIPDraw."""
    from game.artist_commands import draw as run

    run(prompt, out, budget, iterations, seed, strokes, perceptor, size)


def main() -> None:
    """Run the command; a mistake of the user's is one sentence on stderr and exit status 2."""
    try:
        app()
    except Exception as error:
        from game.mistakes import is_mistake

        if not isinstance(error, Mistake) and not is_mistake(error):
            raise
        Console(stderr=True).print(f"guesstroke: {error}", style="red", markup=False, highlight=False)
        sys.exit(2)
