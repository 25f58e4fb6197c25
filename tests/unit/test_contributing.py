"""The recipes of docs/contributing.md are about the code as it is: their files and names exist, and so do the tests that find what was forgotten."""

import re

import pytest

from tests.conftest import REPOSITORY

RECIPES = dict(re.findall(r"^### (.*?)\n(.*?)(?=^##)", (REPOSITORY / "docs" / "contributing.md").read_text("utf-8"), re.MULTILINE | re.DOTALL))


def test_there_is_a_recipe_for_what_people_add():
    assert list(RECIPES) == ["A message", "A game mode", "A word pack", "A language", "A synthesis method"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_its_files_have_the_names_that_it_speaks_of(recipe):
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", RECIPES[recipe], re.MULTILINE)
    assert len(rows) >= 3
    for file, what in rows:
        assert (REPOSITORY / file).is_file(), f"{recipe}: there is no {file}"
        for name in re.findall(r"`([A-Za-z_]+)`", what):
            assert re.search(rf"\b{name}\b", (REPOSITORY / file).read_text("utf-8")), f"{recipe}: there is no {name} in {file}"
        for path in re.findall(r"`((?:tests|game|static)/[\w/.]+)`", what):
            assert (REPOSITORY / path.replace("xx", "en")).is_file(), f"{recipe}: there is no {path}"


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_tests_that_find_what_was_forgotten_exist(recipe):
    named = re.findall(r"`(tests/[^`]+)::(\w+)`", RECIPES[recipe])
    assert named
    for file, test in named:
        assert re.search(rf"^ *(async )?def {test}\(", (REPOSITORY / file).read_text(), re.MULTILINE), f"{recipe}: there is no {file}::{test}"
