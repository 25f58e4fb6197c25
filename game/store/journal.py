"""A local append-only file of what is not in the database yet: nothing is lost while that is slow, away or down.

A file is a header line and then entries, each a length and a checksum (CRC-32), both u32 little-endian, and so many bytes. Its name is
its id; the database keeps for each id how many entries it has taken. A file is deleted when it has taken all of them.
"""

import fcntl
import os
import struct
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import structlog

log = structlog.get_logger()
_header: Final = b"guesstroke journal 1\n"
_head: Final = struct.Struct("<II")
_suffix: Final = ".journal"


class JournalError(RuntimeError):
    """A journal cannot be written."""


class Journal:
    """One file, held by one process (flock), appended to and read from."""

    def __init__(self, path: Path) -> None:
        """Open `path`, made if it is not there. Raises BlockingIOError if another process has it."""
        self.path = path
        self.id = path.stem
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise
        if os.fstat(self._file).st_size == 0:
            os.write(self._file, _header)
        self._end = os.fstat(self._file).st_size
        self._read_to = len(_header)
        self.count = 0
        """Entries that were appended or found."""

    @classmethod
    def fresh(cls, folder: Path) -> "Journal":
        """A new file in the folder, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder / f"{uuid.uuid4().hex}{_suffix}")

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._end

    def append(self, data: bytes) -> int:
        """Add an entry; return its number, from 1. It is then the kernel's: a killed process loses it no more; `sync` is for the disk."""
        entry = _head.pack(len(data), zlib.crc32(data)) + data
        written = os.write(self._file, entry)
        if written != len(entry):  # the disk is full: what is there of it must not stay in the way of the next
            os.ftruncate(self._file, self._end)
            raise JournalError(f"The journal {self.path} took {written} of {len(entry)} bytes: is the disk full?")
        self._end += written
        self.count += 1
        return self.count

    def sync(self) -> None:
        """Wait until the disk has it all."""
        os.fdatasync(self._file)

    def read_on(self) -> Iterator[bytes]:
        """The entries not read yet. One that was cut short by a crash is taken off the end; after a damaged one nothing can be read."""
        while self._read_to < self._end:
            head = os.pread(self._file, _head.size, self._read_to)
            length, checksum = _head.unpack(head) if len(head) == _head.size else (0, 1)
            data = os.pread(self._file, length, self._read_to + _head.size) if self._read_to + _head.size + length <= self._end else b""
            if len(data) != length or zlib.crc32(data) != checksum:
                self._cut_off()
                return
            self._read_to += _head.size + length
            yield data

    def _cut_off(self) -> None:
        """Keep aside what cannot be read, so that entries can be added again."""
        rest = os.pread(self._file, self._end - self._read_to, self._read_to)
        damaged = self.path.with_suffix(".damaged")
        with damaged.open("ab") as file:
            file.write(rest)
        os.ftruncate(self._file, self._read_to)
        self._end = self._read_to
        log.error("a journal's end cannot be read and was put aside", journal=str(self.path), bytes=len(rest), aside=str(damaged))

    def close(self) -> None:
        """Let other processes have it."""
        os.close(self._file)

    def delete(self) -> None:
        """Close it, and take it from the disk: the database has it all."""
        self.path.unlink(missing_ok=True)
        self.close()


def left_behind(folder: Path) -> Iterator[Journal]:
    """The journals in a folder that no running process has, the oldest first."""
    paths = sorted(folder.glob(f"*{_suffix}"), key=lambda path: path.stat().st_mtime)
    for path in paths:
        try:
            journal = Journal(path)
        except (BlockingIOError, FileNotFoundError):
            continue
        yield journal
