"""The machine itself: Python and the libraries, memory, the data folder and its disk, the port."""

import json
import os
import platform
import shutil
import stat
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from packaging.requirements import Requirement

from game.addresses import local_url
from game.doctor.finding import Finding, ok, problem, warning
from game.settings import Settings

_least_disk: Final = 1024**3
"""Bytes below which a host should think of it; the server itself begins to complain at a tenth."""
_worker_bytes: Final = 620 * 1024**2
"""What an artist's process takes with the bundled perceptor."""
_few_files: Final = 4096


def check_libraries() -> list[Finding]:
    """Whether the libraries are those that the package asks for."""
    try:
        asked = [Requirement(each) for each in metadata.requires("guesstroke") or ()]
        version = metadata.version("guesstroke")
    except metadata.PackageNotFoundError:
        return [warning("versions", f"Python {platform.python_version()}; guesstroke is not installed", "pip install -e .")]
    wrong = [f"{each.name} {found or 'is missing'}, and {each.specifier} is needed" for each in asked if (found := _unfit(each)) is not None]
    if wrong:
        return [problem("versions", "; ".join(wrong), "Install guesstroke anew, best into a virtual environment of its own.")]
    return [ok("versions", f"guesstroke {version}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")]


def _unfit(asked: Requirement) -> str | None:
    """The version that does not do, empty if there is none; None if all is well, or it is for another machine or an extra."""
    if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
        return None
    try:
        found = metadata.version(asked.name)
    except metadata.PackageNotFoundError:
        return ""
    return None if asked.specifier.contains(found, prereleases=True) else found


def check_memory(settings: Settings) -> list[Finding]:
    """Whether the artists find room beside the server."""
    cores = os.cpu_count() or 1
    workers = settings.artist_workers or max(1, cores - 1)
    needed = (workers + 1) * _worker_bytes
    told = f"{cores} core{'s' if cores > 1 else ''}, {workers} artist{'s' if workers > 1 else ''} and a spare: about {needed / 1e9:.1f} GB"
    try:
        meminfo = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        free = int(meminfo["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError):
        return [ok("memory", f"{told}; this system does not tell what is free")]
    told = f"{told}; {free / 1e9:.1f} GB are free"
    if free < needed:
        return [warning("memory", told, "Set GUESSTROKE_ARTIST_WORKERS to fewer: a worker that finds no memory ends.")]
    return [ok("memory", told)]


def check_folder(settings: Settings) -> list[Finding]:
    """Whether the data folder can be written to, has room, and keeps its secrets."""
    folder = settings.data_dir.absolute()
    place = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
        free = shutil.disk_usage(place).free
    except OSError as error:
        remedy = f"Let the user {_user()} write there, or set GUESSTROKE_DATA_DIR."
        return [problem("data folder", f"{place} cannot be written to ({error.strerror})", remedy)]
    there = f"{folder}{'' if place == folder else ' (the server will make it)'}"
    found = [ok("data folder", there)]
    if free < _least_disk:
        found.append(warning("disk", f"{free / 1e6:.0f} MB are free for {folder}", "Make room: results and rooms are kept there."))
    else:
        found.append(ok("disk", f"{free / 1e9:.1f} GB are free"))
    key = folder / "signing.key"
    if key.exists() and os.name == "posix" and stat.S_IMODE(key.stat().st_mode) & 0o077:
        found.append(problem("signing keys", f"others may read {key}, and then be anybody", f"chmod 600 {key}; guesstroke keys rotate"))
    return found


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")


def check_files() -> list[Finding]:
    """Whether the system lets a process have many connections."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return []
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < _few_files:
        return [warning("open files", f"at most {hard}; each player is one", "Raise it: LimitNOFILE= in the systemd unit, or ulimit -Hn.")]
    return []


def check_port(settings: Settings) -> list[Finding]:
    """Whether the port is free, or the game's already."""
    from game.server import listen

    if settings.port == 0:
        return [ok("port", "any that is free")]
    here = f"{settings.host} port {settings.port}"
    try:
        listen(settings.host, settings.port).close()
    except OSError as error:
        if build_at(local_url(settings.host, settings.port)) is not None:
            return [ok("port", f"the game is running on {here}")]
        return [problem("port", f"cannot listen on {here}: {error.strerror}", "Choose another: GUESSTROKE_PORT, or serve --port.")]
    return [ok("port", f"{here} is free")]


def build_at(url: str, timeout: float = 5) -> str | None:
    """The build of the game that answers there; None if nobody does, or something else. Raises nothing."""
    try:
        with urlopen(f"{url}/healthz", timeout=timeout) as answer:
            return str(json.load(answer)["build"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
