"""A wall clock that tests can set for a server of theirs, by libfaketime."""

import glob
import os
from pathlib import Path

_libraries = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class Clock:
    """`environment` is for the process whose wall clock it is; its timers are on the monotonic clock, which stays."""

    def __init__(self, file: Path) -> None:
        self._file, found = file, glob.glob(_libraries)
        self.is_there = bool(found)
        self.environment: dict[str, str] = {}
        if found:
            self.environment = {
                "LD_PRELOAD": found[0],
                "FAKETIME_TIMESTAMP_FILE": os.fspath(file),
                "FAKETIME_NO_CACHE": "1",
                "DONT_FAKE_MONOTONIC": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "NO_FAKE_STAT": "1",
            }
            self.set(0)

    def set(self, seconds: int) -> None:
        """How far it is from the real one."""
        self._file.write_text(f"{seconds:+d}")
