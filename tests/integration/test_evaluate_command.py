"""`guesstroke artist evaluate` as a person types it."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

from ai_artist.drawable import DRAWABLE_FILE, read_drawable
from ai_artist.perceptor_names import BUNDLED_FOLDER
from tests.integration.test_artist_command import guesstroke
from tests.unit.ai_artist.evaluation.judges import save_judge, save_sketches

pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.*:DeprecationWarning")

EVALUATE = ("artist", "evaluate")
QUICKLY = ("--judge", "judge.pt", "--words", "words.txt", "--iterations", "8", "--strokes", "4", "--device", "cpu", "--out", "report")


@pytest.fixture
def judge_path(tmp_path):
    return save_judge(tmp_path)


@pytest.fixture
def sketches(tmp_path):
    return save_sketches(tmp_path)


def last_line(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_perceptor_names_sketches(tmp_path, sketches):
    done = guesstroke(*EVALUATE, "--sketches", str(sketches), cwd=tmp_path)
    figures = last_line(done)
    assert set(figures) == {"perceptor", "top1", "top5", "n"}
    assert 0 <= figures["top1"] <= figures["top5"] == 1.0  # there are only two categories
    assert figures["n"] == 4
    assert len(done.stdout.splitlines()) == 1
    assert "doodle-clip" in done.stderr
    train = guesstroke(*EVALUATE, "--sketches", str(sketches), "--split", "train", cwd=tmp_path)
    assert last_line(train)["n"] == 1


def test_the_guesser_guesses_sketches_stroke_by_stroke(tmp_path, sketches):
    done = guesstroke(*EVALUATE, "--guesser", "--sketches", str(sketches), cwd=tmp_path)
    figures = last_line(done)
    assert set(figures) == {"perceptor", "guessed", "median_stroke_fraction", "guesses", "look_ms", "n"}
    assert 0 <= figures["guessed"] <= 1
    assert figures["n"] == 4
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.slow
def test_a_perceptor_finds_the_categories_of_synonyms(tmp_path):
    (tmp_path / "mine.txt").write_text("a cat = cat\n")
    figures = last_line(guesstroke(*EVALUATE, "--synonyms", "mine.txt", cwd=tmp_path))
    assert figures == {"perceptor": "doodle-clip", "synonym_top1": 1.0, "synonym_top5": 1.0, "n": 1}
    bundled = last_line(guesstroke(*EVALUATE, "--synonyms", "bundled", "--perceptor", "doodle-clip", "--perceptor", "doodle-clip*2", cwd=tmp_path))
    assert bundled["n"] >= 50
    assert 0 < bundled["synonym_top1"] <= bundled["synonym_top5"] < 1
    assert [run["perceptor"] for run in bundled["runs"]] == ["doodle-clip", "doodle-clip*2"]
    assert bundled["runs"][0].items() <= bundled.items()


@pytest.mark.slow
def test_drawings_are_made_judged_reported_and_kept(tmp_path, judge_path, sketches):
    (tmp_path / "words.txt").write_text("left\nRIGHT\n")
    arguments = (*EVALUATE, *QUICKLY, "--seeds", "2", "--jobs", "2", "--methods", "ink,shapes", "--sketches", str(sketches))
    done = guesstroke(*arguments, cwd=tmp_path)
    figures = last_line(done)
    assert len(done.stdout.splitlines()) == 1
    assert [(run["perceptor"], run["method"], run["n"]) for run in figures["runs"]] == [("doodle-clip", "ink", 2), ("doodle-clip", "shapes", 2)]
    assert figures["method"] == "ink"
    assert figures["human_top1"] == pytest.approx(0.8333)
    assert figures["ratio"] == pytest.approx(figures["judge_top1"] / figures["human_top1"], abs=1e-3)
    assert figures["judge_top1"] in (0.0, 0.5, 1.0)
    assert figures["judge_top1_all_seeds"] in (0.0, 0.25, 0.5, 0.75, 1.0)
    assert 0 < figures["first_stroke_s"] <= figures["seconds_per_drawing"]
    report = tmp_path / "report"
    drawings = sorted(str(path.relative_to(report / "drawings")) for path in report.glob("drawings/**/*.json"))
    assert drawings == [f"doodle-clip-{method}/{word}-{seed}.json" for method in ("ink", "shapes") for word in ("left", "right") for seed in (0, 1)]
    for name in ("sheet.png", "accuracy.png"):
        with Image.open(report / name) as picture:
            assert picture.width > 300
    with (report / "results.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["method"], row["word"]) for row in rows] == [("ink", "left"), ("ink", "RIGHT"), ("shapes", "left"), ("shapes", "RIGHT")]
    # What is there is not drawn again.
    (report / "drawings" / "doodle-clip-ink" / "left-0.json").unlink()
    kept = {path: path.stat().st_mtime_ns for path in report.glob("drawings/**/*.json")}
    again = guesstroke(*arguments, cwd=tmp_path)
    assert "7 of 8 drawings are there already" in " ".join(again.stderr.split())
    assert last_line(again)["judge_top1"] == figures["judge_top1"]  # the same seed gives the same drawing
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    other = guesstroke(*arguments, "--pace", "patient", cwd=tmp_path)
    assert other.returncode == 2
    assert "pace: live there, patient now" in " ".join(other.stderr.split())


@pytest.mark.slow
def test_the_validator_writes_which_words_can_be_drawn(tmp_path):
    """Beside a copy of the weights: the bundled list is the project's."""
    shutil.copytree(BUNDLED_FOLDER, tmp_path / "mine")
    (tmp_path / "words.tsv").write_text("concept\ttheme\nhouse\tplaces\ngrand piano\tmusic\n")
    arguments = ("--judge", "validator", "--words", "words.tsv", "--iterations", "60", "--pace", "patient", "--device", "cpu", "--out", "report")
    done = guesstroke(*EVALUATE, *arguments, "--perceptor", "local-dir:mine", "--write-words", cwd=tmp_path)
    assert last_line(done)["n"] == 2
    assert set(read_drawable(tmp_path / "mine" / DRAWABLE_FILE)) == {"house", "grand piano"}
    assert "2 words, of which" in " ".join(done.stderr.split())
    elsewhere = guesstroke(*EVALUATE, *arguments, "--perceptor", "doodle-clip*2", "--write-words", cwd=tmp_path)
    assert elsewhere.returncode == 2
    assert "use local-dir:FOLDER" in " ".join(elsewhere.stderr.split())
    both = guesstroke(*EVALUATE, *arguments, "--perceptor", "local-dir:mine", "--methods", "ink,shapes", "--write-words", cwd=tmp_path)
    assert both.returncode == 2
    assert "choose one of the 2 --methods" in " ".join(both.stderr.split())


def test_a_word_that_fails_counts_as_wrong_and_is_named(tmp_path, judge_path, monkeypatch):
    from ai_artist.evaluation import run

    (tmp_path / "words.txt").write_text("left\nright\n")

    def draw_nothing(tasks, tools, budget, pace, jobs, on_done):
        for task in tasks:
            on_done(task, "the paper was wet")

    monkeypatch.setattr(run, "draw_all", draw_nothing)
    done = guesstroke(*EVALUATE, *QUICKLY, cwd=tmp_path)
    figures = last_line(done)
    assert (figures["judge_top1"], figures["n"], figures["seconds_per_drawing"]) == (0.0, 2, None)
    assert (figures["human_top1"], figures["human_top5"], figures["ratio"]) == (None, None, None)
    message = " ".join(done.stderr.split())
    assert "left, seed 0: the paper was wet" in message
    assert "not drawn, and counted as wrong: left, right" in message
    assert "no human ceiling" in message


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as POSIX has them")
def test_what_is_done_is_kept_when_it_is_interrupted(tmp_path, judge_path):
    (tmp_path / "words.txt").write_text("left\nright\nsolid\n")
    arguments = [*EVALUATE, *QUICKLY, "--seeds", "200", "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "game", *arguments],
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # What a shell starts in the background is deaf to Ctrl-C, and so would be whatever these tests start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 200
    while not list(tmp_path.glob("report/drawings/*/*.json")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to the workers too
    out, err = process.communicate(timeout=40)
    message = " ".join(err.split())
    assert process.returncode == 130, err
    assert "of 600 drawings are kept in report; the same command goes on" in message
    assert "Traceback" not in message
    assert out == ""
    assert 0 < len(list(tmp_path.glob("report/drawings/*/*.json"))) < 600


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Say what to evaluate: --sketches"),
        (["--words", "60"], "or --judge"),
        (["--synonyms", "bundled", "--judge", "judge.pt"], "--judge cannot be used with --synonyms"),
        (["--sketches", "people.npz", "--seeds", "2"], "--seeds cannot be used with --sketches without --judge"),
        (["--sketches", "nowhere.npz"], "no sketch archive at nowhere.npz"),
        (["--sketches", "people.npz", "--split", "validation"], "no sketches in its validation split"),
        (["--sketches", "people.npz", "--perceptor", "ViT-B-33"], "Unknown perceptor"),
        (["--guesser"], "--guesser needs people's sketches"),
        (["--guesser", "--sketches", "people.npz", "--once"], "--mirrored cannot be used with --guesser"),
        (["--synonyms", "words.txt"], "line 1: expected 'synonym = category'"),
        (["--judge", "nowhere.pt"], "There is no judge at nowhere.pt"),
        (["--judge", "words.txt", "--judge-classes", "judge_classes.json"], "no TorchScript archive"),
        (["--judge", "judge.pt", "--split", "train"], "--split cannot be used with --judge"),
        (["--judge", "judge.pt", "--words", "60"], "has no class for 'bat', 'cat'"),
        (["--judge", "judge.pt", "--words", "61"], "61 cannot be read"),
        (["--judge", "judge.pt", "--words", "words.txt", "--methods", "pixel"], "pixel makes no strokes"),
        (["--judge", "judge.pt", "--words", "words.txt", "--methods", "oil"], "Unknown method"),
        (["--judge", "judge.pt", "--words", "words.txt", "--perceptor", "ViT-B-33"], "Unknown perceptor"),
        (["--judge", "judge.pt", "--words", "words.txt", "--budget", "1", "--iterations", "1"], "not both"),
        (["--judge", "judge.pt", "--words", "words.txt", "--out", "words.txt"], "is a file; name a folder"),
    ],
)
def test_each_mistake_gets_one_sentence_and_nothing_is_written(tmp_path, judge_path, sketches, arguments, says):
    (tmp_path / "words.txt").write_text("left\n")
    before = sorted(tmp_path.iterdir())
    done = guesstroke(*EVALUATE, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    message = " ".join(done.stderr.split())
    assert says in message
    assert "Traceback" not in message
    assert done.stdout == ""
    assert sorted(tmp_path.iterdir()) == before
