import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw

from game.drawing import lettering
from game.drawing.lettering import fitted, font_of


def test_the_font_is_found_without_importing_matplotlib():
    script = "import sys; from game.drawing.lettering import font_of; print(font_of(20, True).getname()); assert 'matplotlib' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "('DejaVu Sans', 'Bold')" in done.stdout
    assert font_of(20) is font_of(20)


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(lettering, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="install matplotlib"):
        font_of.__wrapped__(20)


def test_what_fits_is_set_as_it_is():
    text = fitted("house", 40, 400, bold=True)
    assert text.lines == ("house",)
    assert text.font.size == 40
    assert text.width <= 400


def test_what_is_a_little_long_gets_smaller():
    text = fitted("hot air balloon", 40, 260)
    assert text.lines == ("hot air balloon",)
    assert 24 <= text.font.size < 40


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("text", ["x" * 300, "many words " * 40, "é" * 80 + " b"])
def test_what_is_too_long_is_cut_short(text, lines):
    found = fitted(text, 30, 200, most_lines=lines)
    assert len(found.lines) == lines
    assert found.lines[-1].endswith("…")
    assert found.width <= 201


def test_lines_break_at_spaces_rather_than_in_words():
    assert fitted("hot air balloon", 60, 300, most_lines=3).lines == ("hot air", "balloon")
    assert fitted("two\nlines", 20, 900).lines == ("two lines",)
    assert fitted("", 20, 900).lines == ("",)


@pytest.mark.parametrize(("align", "left", "right"), [("l", 100, 200), ("m", 50, 150), ("r", 0, 100)])
def test_words_are_written_where_they_belong(align, left, right):
    page = Image.new("L", (200, 100), 255)
    text = fitted("mm", 30, 90)
    text.write(ImageDraw.Draw(page), 100, 20, "#000000", align)
    y, x = np.nonzero(np.asarray(page) < 128)
    assert left <= x.min() <= x.max() <= right
    assert 20 <= y.min() <= y.max() <= 20 + text.height
