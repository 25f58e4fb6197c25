"""The `guesstroke` command."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from ai_artist import commands as artist_commands
from ai_artist.errors import ArtistError
from game import collector
from game.gateway import commands as keys_commands
from game.mistake import Mistake
from game.settings import read_settings
from game.store import commands as store_commands
from game.words import commands as words_commands

app = typer.Typer(help="A drawing-and-guessing game with an AI artist, hosted by you.", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(artist_commands.app, name="artist")
app.add_typer(store_commands.app, name="db")
app.add_typer(keys_commands.app, name="keys")
app.add_typer(words_commands.app, name="words")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port; 0 takes any free one.")] = None,
    public_url: Annotated[str | None, typer.Option(help="The address that players type, if it is not this machine's own.")] = None,
    database_url: Annotated[str | None, typer.Option(help="PostgreSQL, as postgresql+asyncpg://user@host/name; by default SQLite.")] = None,
    redis_url: Annotated[str | None, typer.Option(help="Redis: with PostgreSQL it makes several servers one.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="So many servers on this port, that are one: they need Redis and PostgreSQL.")] = 1,
) -> None:
    """Host the game. Every setting can also be given in the environment, as GUESSTROKE_..."""
    settings = read_settings(host=host, port=port, public_url=public_url, database_url=database_url, redis_url=redis_url)
    with collector.at_rest():
        from game.many import serve_many
        from game.rules.custom_words import WordError
        from game.server import serve as run

    try:
        run(settings) if workers == 1 else serve_many(settings, workers)
    except WordError as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"The data folder {settings.data_dir} cannot be written ({error}). Make room, or set GUESSTROKE_DATA_DIR.") from error


@app.command()
def worker(
    redis_url: Annotated[str | None, typer.Option(help="Where the fleet meets, such as redis://10.0.0.5:6379/0.")] = None,
    perceptor: Annotated[str | None, typer.Option(help="doodle-clip, or any open_clip model as name or name:tag or name:file.")] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, or auto: a GPU if there is one.")] = "auto",
    processes: Annotated[int | None, typer.Option(help="Processes that draw, beside a spare; by default cores minus one, or 1 on cuda.")] = None,
    at_once: Annotated[int | None, typer.Option(min=1, help="Live drawings at the same time; by default 2 a process, or 8 on cuda.")] = None,
) -> None:
    """Be one of a fleet of artists: draw for the servers that use the same Redis."""
    settings = read_settings(redis_url=redis_url, perceptor=perceptor, artist_workers=processes)
    if settings.redis_url is None:
        raise Mistake("A worker finds its servers over Redis: give --redis-url, or set GUESSTROKE_REDIS_URL.")
    from game.studio.choosing import missing

    try:
        from game.studio.fleet.run import run
    except ModuleNotFoundError as error:
        raise missing(error) from error
    run(settings.redis_url, settings.perceptor, device, settings.artist_workers, at_once or 0)


@app.command()
def doctor(
    artist: Annotated[bool, typer.Option(help="Load torch and the perceptor, in a process of their own, and time them.")] = True,
    public_url: Annotated[str | None, typer.Option(help="The address that players type, to be tried.")] = None,
) -> None:
    """Look at this machine, the settings and, while the server runs, at the way to it; say what to do. Exit status 1: there is a problem."""
    from game.doctor.examination import examine
    from game.doctor.finding import lines

    findings = examine(read_settings(public_url=public_url), with_artist=artist)
    problem = False
    for finding in findings:
        print(lines(finding), flush=True)
        problem |= finding.grade == "problem"
    raise typer.Exit(int(problem))


@app.command()
def settings() -> None:
    """Print every setting with its default, as a table in Markdown."""
    from game.settings_table import settings_table

    print(settings_table())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command (by default the process's own arguments); a mistake of the user's is one sentence on stderr and exit status 2."""
    try:
        app(arguments)
    except (Mistake, ArtistError) as error:
        Console(stderr=True).print(f"guesstroke: {error}", style="red", markup=False, highlight=False)
        sys.exit(2)
