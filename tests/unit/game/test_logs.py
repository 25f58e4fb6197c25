import asyncio
import contextlib
import json
import logging

import pytest
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


@pytest.fixture
def root():
    """The root logger, as it was before afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = before
    root.setLevel(level)
    logs.set_up()


def test_as_json_each_line_is_an_object_those_of_libraries_too(capsys, root):
    logs.set_up("json")
    log = structlog.get_logger()
    log.info("a player was cut off", room="abc", player="p1", code=1008)
    try:
        raise ValueError("it\nfailed")
    except ValueError:
        log.exception("command failed", room="abc")
    loop = asyncio.new_event_loop()
    loop.call_exception_handler({"message": "a task failed", "exception": ValueError("in it")})
    loop.close()
    logging.getLogger("uvicorn.error").info("which is not told")
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert {"event": "a player was cut off", "room": "abc", "player": "p1", "code": 1008, "level": "info"}.items() <= first.items()
    assert first["timestamp"].endswith("Z")
    assert "ValueError: it\nfailed" in second["exception"]
    assert (third["event"], third["level"], third["logger"]) == ("a task failed", "error", "asyncio")
    assert "ValueError: in it" in third["exception"]
