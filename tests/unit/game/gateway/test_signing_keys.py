import pytest

from game.cli import main
from game.gateway import signing_keys
from game.gateway.signing_keys import read_keys, rotate
from game.mistake import Mistake


def test_the_file_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "data" / "signing.key"
    (key,) = read_keys(path)
    assert len(key) == 64
    assert read_keys(path) == [key]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_rotation_puts_a_new_key_before_the_others(tmp_path):
    path = tmp_path / "signing.key"
    path.write_text("the only key")  # as the first versions wrote it
    assert rotate(path) == 2
    newest, oldest = read_keys(path)
    assert (len(newest), oldest) == (64, "the only key")
    assert rotate(path) == 3
    assert read_keys(path)[1:] == [newest, oldest]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["signing.key"]


def test_empty_lines_are_no_keys_and_a_file_without_any_is_told_of(tmp_path):
    path = tmp_path / "signing.key"
    path.write_text("new\n\n  old \r\n\n")
    assert read_keys(path) == ["new", "old"]
    path.write_text("\n \n")
    with pytest.raises(Mistake, match="has no key"):
        read_keys(path)


def test_a_rotation_that_cannot_be_written_leaves_the_old_keys(tmp_path, monkeypatch):
    path = tmp_path / "signing.key"
    before = read_keys(path)

    def fail(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(signing_keys.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        rotate(path)
    assert read_keys(path) == before


def test_the_command_rotates_the_servers_keys(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GUESSTROKE_DATA_DIR", str(tmp_path))
    before = read_keys(tmp_path / "signing.key")
    with pytest.raises(SystemExit) as ended:
        main(["keys", "rotate"])
    assert ended.value.code == 0
    assert "2 keys now. Restart the server" in capsys.readouterr().out
    assert read_keys(tmp_path / "signing.key")[1:] == before
