import os
import socket

import pytest

from game.doctor import machine
from game.doctor.finding import Finding, lines
from game.settings import Settings


def grades(findings):
    return {each.part: each.grade for each in findings}


def test_this_environment_is_what_the_package_asks_for():
    assert grades(machine.check_libraries()) == {"versions": "ok"}


def test_a_library_that_is_too_old_or_missing_is_named(monkeypatch):
    monkeypatch.setattr(machine.metadata, "requires", lambda _: ["uvicorn>=99", "no-such-library>=1", 'nothing; extra == "test"'])
    (found,) = machine.check_libraries()
    assert found.grade == "problem"
    assert "uvicorn" in found.what
    assert "no-such-library is missing" in found.what
    assert "nothing" not in found.what


def test_more_artists_than_memory_are_a_warning():
    assert grades(machine.check_memory(Settings(artist_workers=1))) == {"memory": "ok"}
    assert grades(machine.check_memory(Settings(artist_workers=64)))["memory"] in ("ok", "warning")
    assert "64 artists and a spare: about 42.3 GB" in machine.check_memory(Settings(artist_workers=64))[0].what


def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path):
    folder = tmp_path / "new" / "data"
    assert grades(machine.check_folder(Settings(data_dir=folder)))["data folder"] == "ok"
    assert not folder.parent.exists()


def test_a_folder_that_is_a_file_is_a_problem(tmp_path):
    (tmp_path / "data").write_text("")
    (found,) = machine.check_folder(Settings(data_dir=tmp_path / "data"))
    assert found.grade == "problem"
    assert "GUESSTROKE_DATA_DIR" in found.remedy


@pytest.mark.skipif(os.name != "posix", reason="this system knows no permissions of this kind")
def test_keys_that_others_may_read_are_a_problem(tmp_path):
    key = tmp_path / "signing.key"
    key.write_text("secret")
    key.chmod(0o644)
    assert grades(machine.check_folder(Settings(data_dir=tmp_path)))["signing keys"] == "problem"
    key.chmod(0o600)
    assert "signing keys" not in grades(machine.check_folder(Settings(data_dir=tmp_path)))


def test_a_port_that_somebody_else_has_is_a_problem():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        settings = Settings(host="127.0.0.1", port=other.getsockname()[1])
        assert grades(machine.check_port(settings)) == {"port": "problem"}
    assert grades(machine.check_port(settings)) == {"port": "ok"}
    assert grades(machine.check_port(Settings(port=0))) == {"port": "ok"}


def test_a_line_says_what_to_do_below():
    assert lines(Finding("port", "problem", "taken", "Take another."), 6) == "problem  port    taken\n                 Take another."
    assert lines(Finding("port", "ok", "free"), 6) == "ok       port    free"
