import contextlib

import structlog

from game import logs


def test_a_traceback_is_plain_and_short(capsys):
    logs.set_up()
    secret = dict.fromkeys(range(100), "x" * 1000)
    try:
        raise ValueError(f"not {len(secret)}")
    except ValueError:
        structlog.get_logger().exception("it failed", room="abc")
    said = capsys.readouterr().out
    assert "it failed" in said
    assert "room=abc" in said
    assert "ValueError: not 100" in said
    assert "xxxx" not in said
    assert "\x1b" not in said  # no colours in a file


def test_a_log_that_cannot_be_written_stops_nobody(monkeypatch):
    logs.set_up()
    with open("/dev/full", "w") as full:
        monkeypatch.setattr("sys.stdout", full)
        structlog.get_logger().error("nobody reads this")
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            full.close()
