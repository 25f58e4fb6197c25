"""How the kernels are compiled: Numba, cached on disk where this process may write."""

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile `function` with Numba at its first call and keep the machine code on disk for the next process.

    nogil lets the canvases of a batch be painted by threads of Python; Numba's own threading layers are not used at
    all, as none of them survives a fork and is safe to enter from several threads. fastmath assumes that no number is
    NaN or infinite, which `Scene.check_values` sees to. Numba's cache notices changes of the file that holds the
    function and not of those whose kernels and constants it uses, so the folder of the cache is named after all of them.
    """
    source_folder = Path(function.__code__.co_filename).parent
    previous = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(Path(previous or _cache_folder_for(source_folder)) / f"kernels-{_digest(source_folder)}")
    try:
        # The place of the cache is settled when the function is decorated, so the setting need not outlive this line.
        return cast(Function, numba.njit(cache=True, fastmath=True, nogil=True, error_model="numpy")(function))
    finally:
        numba.config.CACHE_DIR = previous


def _cache_folder_for(source_folder: Path) -> str:
    """The folder for Numba's cache: __pycache__ beside the source, as is Numba's own choice, where that can be written.

    A package installed read-only (a container, a system-wide installation) gets the user's cache folder, and a user
    without a home that can be written to gets one in the temporary folder, so that compiling never fails for this.
    """
    if _can_write(source_folder / "__pycache__"):
        return str(source_folder / "__pycache__")
    user_cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = Path(user_cache) / "guesstroke" / "numba"
    if _can_write(folder):
        return str(folder)
    return str(Path(tempfile.gettempdir()) / f"guesstroke-numba-{os.getuid() if hasattr(os, 'getuid') else 'user'}")


@functools.cache
def _digest(source_folder: Path) -> str:
    """Short for the text of all modules in a folder that hold kernels, and of this one."""
    modules = [path.read_bytes() for path in sorted(source_folder.glob("*.py"))]
    return hashlib.sha256(b"\0".join(text for text in modules if b"@compiled" in text or b"numba.njit" in text)).hexdigest()[:16]


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
