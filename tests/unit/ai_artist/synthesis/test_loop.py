import pytest

from ai_artist.synthesis.loop import annealing


@pytest.mark.parametrize(("fraction", "factor"), [(0, 1.0), (0.49, 1.0), (0.5, 0.4), (0.74, 0.4), (0.75, 0.1), (1.2, 0.1)])
def test_points_are_annealed_as_published(fraction, factor):
    assert annealing(fraction) == factor
