import pytest

from ai_artist.budget import Iterations, Seconds, Spending
from ai_artist.errors import ArtistError


@pytest.mark.parametrize("make", [lambda: Seconds(0), lambda: Seconds(-1), lambda: Seconds(float("nan")), lambda: Iterations(0)])
def test_a_budget_of_nothing_is_refused(make):
    with pytest.raises(ArtistError):
        make()


def test_a_budget_without_an_end_is_refused():
    with pytest.raises(ArtistError, match="not for ever; got inf"):
        Seconds(float("inf"))


def test_iterations_are_counted():
    spending = Spending(Iterations(4))
    assert spending.fraction == 0
    spending.iterations = 3
    assert spending.fraction == 0.75
    assert spending.part(1.0, otherwise=0.3) == 0.3


def test_seconds_pass():
    spending = Spending(Seconds(1000))
    assert 0 <= spending.fraction < 0.5
    assert spending.part(10, otherwise=1.0) == 0.01
