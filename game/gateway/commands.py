"""The `guesstroke keys` commands."""

import typer
from rich.console import Console

from game.gateway import signing_keys
from game.settings import read_settings

app = typer.Typer(help="The keys that players' identities are signed with.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """Make `rotate` a command by its name, though it is the only one."""


@app.command()
def rotate() -> None:
    """Sign with a new key from the server's next start on; who was known stays known."""
    path = read_settings().data_dir / "signing.key"
    count = signing_keys.rotate(path)
    Console().print(f"{path} has {count} keys now. Restart the server: it signs with the new one, and believes the others.", soft_wrap=True)
