import subprocess
import sys
from typing import get_args

import pytest

from game import drawing
from game.rendering import Maker, Renderer
from tests.unit.game.drawing.ink import stroke

INK = stroke((100, 100), (300, 300), (500, 200))


def test_a_server_starts_without_what_pictures_and_the_artist_take():
    heavy = ("numpy", "PIL", "torch", "open_clip", "numba")
    code = f"import sys, game.server; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_all_makers_are_to_be_had():
    assert all(callable(getattr(drawing, maker)) for maker in get_args(Maker))
    assert all(getattr(drawing, name) is not None for name in drawing.__all__)
    with pytest.raises(AttributeError, match="no attribute 'sculpture'"):
        _ = drawing.sculpture


async def test_pictures_are_made_elsewhere_and_kept():
    renderer = Renderer()
    try:
        picture = await renderer.render("a", "png_of", INK, 200)
        assert picture == drawing.png_of(INK, 200)
        assert await renderer.render("a", "png_of", INK, 200) is picture
        assert await renderer.render("b", "svg_of", INK) == drawing.svg_of(INK).encode()
    finally:
        renderer.stop()
