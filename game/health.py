"""How the server is: what it cannot do just now, for its host's probes and log, and for those who play."""

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog

from game.protocol.server_messages import NoticeKind
from game.rooms.registry import Keeping, Rooms
from game.store.writer import ResultWriter

log = structlog.get_logger()
_look: Final = 1.0
_say_again: Final = 60.0
"""Seconds after which those who play are told once more: others have come meanwhile."""
_little_space: Final = 100 * 1024 * 1024
"""Bytes of the disk, below which its host is told."""


@dataclass(slots=True)
class Health:
    """Looks at the parts that keep things, once a second, and says what has changed."""

    rooms: Rooms
    results: ResultWriter
    snapshots: Keeping
    folder: Path
    """The data folder."""
    _known: dict[str, str] = field(default_factory=dict)
    _said_at: float | None = None
    """When those who play were last told that nothing can be kept; None while it can."""
    _task: asyncio.Task[None] | None = None

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, part by part, in a sentence each that says what to do."""
        found = {}
        if self.results.is_stuck:
            found["database"] = "It does not take results; they wait in the journal. See that it can be reached and written to."
        if self.results.unfiled:
            count = self.results.unfiled
            found["journal"] = (
                f"The disk does not take it: {count} results are in memory alone. Make room in the data folder before the server stops."
            )
        if self.snapshots.is_failing:
            found["rooms"] = "The disk does not take them: they would not outlive the server. Make room in the data folder before it stops."
        try:
            free = _free(self.folder)
        except OSError as error:  # it was taken away, or is broken: that must not end the watch
            found["disk"] = f"The data folder {self.folder} cannot be looked at ({error}). See that it is there and can be written to."
        else:
            if free < _little_space:
                found["disk"] = f"There is little space left for the data folder: {free // 2**20} MiB. Make room."
        return found

    @property
    def keeps(self) -> bool:
        """Whether what is played now would outlive the server."""
        return not self.results.unfiled and not self.snapshots.is_failing

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            self.results.file_what_waits()
            self._tell_host()
            self._tell_players(asyncio.get_running_loop().time())
            await asyncio.sleep(_look)

    def _tell_host(self) -> None:
        now = self.problems
        for part in now.keys() - self._known.keys():
            log.error("something is wrong", part=part, what=now[part])
        for part in self._known.keys() - now.keys():
            log.info("it is well again", part=part)
        self._known = now

    def _tell_players(self, now: float) -> None:
        if self.keeps:
            if self._said_at is not None:
                self._say("kept", None)
        elif self._said_at is None or now >= self._said_at + _say_again:
            self._say("not_kept", now)

    def _say(self, notice: NoticeKind, at: float | None) -> None:
        self.rooms.announce(notice)
        self._said_at = at


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
