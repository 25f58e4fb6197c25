import numpy as np
import pytest

from ai_artist.training.colours import name_of, thirds_of


@pytest.mark.parametrize(
    ("rgb", "name"),
    [((0.9, 0.1, 0.1), "red"), ((0.95, 0.6, 0.1), "orange"), ((1.0, 0.85, 0.2), "yellow"), ((0.2, 0.6, 0.2), "green"), ((0.2, 0.3, 0.8), "blue"),
     ((0.4, 0.25, 0.1), "brown"), ((1.0, 0.7, 0.75), "pink"), ((0.5, 0.5, 0.5), "black"), ((1.0, 1.0, 1.0), None)],
)  # fmt: skip
def test_colours_have_names(rgb, name):
    assert name_of(*rgb) == name


def test_thirds_are_counted_from_the_things_top_to_its_bottom():
    picture = np.full((48, 48, 3), 255, np.uint8)
    picture[12:20, 10:30] = (40, 150, 50)
    picture[20:36, 10:30] = (230, 110, 20)
    assert thirds_of(picture[None]) == ("green", "orange", "orange")
    assert thirds_of(np.full((1, 48, 48, 3), 255, np.uint8)) is None
