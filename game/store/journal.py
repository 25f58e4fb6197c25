"""A local append-only file of what is not in the database yet: nothing is lost while that is slow, away or down.

A file is a header line and then entries, each a length and a checksum (CRC-32), both u32 little-endian, and so many bytes. Its name is
its id; the database keeps for each id how many entries it has taken. A file is deleted when it has taken all of them.
"""

import fcntl
import os
import struct
import time
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
_wait_for_disk: Final = getattr(os, "fdatasync", os.fsync)
"""macOS has only the other."""
_closed: Final = -1


class JournalError(OSError):
    """A journal cannot be written."""


class Journal:
    """One file, held by one process (flock), appended to and read from."""

    def __init__(self, path: Path) -> None:
        """Open `path`, made if it is not there; what cannot be read at its end is put aside.

        Raises BlockingIOError if another process has it, FileNotFoundError if that has just deleted it.
        """
        self.path = path
        self.id = path.stem
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(self._file).st_nlink == 0:  # opened before and locked after the other deleted it: it is all in the database
                raise FileNotFoundError(f"The journal {path} was deleted by the process that had it.")
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        self._end = os.fstat(self._file).st_size
        if self._end < len(_header):  # new, or its process ended in the middle of the first line
            os.ftruncate(self._file, 0)
            self._end = 0
            self._write(_header)
        self._rewind()
        for _ in self.read_on():
            pass
        self.count = self._read
        """Entries that were appended or found."""
        self._rewind()

    def _rewind(self) -> None:
        self._read, self._read_to = 0, len(_header)

    @classmethod
    def fresh(cls, folder: Path) -> "Journal":
        """A new file in the folder, which is made if need be. Names come in the order of time."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder / f"{time.time_ns():016x}{uuid.uuid4().hex[:16]}{_suffix}")

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._end

    def append(self, data: bytes) -> int:
        """Add an entry; return its number, from 1. It is then the kernel's: a killed process loses it no more; `sync` is for the disk.

        Raises OSError if the disk does not take it; the journal is then as it was.
        """
        if not data:  # zeros, which a crash may leave at the end of a file, would read as such
            raise ValueError("An entry of a journal has at least one byte.")
        self._write(_head.pack(len(data), zlib.crc32(data)) + data)
        self.count += 1
        return self.count

    def _write(self, data: bytes) -> None:
        written = os.write(self._file, data)
        if written != len(data):  # the disk is full: what is there of it must not stay in the way of the next
            os.ftruncate(self._file, self._end)
            raise JournalError(f"The journal {self.path} took {written} of {len(data)} bytes: is the disk full?")
        self._end += written

    def sync(self) -> None:
        """Wait until the disk has it all."""
        _wait_for_disk(self._file)

    def read_on(self) -> Iterator[tuple[int, bytes]]:
        """The entries not read yet, with their numbers. One that was cut short by a crash is put aside, and what comes after a damaged one."""
        while self._read_to < self._end:
            head = os.pread(self._file, _head.size, self._read_to)
            length, checksum = _head.unpack(head) if len(head) == _head.size else (0, 0)
            data = os.pread(self._file, length, self._read_to + _head.size) if self._read_to + _head.size + length <= self._end else b""
            if not data or len(data) != length or zlib.crc32(data) != checksum:
                self._cut_off()
                return
            self._read_to += _head.size + length
            self._read += 1
            yield self._read, data

    def _cut_off(self) -> None:
        """Keep aside what cannot be read, so that entries can be added again."""
        rest = os.pread(self._file, self._end - self._read_to, self._read_to)
        damaged = self.path.with_suffix(".damaged")
        with damaged.open("ab") as file:
            file.write(rest)
        os.ftruncate(self._file, self._read_to)
        self._end, self.count = self._read_to, self._read
        log.error("a journal's end cannot be read and was put aside", journal=str(self.path), bytes=len(rest), aside=str(damaged))

    def close(self) -> None:
        """Let other processes have it."""
        file, self._file = self._file, _closed  # a number that was closed is soon another file's
        if file != _closed:
            os.close(file)

    def delete(self) -> None:
        """Close it, and take it from the disk: the database has it all."""
        self.path.unlink(missing_ok=True)
        self.close()


def left_behind(folder: Path) -> Iterator[Journal]:
    """The journals in a folder that no running process has, the oldest first."""
    for path in sorted(folder.glob(f"*{_suffix}")):
        try:
            journal = Journal(path)
        except (BlockingIOError, FileNotFoundError):
            continue
        except OSError as error:
            log.error("a journal cannot be opened and is left for the next start", journal=str(path), reason=str(error))
            continue
        yield journal
