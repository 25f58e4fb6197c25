"""The sheet, the plot and the table of an evaluation."""

import csv

import numpy as np
import pytest
from PIL import Image

from ai_artist.errors import OutputError
from ai_artist.evaluation.accuracy import Accuracy
from ai_artist.evaluation.accuracy_plot import accuracy_plot
from ai_artist.evaluation.contact_sheet import contact_sheet
from ai_artist.evaluation.people import People
from ai_artist.evaluation.results_table import write_results
from ai_artist.evaluation.run import as_json
from ai_artist.evaluation.verdicts import judge_run
from tests.unit.ai_artist.evaluation.drawings import LEFT, record

GREEN, RED = (0x0A, 0x7D, 0x33), (0xC4, 0x28, 0x1B)
PEOPLE = People(Accuracy(0.75, 0.92, 1869), ((1, Accuracy(0.2, 0.4, 1869)), (4, Accuracy(0.7, 0.9, 1869))))


@pytest.fixture
def run(judge):
    drawn = {"left": [record(times=(1.0,))], "right": [record("right", (LEFT, LEFT, LEFT), 0.25, seed=3, times=(1.0, 2.0, 3.0))], "solid": []}
    return judge_run(judge, "doodle-clip", "ink", drawn, seeds=1, jobs=1)


def count(sheet, color):
    return int((np.asarray(sheet) == color).all(-1).sum())


def test_the_sheet_marks_each_word_green_or_red(run, judge):
    sheet = contact_sheet([run])
    frame = 4 * 142 * 2 * 0.9
    assert count(sheet, GREEN) > frame
    assert count(sheet, RED) > frame
    only_right = contact_sheet([judge_run(judge, "doodle-clip", "ink", {"left": [record()]}, 1, 1)])
    assert count(only_right, GREEN) > frame
    assert count(only_right, RED) == 0


def test_the_sheet_shows_the_mark_without_colour_too(judge):
    """Two sheets that differ in nothing but right and wrong differ below the picture also in grey."""
    sheets = []
    for word, strokes in (("left", (LEFT,)), ("Right", (LEFT,))):
        sheets.append(np.asarray(contact_sheet([judge_run(judge, "p", "ink", {word: [record(word, strokes)]}, 1, 1)]).convert("L")) < 200)
    below = [sheet[28 + 26 + 14 + 18 + 144 + 1 : 28 + 26 + 14 + 18 + 144 + 18, 28:172] for sheet in sheets]
    assert (below[0] != below[1]).any()


def test_runs_stand_below_each_other_and_many_words_in_rows(run, judge):
    one, two = contact_sheet([run]), contact_sheet([run, run])
    assert two.height > 1.8 * one.height - 60
    assert two.width == one.width
    words = {f"left{'!' * number}": [record()] for number in range(40)}
    judge._places |= dict.fromkeys(words, 0)
    many = contact_sheet([judge_run(judge, "doodle-clip", "ink", words, 1, 1)])
    assert 0.5 < many.width / many.height < 2.5


def test_the_plot_has_two_panels_with_the_people_as_dotted_lines(run, tmp_path):
    accuracy_plot([run, run], PEOPLE, tmp_path / "with.png")
    accuracy_plot([run, run], None, tmp_path / "without.png")
    pictures = []
    for name in ("with.png", "without.png"):
        with Image.open(tmp_path / name) as plot:
            pictures.append(np.asarray(plot.convert("L")) < 100)
    assert pictures[0].shape == pictures[1].shape
    assert pictures[0].sum() > pictures[1].sum() + 500
    with pytest.raises(OutputError, match="could not be written"):
        accuracy_plot([run], None, tmp_path / "nowhere" / "plot.png")


def test_a_run_of_nothing_is_reported_too(judge, tmp_path):
    run = judge_run(judge, "doodle-clip", "ink", {"left": []}, 1, 1)
    accuracy_plot([run], PEOPLE, tmp_path / "plot.png")
    assert contact_sheet([run]).width > 100
    figures = as_json(run, PEOPLE)
    assert (figures["judge_top1"], figures["ratio"], figures["seconds_per_drawing"], figures["n"]) == (0.0, 0.0, None, 1)


def test_the_table_has_a_row_for_each_word(run, tmp_path):
    write_results([run], tmp_path / "results.csv")
    with (tmp_path / "results.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["word"], row["rank"], row["guess"], row["seed"], row["strokes"]) for row in rows] == [
        ("left", "1", "left", "0", "1"),
        ("right", "3", "left", "3", "3"),
        ("solid", "", "", "", ""),
    ]
    assert float(rows[0]["probability"]) > 0.9
    assert float(rows[1]["similarity"]) == 0.25
    with pytest.raises(OutputError, match="could not be written"):
        write_results([run], tmp_path / "nowhere" / "results.csv")


def test_figures_have_the_people_beside_them_or_nothing(run):
    with_people = as_json(run, PEOPLE)
    assert (with_people["judge_top1"], with_people["human_top1"], with_people["ratio"]) == (0.3333, 0.75, 0.4444)
    without = as_json(run, None)
    assert (without["human_top1"], without["human_top5"], without["ratio"]) == (None, None, None)
