"""`guesstroke artist` as a person types it."""

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from PIL import Image

from ai_artist.artist import Artist
from ai_artist.errors import ArtistError
from ai_artist.strokes import Stroke
from ai_artist.synthesis.methods import METHODS
from game.cli import main

HOUSE = ("artist", "draw", "house", "--iterations", "20", "--threads", "1")


def guesstroke(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which has paid for importing torch already."""
    out, err = io.StringIO(), io.StringIO()
    threads = torch.get_num_threads()
    status: object = 0
    try:
        with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main(arguments)
    except SystemExit as end:
        status = end.code or 0
    finally:
        torch.set_num_threads(threads)
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())  # type: ignore[arg-type]


def guesstroke_process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "game", *arguments], capture_output=True, text=True, cwd=cwd, timeout=100)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_drawing(tmp_path):
    for out in ("a.svg", "b.svg"):
        done = guesstroke_process(*HOUSE, "--seed", "3", "--out", out, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    first, again = ([line for line in (tmp_path / name).read_text().splitlines() if "<path" in line] for name in ("a.svg", "b.svg"))
    assert first == again
    assert 5 <= len(first) <= 16


@pytest.mark.slow
def test_a_picture_has_the_size_asked_for(tmp_path):
    done = guesstroke(*HOUSE, "--out", "house.png", "--size", "96", "--method", "clipdraw", "--strokes", "16", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "house.png: house, 16 strokes" in done.stdout
    with Image.open(tmp_path / "house.png") as picture:
        assert picture.size == (96, 96)


@pytest.mark.slow
def test_a_moving_picture_shows_the_hand_or_the_optimisation(tmp_path):
    for arguments in (["--out", "hand.webp"], ["--out", "evolving.gif", "--evolve"], ["--out", "pixels.gif", "--method", "pixel"]):
        done = guesstroke(*HOUSE, "--size", "64", *arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with Image.open(tmp_path / arguments[1]) as picture:
            assert picture.size == (64, 64)
            assert picture.n_frames > 10


@pytest.mark.slow
def test_a_drawing_of_mine_is_gone_on_from_and_what_is_no_line_is_named(tmp_path):
    line, text = '<path d="M 2 8 L 5 2" stroke="red" fill="none"/>', '<text x="1" y="1">hi</text>'
    (tmp_path / "mine.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{line}{text}</svg>')
    begun = ("--begin", "mine.svg", "--strokes", "3", "--method", "clipdraw")
    done = guesstroke(*HOUSE, *begun, "--iterations", "1", "--out", "a.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "text" in done.stderr
    strokes = json.loads((tmp_path / "a.json").read_text())["strokes"]
    assert len(strokes) == 3
    assert strokes[0]["points"][0] == pytest.approx([0.2, 0.8], abs=0.02)
    assert strokes[0]["rgba"][0] > 0.9
    again = guesstroke(*HOUSE, "--begin", "a.json", "--strokes", "3", "--out", "b.png", cwd=tmp_path)
    assert again.returncode == 0, again.stderr


@pytest.mark.slow
def test_colours_that_a_method_does_not_keep_are_said(tmp_path):
    line = '<path d="M 2 8 L 5 2" stroke="red" fill="none"/>'
    (tmp_path / "mine.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{line}</svg>')
    for arguments, said in (
        ([], "ink draws in black; --method clipdraw keeps the colours"),
        (["--palette", "blue"], "ink draws in the colours of its palette; --method clipdraw without --palette keeps the colours"),
        (["--palette", "blue,red"], ""),
        (["--method", "clipdraw", "--strokes", "2"], ""),
    ):
        done = guesstroke("artist", "draw", "house", "--iterations", "1", "--begin", "mine.svg", *arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert said in " ".join(done.stderr.split())
        assert said or "keeps the colours" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
@pytest.mark.slow
@pytest.mark.parametrize("method", ["pixel", "ink"])
def test_a_full_disk_is_said(tmp_path, method):
    (tmp_path / "full.png").symlink_to("/dev/full")
    done = guesstroke("artist", "draw", "house", "--iterations", "2", "--method", method, "--out", "full.png", cwd=tmp_path)
    assert done.returncode == 2
    assert "full.png could not be written" in " ".join(done.stderr.split())


COMPARE = ("artist", "compare", "house", "sun", "--iterations", "2", "--methods", "ink,pixel", "--threads", "1")


@pytest.mark.slow
def test_compare_keeps_what_was_drawn_before_it_was_interrupted(tmp_path, monkeypatch):
    synthesize, calls = Artist.synthesize, []

    def interrupted_at_the_fourth(*arguments, **named):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return synthesize(*arguments, **named)

    monkeypatch.setattr(Artist, "synthesize", interrupted_at_the_fourth)
    done = guesstroke(*COMPARE, cwd=tmp_path)
    assert done.returncode == 130
    assert "Interrupted after 3 of 4 pictures" in " ".join(done.stderr.split())
    assert set(json.loads(done.stdout.splitlines()[-1])["similarity"]) == {"ink", "pixel"}
    with (tmp_path / "comparison" / "similarity.csv").open() as lines:
        assert len(list(csv.DictReader(lines))) == 6
    assert {path.name for path in (tmp_path / "comparison").iterdir()} == {"comparison.png", "similarity.png", "similarity.csv"}
    calls[:] = [1, 1, 1]
    done = guesstroke(*COMPARE, "--out", "nothing", cwd=tmp_path)
    assert done.returncode == 130
    assert not (tmp_path / "nothing").exists()


def test_compare_says_before_the_work_that_a_file_is_in_the_way(tmp_path):
    (tmp_path / "comparison" / "similarity.png").mkdir(parents=True)
    done = guesstroke(*COMPARE, cwd=tmp_path)
    assert done.returncode == 2
    assert "is a folder; name a file" in " ".join(done.stderr.split())


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
def test_one_file_of_compare_that_cannot_be_written_keeps_none_of_the_others_back(tmp_path):
    (tmp_path / "comparison").mkdir()
    (tmp_path / "comparison" / "comparison.png").symlink_to("/dev/full")
    done = guesstroke(*COMPARE, cwd=tmp_path)
    assert done.returncode == 2
    assert "comparison.png could not be written" in " ".join(done.stderr.split())
    assert (tmp_path / "comparison" / "similarity.csv").stat().st_size > 100
    assert (tmp_path / "comparison" / "similarity.png").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--negative", ""], "Expected words: --negative is empty"),
        (["--style", "x" * 201], "at most 200 characters in --style"),
        (["--methods", "pixel", "--strokes", "3"], "--strokes cannot be used with the method pixel"),
        (["--methods", "pixel,biggan", "--palette", "red"], "--palette cannot be used with any of the methods pixel, biggan"),
        (["--methods", "pixel,ink", "--biggan", "x", "--optimize-class"], "--biggan and --optimize-class cannot be used"),
        (["--seed", "99999999999999999999"], "--seed"),
        (["--budget", "inf"], "not for ever"),
    ],
)
def test_each_mistake_in_comparing_gets_one_sentence_before_anything_is_loaded(tmp_path, monkeypatch, arguments, says):
    monkeypatch.setattr(Artist, "load", None)
    done = guesstroke("artist", "compare", "house", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_compare_that_draws_nothing_gives_the_reason_of_each_method(tmp_path, monkeypatch):
    def fails(self, prompt, limit, seed, method, *others, **named):
        raise ArtistError(f"{method.name} has a cold.")

    monkeypatch.setattr(Artist, "synthesize", fails)
    done = guesstroke(*COMPARE, cwd=tmp_path)
    assert done.returncode == 2
    assert "Nothing was drawn. ink: ink has a cold. pixel: pixel has a cold." in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_compare_draws_every_method_side_by_side(tmp_path):
    done = guesstroke("artist", "compare", "house", "a red quokka", "--iterations", "6", "--strokes", "8", "--threads", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "biggan is left out" in done.stderr
    assert set(json.loads(done.stdout.splitlines()[-1])["similarity"]) == METHODS.keys() - {"biggan"}
    assert "not seen this word: quokka" in " ".join(done.stderr.split())
    folder = tmp_path / "comparison"
    with Image.open(folder / "comparison.png") as sheet, Image.open(folder / "similarity.png") as plot:
        assert sheet.width > sheet.height > 300
        assert plot.width > 300
    with (folder / "similarity.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert {(row["prompt"], row["method"]) for row in rows} == {
        (prompt, method) for prompt in ("house", "a red quokka") for method in METHODS.keys() - {"biggan"}
    }
    assert all(-1 <= float(row["similarity"]) <= 1 for row in rows)


def test_methods_and_perceptors_are_listed(tmp_path):
    methods = guesstroke("artist", "compare", "--list-methods", cwd=tmp_path)
    assert re.findall("^(.+?): .", methods.stdout, re.MULTILINE) == [*METHODS]
    perceptors = guesstroke("artist", "perceptors", "--no-measure", cwd=tmp_path)
    assert perceptors.returncode == 0, perceptors.stderr
    first, second, *_ = perceptors.stdout.splitlines()
    assert first.split()[:2] == ["name", "state"]
    assert second.split()[:2] == ["doodle-clip", "bundled"]
    assert "ViT-B-32:openai" in perceptors.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "prompt is empty"),
        (["x" * 201], "at most 200 characters"),
        (["a\x07b"], "control characters"),
        (["caf\udce9"], "no UTF-8"),
        (["house", "--negative", ""], "--negative is empty"),
        (["house", "--style", " "], "--style is empty"),
        (["house", "--seed", "99999999999999999999"], "--seed"),
        (["house", "--budget", "inf"], "not for ever"),
        (["house", "--begin", "empty.json"], "no strokes in empty.json"),
        (["house", "--begin", "far.json"], "within 240 sides"),
        (["house", "--begin", "far.svg", "--size", "2048"], "out of reach (1)"),
        (["house", "--out", "house.bmp"], "must end with .png, .svg"),
        (["house", "--method", "oil"], "There are clipdraw, clipdraw-noaug, pixel, biggan"),
        (["house", "--method", "pixel", "--out", "house.svg"], "makes no strokes"),
        (["house", "--method", "pixel", "--strokes", "3"], "--strokes cannot be used with the method pixel"),
        (["house", "--palette", "blurple"], "is no colour"),
        (["house", "--backend", "opengl"], "native"),
        (["house", "--backend", "diffvg"], "https://github.com/BachiLi/diffvg"),
        (["house", "--device", "abacus"], "cpu"),
        (["house", "--precision", "fp7"], "bf16"),
        (["house", "--iterations", "0"], "at least 1 iteration"),
        (["house", "--evolve"], "--evolve makes a moving picture"),
        (["house", "--begin", "weights.pt"], "no SVG"),
        (["house", "--begin", "nowhere.svg"], "cannot be read"),
        (["house", "--out", "missing/house.png"], "does not exist"),
        (["house", "--budget", "0"], "more than 0 seconds"),
        (["house", "--budget", "1", "--iterations", "1"], "not both"),
        (["house", "--perceptor", "ViT-B-33"], "Unknown perceptor"),
        (["house", "--perceptor", "ViT-S-32-alt:weights.pt"], "cannot be loaded"),
    ],
)
def test_each_mistake_gets_one_sentence_and_nothing_is_written(tmp_path, arguments, says):
    (tmp_path / "weights.pt").write_bytes(b"not weights")
    far = Stroke(((1e5, 0.0), (0.1, 0.1), (0.2, 0.2), (0.3, 0.3)), 0.02, (0.0, 0.0, 0.0, 1.0))
    empty = {"format": 1, "prompt": "", "method": "ink", "seed": 0, "perceptor": "", "similarity": 0.0}
    (tmp_path / "empty.json").write_text(json.dumps({**empty, "strokes": []}))
    (tmp_path / "far.json").write_text(json.dumps({**empty, "strokes": [asdict(far)]}))
    line = '<path d="M 0 0 L 9000 5" stroke="red" fill="none"/>'
    (tmp_path / "far.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{line}</svg>')
    given = set(tmp_path.iterdir())
    done = guesstroke("artist", "draw", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    message = " ".join(done.stderr.split())
    assert says in message
    assert "Traceback" not in message
    assert set(tmp_path.iterdir()) == given


def test_a_taken_port_and_a_bad_pack_are_said(tmp_path, monkeypatch):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = guesstroke_process("serve", "--host", "127.0.0.1", "--port", str(taken.getsockname()[1]), cwd=tmp_path)
        assert done.returncode == 2
        assert "Choose another with --port" in " ".join(done.stderr.split())
    (tmp_path / "no_folder").touch()
    monkeypatch.setenv("GUESSTROKE_DATA_DIR", str(tmp_path / "no_folder"))
    done = guesstroke_process("serve", "--host", "127.0.0.1", "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "set GUESSTROKE_DATA_DIR" in " ".join(done.stderr.split())
    monkeypatch.delenv("GUESSTROKE_DATA_DIR")
    monkeypatch.setenv("GUESSTROKE_WORDS", str(tmp_path / "nowhere.txt"))
    done = guesstroke_process("serve", "--host", "127.0.0.1", "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere.txt" in " ".join(done.stderr.split()).replace(" ", "")
