import re
from pathlib import Path

import numpy as np
from PIL import Image

from game.drawing import paper
from game.drawing.paper import graph_paper, lay_sheet, mixed, tape

_tokens = Path(__file__).parents[4] / "static/css/tokens.css"


def test_colours_are_the_page_s():
    light = _tokens.read_text().split("}")[0]
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6});", light))
    names = {"INK": "ink", "INK_SOFT": "ink-soft", "PAPER": "paper", "BALLPOINT": "ballpoint", "HIGHLIGHTER": "highlighter"}
    assert {name: getattr(paper, name) for name in names} == {name: tokens[token] for name, token in names.items()}


def test_colours_are_mixed_by_their_share():
    assert mixed("#ff0000", "#0000ff", 1) == (255, 0, 0)
    assert mixed("#ff0000", "#0000ff", 0.2) == (51, 0, 204)


def test_a_sheet_is_white_with_an_edge_and_a_shadow():
    page = graph_paper(400, 300, 20)
    lay_sheet(page, 100, 50, 200, 150)
    assert page.getpixel((200, 120)) == (255, 255, 255)
    assert page.getpixel((200, 50)) == mixed(paper.INK, paper.WHITE, 0.55)
    assert page.getpixel((200, 201)) == mixed(paper.INK, paper.PAPER, 0.14)
    assert page.getpixel((80, 120)) == (0xF8, 0xF3, 0xE6)


def test_a_taped_picture_is_askew_with_smooth_edges():
    page = graph_paper(400, 300, 20)
    tape(page, 100, 80, Image.new("RGB", (200, 150), (0, 0, 255)), degrees=2)
    pixels = np.asarray(page).astype(int)
    assert tuple(pixels[155, 200]) == (0, 0, 255)
    upper = [int(np.argmax(pixels[:, x, 0] < 100)) for x in (110, 290)]
    assert upper[0] > upper[1]
    assert tuple(pixels[79, 200]) != (0, 0, 255)
