"""Several processes that train one model: each sees its own pictures, and their gradients are averaged.

For networks this small that uses two cores better than one process of two threads does.
"""

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch.multiprocessing.spawn import spawn


@dataclass(frozen=True, slots=True)
class Team:
    """One process's place among those that train together."""

    rank: int = 0
    size: int = 1

    def average(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Replace each parameter's gradient by the mean over the team. All members must call it with the same parameters."""
        if self.size == 1:
            return
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        dist.all_reduce(flat)
        flat /= self.size
        start = 0
        for gradient in gradients:
            gradient.copy_(flat[start : start + gradient.numel()].view_as(gradient))
            start += gradient.numel()


def run_team(work: Callable[..., None], size: int, *arguments: Any) -> None:
    """Call `work(team, *arguments)` in so many processes of one torch thread each; in this one if it is one.

    The arguments must be picklable where there are several. Raises what the first that fails raises; the others are ended.
    """
    if size == 1:
        work(Team(), *arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        spawn(_member, (size, str(Path(folder) / "meeting"), work, arguments), nprocs=size)  # type: ignore[no-untyped-call]


def _member(rank: int, size: int, meeting: str, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    torch.set_num_threads(1)
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=size)
    try:
        work(Team(rank, size), *arguments)
    finally:
        dist.destroy_process_group()


def _end_with_parent() -> None:
    """A team whose leader was killed must not train on: nobody would know, and the next one would write the same files."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
