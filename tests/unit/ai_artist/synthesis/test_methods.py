import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

from ai_artist import synthesis
from ai_artist.synthesis.method import Method, StrokeMethod
from ai_artist.synthesis.methods import METHODS, MethodError, method_named


def test_the_papers_four_come_first():
    assert list(METHODS)[:4] == ["clipdraw", "clipdraw-noaug", "pixel", "biggan"]


def test_clipdraw_without_augmentation_differs_in_nothing_else():
    own, without = METHODS["clipdraw"], METHODS["clipdraw-noaug"]
    different = [name for name in inspect.signature(StrokeMethod).parameters if getattr(own, name) != getattr(without, name)]
    assert different == ["name", "summary", "augmented"]


def test_every_method_of_the_folder_can_be_chosen():
    """One that is another with something replaced, and has kept its name, would take its place."""
    modules = [import_module(f"{synthesis.__name__}.{found.name}") for found in iter_modules(synthesis.__path__)]
    made = [value for module in modules for value in vars(module).values() if isinstance(value, Method) and not isinstance(value, type)]
    assert {id(method) for method in made} == {id(method) for method in METHODS.values()}


@pytest.mark.parametrize("name", METHODS)
def test_each_method_goes_by_its_name_and_says_what_it_is(name):
    method = method_named(name)
    assert isinstance(method, Method)
    assert method.name == name
    assert 10 < len(method.summary) < 90


def test_an_unknown_method_is_said_with_the_known_ones():
    with pytest.raises(MethodError, match="There are clipdraw, clipdraw-noaug, pixel, biggan"):
        method_named("oil")
