"""Hours in no time: an event loop whose clock jumps to whatever is due next, so that what takes a turn is tested to the moment."""

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

P = ParamSpec("P")


class _Selector(selectors.DefaultSelector):
    """Does not wait where it is told for how long: `skipped` seconds have passed then."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(None if timeout is None else 0)
        if not found and timeout is not None and timeout > 0:
            self.skipped += timeout
        return found


class SkippingLoop(asyncio.SelectorEventLoop):
    """Its clock jumps to whatever is due next."""

    def __init__(self) -> None:
        self._sleepless = _Selector()
        super().__init__(self._sleepless)

    def time(self) -> float:
        return 1000.0 + self._sleepless.skipped


def in_no_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test on such a loop."""

    @functools.wraps(test)
    def run(*given: P.args, **named: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=SkippingLoop) as runner:
            runner.run(test(*given, **named))

    return run


def now() -> float:
    """Seconds on the loop's clock."""
    return asyncio.get_running_loop().time()
