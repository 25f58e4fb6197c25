"""`guesstroke artist draw` as a person types it."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

HOUSE = ("artist", "draw", "house", "--iterations", "20", "--threads", "1")


def guesstroke(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "game", *arguments], capture_output=True, text=True, cwd=cwd, timeout=100)


def test_the_same_seed_gives_the_same_drawing(tmp_path):
    for out in ("a.svg", "b.svg"):
        done = guesstroke(*HOUSE, "--seed", "3", "--out", out, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.svg").read_text() == (tmp_path / "b.svg").read_text()
    assert (tmp_path / "a.svg").read_text().count("<path") == 16


def test_a_picture_has_the_size_asked_for(tmp_path):
    done = guesstroke(*HOUSE, "--out", "house.png", "--size", "96", "--color", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "house.png: house, 16 strokes" in done.stdout
    with Image.open(tmp_path / "house.png") as picture:
        assert picture.size == (96, 96)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "prompt is empty"),
        (["x" * 201], "at most 200 characters"),
        (["a\x07b"], "control characters"),
        (["house", "--out", "house.bmp"], ".png, .svg or .gif"),
        (["house", "--out", "missing/house.png"], "does not exist"),
        (["house", "--budget", "0"], "more than 0 seconds"),
        (["house", "--budget", "1", "--iterations", "1"], "not both"),
        (["house", "--perceptor", "ViT-B-33"], "Unknown perceptor"),
        (["house", "--perceptor", "ViT-S-32-alt:weights.pt"], "cannot be loaded"),
    ],
)
def test_each_mistake_gets_one_sentence_and_nothing_is_written(tmp_path, arguments, says):
    (tmp_path / "weights.pt").write_bytes(b"not weights")
    done = guesstroke("artist", "draw", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    message = " ".join(done.stderr.split())
    assert says in message
    assert "Traceback" not in message
    assert [path.name for path in tmp_path.iterdir()] == ["weights.pt"]


def test_a_taken_port_and_a_bad_pack_are_said(tmp_path, monkeypatch):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = guesstroke("serve", "--host", "127.0.0.1", "--port", str(taken.getsockname()[1]), cwd=tmp_path)
        assert done.returncode == 2
        assert "Choose another with --port" in " ".join(done.stderr.split())
    monkeypatch.setenv("GUESSTROKE_WORDS", str(tmp_path / "nowhere.txt"))
    done = guesstroke("serve", "--host", "127.0.0.1", "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere.txt" in " ".join(done.stderr.split()).replace(" ", "")
