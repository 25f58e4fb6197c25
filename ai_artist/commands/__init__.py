"""`guesstroke artist`: the artist by itself, from the command line. Cheap to import: torch comes with the command's run."""

import typer

from ai_artist.commands.compare import compare
from ai_artist.commands.draw import draw
from ai_artist.commands.evaluate import evaluate
from ai_artist.commands.perceptors import perceptors
from ai_artist.commands.train import train

app = typer.Typer(help="The artist by itself.", no_args_is_help=True)
for command in (draw, compare, evaluate, perceptors, train):
    app.command()(command)
