"""Runs a worker of the fleet until a signal ends it."""

import asyncio
import os
import signal
from typing import Final

import structlog

from game import logs
from game.mistake import Mistake
from game.studio.fleet.worker import FleetWorker
from game.studio.local import LocalStudio
from game.studio.process import worker_command

log = structlog.get_logger()
_for_each_process: Final = 2
"""Live drawings at the same time: they take turns, and people watch for a minute what a process can draw in a quarter of it."""
_on_a_gpu: Final = 8
"""There drawings are optimised together."""


def run(redis_url: str, perceptor: str, device: str, processes: int, at_once: int) -> None:
    """Work until SIGINT or SIGTERM. 0 `processes` are cores minus one, or one on a GPU; 0 `at_once` as many drawings as those can make.

    Raises Mistake if the address is none of Redis's.
    """
    logs.set_up()
    on_gpu = device.startswith("cuda")
    processes = processes or (1 if on_gpu else max(1, (os.cpu_count() or 2) - 1))
    at_once = at_once or (_on_a_gpu if on_gpu else _for_each_process) * processes
    studio = LocalStudio(perceptor, processes, command=worker_command(perceptor, device))
    try:
        worker = FleetWorker(redis_url, perceptor, device, studio, at_once)
    except ValueError as error:
        raise Mistake(f"Redis is not to be found there: {error}") from error
    asyncio.run(work(worker))


async def work(worker: FleetWorker) -> None:
    """Have it work until a signal ends it."""
    end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    log.info("an artist of the fleet warms up", name=worker.name)
    await worker.run(end)
