import inspect

import pytest

from ai_artist.synthesis.method import Method, StrokeMethod
from ai_artist.synthesis.methods import METHODS, MethodError, method_named


def test_the_papers_four_come_first():
    assert list(METHODS)[:4] == ["clipdraw", "clipdraw-noaug", "pixel", "biggan"]


def test_clipdraw_without_augmentation_differs_in_nothing_else():
    own, without = METHODS["clipdraw"], METHODS["clipdraw-noaug"]
    different = [name for name in inspect.signature(StrokeMethod).parameters if getattr(own, name) != getattr(without, name)]
    assert different == ["name", "summary", "augmented"]


@pytest.mark.parametrize("name", METHODS)
def test_each_method_goes_by_its_name_and_says_what_it_is(name):
    method = method_named(name)
    assert isinstance(method, Method)
    assert method.name == name
    assert 10 < len(method.summary) < 90


def test_an_unknown_method_is_said_with_the_known_ones():
    with pytest.raises(MethodError, match="There are clipdraw, clipdraw-noaug, pixel, biggan"):
        method_named("oil")
