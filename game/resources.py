"""Finds the folders that travel with the package: in a wheel inside `game/`, in a checkout beside it."""

from importlib.resources import files
from pathlib import Path


def resource_folder(name: str) -> Path:
    """Return the folder `static`, `migrations` or `words`. Raises FileNotFoundError if the installation lacks it."""
    package = Path(str(files("game")))
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The folder {name}/ is missing from {package}: reinstall guesstroke.")
