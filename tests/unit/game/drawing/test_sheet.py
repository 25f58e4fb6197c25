import io

import numpy as np
import pytest
from PIL import Image

from game.drawing import Card, poster_of
from game.protocol.ink import InkError
from tests.unit.game.drawing.ink import fill

CARDS = [Card(fill(5, 5, (200, 10, number)), f"word {number}", f"Ada · {number} likes") for number in range(72)]


def poster(count, title="Friday", subtitle="", podium=((1, "Ada 1240"), (2, "Ben 990"), (3, "Zoë 870"))):
    return Image.open(io.BytesIO(poster_of(title, subtitle, CARDS[:count], podium)))


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20, 21, 72])
def test_every_drawing_is_on_a_page_of_a_handy_shape(count):
    page = poster(count)
    assert page.format == "PNG"
    assert page.width <= 2400
    assert page.height <= 4200
    assert 0.55 < page.width / page.height < 2.1
    assert (page.width > page.height) == (1 < count <= 20)
    pixels_of = {color: pixels for pixels, color in page.getcolors(1 << 24)}
    drawn = {pixels_of[tuple(card.ink[1:4])] for card in CARDS[:count]}
    assert len(drawn) == 1
    assert drawn.pop() > 150 * 200


def test_a_game_without_drawings_has_a_page_too():
    assert poster(0).height > 100


def test_the_winner_is_marked_and_long_texts_fit():
    plain, long = (
        poster(4),
        poster(4, "A very long title " * 20, "so many words " * 40, [(place, "Benedict the Magnificent " * 9) for place in (1, 2, 3)]),
    )
    assert plain.size == long.size
    assert (np.asarray(plain) == (0xFF, 0xE2, 0x5C)).all(axis=2).sum() > 500
    # Nothing runs over the margin.
    beyond = np.asarray(long)[:, -60:]
    assert (beyond != (0x1B, 0x1F, 0x3B)).any(axis=2).all()


def test_only_three_are_on_the_podium():
    three = [(1, "a"), (1, "b"), (3, "c")]
    for more in ((3, "d"), (4, "d")):
        assert poster(2, podium=three).tobytes() == poster(2, podium=[*three, more]).tobytes()
    assert poster(2, podium=[]).size == poster(2).size


def test_junk_is_refused():
    with pytest.raises(InkError):
        poster_of("", "", [Card(b"\x63", "", "")], [])
