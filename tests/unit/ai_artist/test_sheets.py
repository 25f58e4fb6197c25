import csv
import random
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from ai_artist.errors import ArtistError, OutputError
from ai_artist.sheets import Measurement, comparison_sheet, similarity_plot, write_csv

RED, BLUE = (220, 30, 30), (30, 30, 220)
CURVES = {"a cat": {"ink": [(0.0, 0.1), (1.0, 0.2)], "pixel": [(0.5, 0.1)]}, "a $5 house": {"ink": []}}
SVG = "{http://www.w3.org/2000/svg}"


def box_of(sheet, color):
    """Left, top, right and bottom of what has exactly this colour."""
    rows, columns = np.nonzero((np.asarray(sheet) == color).all(-1))
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def square(color, size=(50, 50)):
    return Image.new("RGB", size, color)


def test_methods_are_columns_and_prompts_are_rows():
    sheet = comparison_sheet({"a cat": {"ink": square(RED)}, "a dog": {"pixel": square(BLUE)}}, cell=100)
    red, blue = box_of(sheet, RED), box_of(sheet, BLUE)
    assert (red[2] - red[0], red[3] - red[1]) == (100, 100)
    assert blue[0] >= red[2]
    assert blue[1] >= red[3]


def test_a_picture_that_is_not_square_is_not_distorted():
    left, top, right, bottom = box_of(comparison_sheet({"a cat": {"ink": square(RED, (80, 40))}}, cell=100), RED)
    assert (right - left, bottom - top) == (100, 50)


def cell_of(content, size=200):
    """The cell beside a red one, where `content` is shown."""
    sheet = comparison_sheet({"a cat": {"ink": square(RED), "pixel": content}}, cell=size)
    _, top, right, bottom = box_of(sheet, RED)
    return np.asarray(sheet.convert("L"))[top:bottom, right + size // 16 : right + size // 16 + size].astype(int)


def test_a_missing_picture_has_its_reason_in_its_cell():
    silent, short, long = (
        cell_of(content) for content in (square("white"), "no memory", "the weights are not in the folder that the guide names " * 9)
    )
    assert (silent == 255).all()
    dark = [(cell < 180) for cell in (cell_of(None), short, long)]
    assert 0 < dark[1].sum() < dark[2].sum()
    assert dark[0].any()
    for ink in dark:
        rows, columns = np.nonzero(ink)
        assert rows.min() > 5
        assert rows.max() < 195
        assert columns.min() > 5
        assert columns.max() < 195


def test_captions_lie_below_their_pictures():
    pictures = {"a cat": {"ink": square(RED)}}
    plain, captioned = comparison_sheet(pictures), comparison_sheet(pictures, {"a cat": {"ink": "similarity 0.31"}})
    left, _, right, bottom = box_of(captioned, RED)
    below = np.asarray(captioned.convert("L"))[bottom + 2 :, left:right]
    assert (below < 180).any()
    assert captioned.height > plain.height


@pytest.mark.parametrize("prompt", ["a cat " * 60, "x" * 200, "μια γάτα, кошка, قطة", "猫", ""])
def test_a_prompt_of_any_length_stays_beside_its_row(prompt):
    sheet = comparison_sheet({prompt: {"ink": square(RED)}}, cell=120)
    left, top, _, bottom = box_of(sheet, RED)
    label = np.asarray(sheet.convert("L"))[:, : left - 2] < 128
    assert label.any() == bool(prompt)
    assert not label[: top - 2].any()
    assert not label[bottom + 2 :].any()
    assert not label[:, -3:].any()


@pytest.mark.parametrize("pictures", [{}, {"a cat": {}}])
def test_a_sheet_of_nothing_is_refused(pictures):
    with pytest.raises(ArtistError, match="got 0 methods"):
        comparison_sheet(pictures)


def test_a_plot_names_prompts_methods_and_axes(tmp_path):
    similarity_plot(CURVES, tmp_path / "plot.svg")
    text = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    # matplotlib draws letters as shapes, with the text as a comment before them.
    for name in ("a cat", "a $5 house", "ink", "pixel", "seconds", "similarity"):
        assert text.count(f"<!-- {name} -->") == 1
    assert ElementTree.fromstring(text).tag == f"{SVG}svg"


def test_a_plot_as_png_has_a_line_of_its_own_colour_for_each_method(tmp_path):
    points = [(t, random.Random(t).random()) for t in range(10)]
    similarity_plot({"a cat": {"_ink": points, "pixel": points[::-1]}, "猫": {"_ink": points}}, tmp_path / "plot.png")
    with Image.open(tmp_path / "plot.png") as picture:
        pixels = np.asarray(picture.convert("RGB"))
    for color in ((0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)):
        assert (pixels == color).all(-1).sum() > 100


def test_plotting_leaves_pyplot_alone(tmp_path):
    import sys

    similarity_plot(CURVES, tmp_path / "plot.png")
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_a_plot_of_nothing_or_to_nowhere_is_refused(tmp_path):
    with pytest.raises(ArtistError, match="nothing to plot"):
        similarity_plot({"a cat": {}}, tmp_path / "plot.png")
    with pytest.raises(OutputError, match=r"\.png or \.svg; got 'plot.gif'"):
        similarity_plot(CURVES, tmp_path / "plot.gif")


def test_the_table_can_be_read_back(tmp_path):
    rows = [Measurement('a "big", red\nhouse', "ink", 3, 0.5, 0.25), ("кошка", "pixel", 10, 1.5, -0.125)]
    write_csv(rows, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == ["prompt", "method", "iteration", "seconds", "similarity"]
    assert [(a, b, int(c), float(d), float(e)) for a, b, c, d, e in lines] == [tuple(row) for row in rows]


def test_a_table_has_the_suffix_of_one(tmp_path):
    with pytest.raises(OutputError, match=r"\.csv; got"):
        write_csv([], tmp_path / "table.txt")
