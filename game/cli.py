"""The `guesstroke` command."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from ai_artist import commands as artist_commands
from ai_artist.errors import ArtistError
from game.settings import Settings

app = typer.Typer(help="A drawing-and-guessing game with an AI artist, hosted by you.", no_args_is_help=True, pretty_exceptions_enable=False)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(artist_commands.app, name="artist")
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
    from game.rules.custom_words import WordError
    from game.server import serve as run

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


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command (by default the process's own arguments); a mistake of the user's is one sentence on stderr and exit status 2."""
    try:
        app(arguments)
    except (Mistake, ArtistError) as error:
        Console(stderr=True).print(f"guesstroke: {error}", style="red", markup=False, highlight=False)
        sys.exit(2)
