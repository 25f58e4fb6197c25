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
) -> None:
    """Host the game. Every setting can also be given in the environment, as GUESSTROKE_..."""
    with collector.at_rest():
        from game.rules.custom_words import WordError
        from game.server import serve as run

    settings = read_settings(host=host, port=port, public_url=public_url)
    try:
        run(settings)
    except WordError as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"The data folder {settings.data_dir} cannot be written ({error}). Make room, or set GUESSTROKE_DATA_DIR.") from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command (by default the process's own arguments); a mistake of the user's is one sentence on stderr and exit status 2."""
    try:
        app(arguments)
    except (Mistake, ArtistError) as error:
        Console(stderr=True).print(f"guesstroke: {error}", style="red", markup=False, highlight=False)
        sys.exit(2)
