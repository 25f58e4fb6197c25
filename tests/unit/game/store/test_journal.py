import errno
import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.store import journal as module
from game.store.journal import Journal, JournalError, left_behind

ENTRIES = st.lists(st.binary(min_size=1, max_size=40), max_size=6)


@contextmanager
def opened(path):
    journal = Journal(path)
    try:
        yield journal
    finally:
        journal.close()


def read(path):
    with opened(path) as journal:
        return [data for _, data in journal.read_on()]


def written(folder, entries):
    """A file with these entries in it."""
    path = folder / "a.journal"
    with opened(path) as journal:
        for data in entries:
            journal.append(data)
    return path


@given(parts=st.lists(ENTRIES, max_size=4))
def test_what_is_appended_is_read_in_order_whenever_the_file_is_closed_and_opened(parts):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.journal"
        numbers = count(1)
        for part in parts:
            with opened(path) as journal:
                assert [journal.append(data) for data in part] == [next(numbers) for _ in part]
        everything = [data for part in parts for data in part]
        with opened(path) as journal:
            assert list(journal.read_on()) == list(enumerate(everything, start=1))
            assert journal.count == len(everything)


@given(before=ENTRIES, after=ENTRIES)
def test_reading_goes_on_where_it_stopped(before, after):
    with TemporaryDirectory() as folder, opened(Path(folder) / "a.journal") as journal:
        for part in (before, after):
            for data in part:
                journal.append(data)
            assert [data for _, data in journal.read_on()] == part


@given(entries=ENTRIES, new=st.binary(min_size=1), where=st.floats(0, 1))
def test_a_file_cut_short_anywhere_has_its_first_entries_and_takes_new_ones(entries, new, where):
    with TemporaryDirectory() as folder:
        path = written(Path(folder), entries)
        os.truncate(path, round(where * path.stat().st_size))
        damaged_and_used_again(path, entries, new)


@given(entries=ENTRIES, new=st.binary(min_size=1), where=st.floats(0, 1, exclude_max=True), flipped=st.integers(1, 255))
def test_a_file_damaged_anywhere_has_its_first_entries_and_takes_new_ones(entries, new, where, flipped):
    with TemporaryDirectory() as folder:
        path = written(Path(folder), entries)
        contents = bytearray(path.read_bytes())
        contents[int(where * len(contents))] ^= flipped
        path.write_bytes(contents)
        damaged_and_used_again(path, entries, new)


@pytest.mark.parametrize("rest", [bytes(8), bytes(4096), b"\xff" * 100, b"x"])
def test_what_a_crash_leaves_at_the_end_is_put_aside(tmp_path, rest):
    path = written(tmp_path, [b"one", b"two"])
    with path.open("ab") as file:
        file.write(rest)
    damaged_and_used_again(path, [b"one", b"two"], b"three", lost=0)
    assert path.with_suffix(".damaged").read_bytes() == rest


def damaged_and_used_again(path, entries, new, lost=None):
    """The file yields a prefix of the entries, with nothing of the rest thrown away, and can be appended to before it is read or after."""
    size = path.stat().st_size
    with opened(path) as journal:
        found = journal.count
        assert journal.append(new) == found + 1
        assert [data for _, data in journal.read_on()] == [*entries[:found], new]
        journal.append(b"another")
    if lost is not None:
        assert len(entries) - found == lost
    assert read(path) == [*entries[:found], new, b"another"]
    aside = path.with_suffix(".damaged")
    kept = len(module._header) + sum(8 + len(data) for data in entries[:found])
    assert (aside.stat().st_size if aside.exists() else 0) == max(0, size - kept)


def test_a_file_belongs_to_one_at_a_time(tmp_path):
    path = written(tmp_path, [b"one"])
    with opened(path):
        with pytest.raises(BlockingIOError):
            Journal(path)
        assert list(left_behind(tmp_path)) == []
        script = f"import pathlib; from game.store.journal import left_behind; print(list(left_behind(pathlib.Path({str(tmp_path)!r}))))"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"
    assert read(path) == [b"one"]


def test_a_file_that_its_process_deletes_while_another_opens_it_is_not_read_again(tmp_path, monkeypatch):
    first = Journal(written(tmp_path, [b"one"]))
    lock = module.fcntl.flock

    def delete_then_lock(*how):
        first.delete()
        lock(*how)

    monkeypatch.setattr(module.fcntl, "flock", delete_then_lock)
    assert list(left_behind(tmp_path)) == []


def test_those_left_behind_come_in_the_order_in_which_they_were_begun(tmp_path):
    for number in range(5):
        journal = Journal.fresh(tmp_path / "journals")
        journal.append(b"%d" % number)
        os.utime(journal.path, (0, 1000 - number))  # as a backup may leave them
        journal.close()
    found = list(left_behind(tmp_path / "journals"))
    assert [data for journal in found for _, data in journal.read_on()] == [b"0", b"1", b"2", b"3", b"4"]
    assert all(len(journal.id) == 32 for journal in found)
    for journal in found:
        journal.delete()
    assert list((tmp_path / "journals").iterdir()) == []


@pytest.mark.parametrize("taken", [0, 1, 7, 8, 10])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch, taken):
    path = tmp_path / "a.journal"
    write = os.write
    with opened(path) as journal:
        journal.append(b"one")
        monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:taken]))
        with pytest.raises(JournalError, match=f"took {taken} of 11 bytes"):
            journal.append(b"two")
        monkeypatch.undo()
        assert journal.append(b"three") == 2
    assert read(path) == [b"one", b"three"]
    assert not path.with_suffix(".damaged").exists()


def test_a_disk_that_is_full_from_the_start(tmp_path, monkeypatch):
    path = tmp_path / "a.journal"
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:5]))
    with pytest.raises(JournalError):
        Journal(path)
    monkeypatch.undo()
    assert written(tmp_path, [b"one"]) == path
    assert read(path) == [b"one"]


def test_a_damaged_file_on_a_full_disk_is_left_alone(tmp_path, monkeypatch):
    path = written(tmp_path, [b"one"])
    with path.open("ab") as file:
        file.write(b"half")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        assert list(left_behind(tmp_path)) == []
    assert read(path) == [b"one"]


def test_nothing_is_no_entry(tmp_path):
    with opened(tmp_path / "a.journal") as journal, pytest.raises(ValueError, match="at least one byte"):
        journal.append(b"")


def test_a_closed_journal_writes_into_nobody_else_s_file(tmp_path):
    journal = Journal(tmp_path / "a.journal")
    journal.close()
    journal.close()
    other = os.open(tmp_path / "other", os.O_RDWR | os.O_CREAT)  # gets the number that the journal had
    try:
        with pytest.raises(OSError, match="Bad file descriptor"):
            journal.append(b"one")
        assert os.fstat(other).st_size == 0
    finally:
        os.close(other)


def test_it_can_wait_for_the_disk(tmp_path):
    with opened(tmp_path / "a.journal") as journal:
        journal.append(b"one")
        journal.sync()
