import re
from pathlib import Path

import numpy as np
from PIL import Image

from game.drawing.paper import BALLPOINT, INK
from game.drawing.wordmark import HEIGHT, LETTERS, UNDERLINE, WIDTH, draw_wordmark

_page = Path(__file__).parents[4] / "static"


def test_it_is_written_as_the_page_writes_it():
    script = (_page / "js/views/wordmark.js").read_text()
    pens = {"ink": INK, "blue": BALLPOINT}
    assert [(pens[pen], path) for pen, path in re.findall(r"\['(\w+)', '([^']+)'\]", script)] == list(LETTERS)
    assert f"UNDERLINE = '{UNDERLINE}'" in script
    assert f"0 0 {WIDTH} {HEIGHT}" in script


def test_it_is_drawn_in_its_place_in_its_colours():
    page = Image.new("RGB", (400, 200), "white")
    draw_wordmark(page, 100, 50, 249)
    y, x = np.nonzero((np.asarray(page) < 250).any(axis=2))
    assert 98 < x.min() < 110
    assert 340 < x.max() < 350
    assert 50 < y.min() < 56
    assert 95 < y.max() < 106
    assert {(0x1B, 0x1F, 0x3B), (0x27, 0x43, 0xD2), (0xFF, 0xE2, 0x5C)} <= {color for _, color in page.getcolors(1 << 24)}
