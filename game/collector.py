"""Python's garbage collector, for a server: seldom, and never through what was there from the beginning."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_young: Final = 20_000
"""Objects more than went, before the collector looks at the young ones; Python's own 700 make it look several times in each loop pass."""


def calm_down() -> None:
    """Leave out what exists now from all collections to come. tests/bench/garbage.py measures what that saves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_young, 10, 10)


@contextmanager
def at_rest() -> Iterator[None]:
    """No collection meanwhile: importing makes hundreds of thousands of objects that stay, and a tenth of it is looking through them in vain."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
