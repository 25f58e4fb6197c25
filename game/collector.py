"""Python's garbage collector, for a server: in small steps, and never through what was there from the beginning."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_young: Final = 2_000
"""Objects more than went, before the collector looks at the young ones; Python's own 700 make it look several times in each loop pass, and with
many more all strokes wait for each look."""

_middle: Final = 2
"""Looks at the young ones, before it looks at those that outlived one. Python's 10 make that look long."""

_old: Final = 100
"""Looks at those, before it looks at the old ones: some 600,000 objects more. Connections and rooms that have gone are found then, within minutes on
a server that has something to do; each such look stops everything."""


def calm_down() -> None:
    """Leave out what exists now from all collections to come. tests/bench/garbage.py measures what that saves.

    What is garbage by then stays, too: it is little, and looking through everything for it would make the start longer.
    """
    gc.freeze()
    gc.collect()  # of what is left, nothing: the collector looks at all that is old only when that has grown by a quarter since last time
    gc.set_threshold(_young, _middle, _old)


@contextmanager
def at_rest() -> Iterator[None]:
    """No collection meanwhile: importing makes hundreds of thousands of objects that stay, and a tenth of it is looking through them in vain."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
