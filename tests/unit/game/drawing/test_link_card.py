import io

import numpy as np
import pytest
from PIL import Image

from game.drawing import card_of
from game.protocol.ink import InkError
from tests.unit.game.drawing.ink import RED, fill


@pytest.mark.parametrize(("title", "subtitle"), [("house", "Drawn by Ada"), ("", ""), ("Donaudampfschifffahrt " * 9, "many words " * 50)])
def test_a_card_has_the_drawing_on_the_left_and_the_words_on_the_right(title, subtitle):
    card = Image.open(io.BytesIO(card_of(fill(1, 1, RED), title, subtitle)))
    assert card.format == "PNG"
    assert card.size == (1200, 630)
    pixels = np.asarray(card)
    drawn = np.nonzero((pixels == RED).all(axis=2))
    assert len(drawn[0]) > 550 * 400
    assert drawn[1].max() < 720
    ink = np.nonzero((pixels == (0x1B, 0x1F, 0x3B)).all(axis=2))
    assert 750 < ink[1].min() < ink[1].max() < 1160
    assert ink[0].max() < 600


def test_junk_is_refused():
    with pytest.raises(InkError):
        card_of(b"\x63", "", "")
