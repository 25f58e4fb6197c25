"""Renders pictures in a process of its own: a drawing full of fills, or a film of one, takes seconds, and the games must not wait."""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Hashable
from concurrent import futures  # it loads what is for processes when that is asked for
from typing import Any, Final, Literal

from game import drawing

Maker = Literal["png_of", "svg_of", "animation_of", "card_of", "poster_of"]
_kept_bytes: Final = 32 * 1024 * 1024
_most_waiting: Final = 200


class BusyError(RuntimeError):
    """Too many pictures are waited for already."""


class Renderer:
    """One picture at a time, at low priority; the last ones are kept. The process is started when the first is wanted."""

    def __init__(self) -> None:
        self._executor: futures.ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0

    async def render(self, key: Hashable, maker: Maker, *arguments: Any) -> bytes:
        """Return what this function of game.drawing makes of the arguments; `key` says which picture it is.

        It is named and not given: the server itself does not load what pictures take. Raises BusyError, and what the function raises.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._waiting >= _most_waiting:
            raise BusyError("Many pictures are being made just now. Try again in a moment.")
        self._waiting += 1
        try:
            async with self._turn:
                if key in self._kept:  # somebody before us wanted the same
                    return self._kept[key]
                picture = await self._rendered(maker, *arguments)
        finally:
            self._waiting -= 1
        self._kept[key] = picture
        self._bytes += len(picture)
        while self._bytes > _kept_bytes and len(self._kept) > 1:
            self._bytes -= len(self._kept.popitem(last=False)[1])
        return picture

    async def _rendered(self, maker: Maker, *arguments: Any) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._process(), _make, maker, *arguments)
        except futures.BrokenExecutor:  # the system may have ended it, for want of memory say: once more with another
            self._executor = None
            return await loop.run_in_executor(self._process(), _make, maker, *arguments)

    def _process(self) -> "futures.ProcessPoolExecutor":
        if self._executor is None:
            # Forked from a server with threads it might hang.
            context = multiprocessing.get_context("spawn")
            self._executor = futures.ProcessPoolExecutor(1, context, initializer=_begin)
        return self._executor

    def stop(self) -> None:
        """End the process; what is being made is given up."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)


def _make(maker: Maker, *arguments: Any) -> bytes:
    made: str | bytes = getattr(drawing, maker)(*arguments)
    return made.encode() if isinstance(made, str) else made


def _begin() -> None:
    """In the new process: the games come first, Ctrl+C is the server's business, and without a server there is nothing to do."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()


def _end_with_the_server() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
