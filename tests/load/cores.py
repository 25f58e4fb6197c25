"""Which core does what, and how many files may be open: the server under test has one core for itself, the load generator the other."""

import contextlib
import os
import resource
import time
from pathlib import Path
from typing import Final

_ticks: Final = os.sysconf("SC_CLK_TCK")
_cores: Final = sorted(os.sched_getaffinity(0))
SERVER_CORE: Final = _cores[0]
GENERATOR_CORE: Final = _cores[-1]
"""The same as the server's where there is only one: then the figures say little, and each trial is marked."""

_look: Final = 0.5
"""Seconds over which a core is looked at,"""
_rest: Final = 0.1
"""and the part of them in which it may run something and be at rest."""


def settle_on(core: int) -> None:
    """Keep this process, and those it starts, on one core, with as many open files as the system allows."""
    os.sched_setaffinity(0, {core})
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # some systems say "unlimited" and mean less
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def busy_seconds(core: int) -> float:
    """How long a core has run programs, anybody's, and other machines where this one is virtual; the handling of interrupts is left out."""
    lines = Path("/proc/stat").read_text().splitlines()
    fields = next(line.split() for line in lines if line.startswith(f"cpu{core} "))
    user, nice, system, stolen = (int(fields[index]) for index in (1, 2, 3, 8))
    return (user + nice + system + stolen) / _ticks


def wait_for_rest(core: int, patience: float = 30.0) -> None:
    """Wait until hardly anything runs on a core: a server writes down the games of one trial when the next could begin already."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        before = busy_seconds(core)
        time.sleep(_look)
        if busy_seconds(core) - before < _rest * _look:
            return
