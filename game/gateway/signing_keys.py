"""The keys that players' identities are signed with: a file, one key a line, the newest first."""

import os
import secrets
import stat
from pathlib import Path

from game.mistake import Mistake


def read_keys(path: Path) -> list[str]:
    """Return the file's keys, the newest first; makes it with one key, readable by its owner alone, if there is none.

    Raises Mistake if the file has no key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, [_new_key()])
    keys = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not keys:
        raise Mistake(f"{path} has no key, one a line. Put it back from a backup; or delete it, and everybody is somebody new.")
    return keys


def rotate(path: Path) -> int:
    """Put a new key before the others, which are still believed; return how many there are now."""
    keys = [_new_key(), *read_keys(path)]
    _write(path, keys)
    return len(keys)


def _new_key() -> str:
    return secrets.token_hex(32)


def _write(path: Path, keys: list[str]) -> None:
    """Replace the file as a whole: a crash leaves the old one or the new one, and never half of the keys."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR), "w", encoding="utf-8") as file:
        file.writelines(f"{key}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
        if path.exists() and hasattr(os, "fchown"):  # the file stays the server's, whoever runs the command
            os.fchown(file.fileno(), path.stat().st_uid, path.stat().st_gid)
    new.replace(path)
