"""Where rooms are kept while they are open, so that they outlive their server: two files a room, of which one is always whole.

Each process has a folder of its own below the given one, and holds the file `lock` in it (flock): a folder whose lock is free is one of
a process that has ended, and its rooms are taken over. A room's states are numbered, and go by turns into its two files, over what is
there: making and cutting files costs the system a hundred times what writing does. A file is a header line; a checksum (CRC-32, u32),
a length (u32) and a number (u64), little-endian; and so many bytes. What lies behind them is of an earlier, longer state.

Nothing waits for the disk: a killed process loses nothing, and a machine that loses its power what the system had not written yet.
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

import msgspec
import structlog

log = structlog.get_logger()
_header: Final = b"guesstroke room 1\n"
_head: Final = struct.Struct("<IIQ")
_number_of: Final = struct.Struct("<Q")
_slots: Final = (".a.room", ".b.room")
_lock: Final = "lock"


class RoomSnapshot(msgspec.Struct, frozen=True, array_like=True):
    """A room at one moment."""

    code: str
    at: float
    """What its clock showed."""
    game: bytes
    """As `Game.freeze` gave it."""
    owed: tuple[bytes, ...] = ()
    """Entries for the store that were on their way into the journal just then; whoever reopens the room hands them in again."""


_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(RoomSnapshot)


class Snapshots:
    """The rooms of one process, kept in files."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where all processes have theirs; made if need be. Raises OSError."""
        self._folder = folder
        self._own = folder / f"{time.time_ns():016x}{uuid.uuid4().hex[:16]}"
        folder.mkdir(parents=True, exist_ok=True)
        self._own.mkdir(mode=0o700)
        self._held: int | None = os.open(self._own / _lock, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._held, fcntl.LOCK_EX)
        self._numbers: dict[str, int] = {}
        """Of each room's last state."""
        self.is_failing = False
        """Whether the last room that was to be kept could not be."""

    def save(self, snapshot: RoomSnapshot) -> bool:
        """Keep a room as it is now; return whether the disk took it. If not, that is logged, and the room goes on."""
        number = self._numbers.get(snapshot.code, 0) + 1
        body = _encoder.encode(snapshot)
        try:
            _write(self._path(snapshot.code, number), _header + _head.pack(_checksum(number, body), len(body), number) + body)
        except OSError as error:
            if not self.is_failing:
                log.error("rooms cannot be kept: they would not outlive the server", reason=str(error))
            self.is_failing = True
            return False
        self._numbers[snapshot.code] = number
        if self.is_failing:
            log.info("rooms are kept again")
            self.is_failing = False
        return True

    def forget(self, code: str) -> None:
        """The room has closed."""
        self._numbers.pop(code, None)
        for slot in _slots:
            (self._own / f"{code}{slot}").unlink(missing_ok=True)

    def refuse(self, code: str) -> Path:
        """Put aside the last state of a room that cannot be opened; return where it is."""
        number = self._numbers.pop(code)
        aside = self._folder / f"{self._own.name}-{code}.refused"
        self._path(code, number).replace(aside)
        self.forget(code)
        return aside

    def taken_over(self) -> Iterator[RoomSnapshot]:
        """Yield the rooms of processes that have ended; they are kept by this one from then on. What is damaged is put aside."""
        for folder in sorted(self._folder.iterdir()):
            if folder != self._own and folder.is_dir():
                yield from self._rooms_of(folder)

    def _rooms_of(self, folder: Path) -> Iterator[RoomSnapshot]:
        try:
            held = os.open(folder / _lock, os.O_RDWR)
        except FileNotFoundError:  # another process has just emptied it
            return
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            for code in sorted({path.name.partition(".")[0] for slot in _slots for path in folder.glob(f"*{slot}")}):
                snapshot = self._taken(folder, code)
                if snapshot is not None:
                    yield snapshot
            _empty(folder)
        finally:
            os.close(held)

    def _taken(self, folder: Path, code: str) -> RoomSnapshot | None:
        paths = [path for slot in _slots if (path := folder / f"{code}{slot}").exists()]
        states = [state for path in paths if (state := _read(path)) is not None]
        if not states:
            for path in paths:
                aside = self._folder / f"{folder.name}-{path.stem}.damaged"
                path.replace(aside)
                log.error("a room could not be read, and was put aside", aside=str(aside))
            return None
        # The newer one is moved last: if this process ends in between, the next still finds it.
        for path in sorted(paths, key=lambda path: path == folder / self._path(code, max(states)[0]).name):
            path.replace(self._own / path.name)
        number, body = max(states)
        self._numbers[code] = number
        return _decoder.decode(body)

    def close(self) -> None:
        """Leave what is there to the next process."""
        if self._held is not None:
            if not self._numbers:
                _empty(self._own)
            os.close(self._held)
            self._held = None

    def _path(self, code: str, number: int) -> Path:
        return self._own / f"{code}{_slots[number % 2]}"


def _checksum(number: int, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(_number_of.pack(number)))


def _write(path: Path, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def _read(path: Path) -> tuple[int, bytes] | None:
    """A state and its number; None if the file is not as it was written: its process was killed in the midst of it, say."""
    data = path.read_bytes()
    start = len(_header) + _head.size
    if len(data) < start or data[: len(_header)] != _header:
        return None
    checksum, length, number = _head.unpack_from(data, len(_header))
    body = data[start : start + length]
    if len(body) != length or _checksum(number, body) != checksum:
        return None
    try:
        _decoder.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    return number, body


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink(missing_ok=True)
    folder.rmdir()
