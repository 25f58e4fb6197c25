"""What the documentation tells people to type exists, and its links lead somewhere."""

import importlib.util
import re
import shlex

import click
import pytest
import typer
from typer.testing import CliRunner

from game.cli import app
from tests.conftest import REPOSITORY

PAGES = [REPOSITORY / "README.md", REPOSITORY / "ai_artist" / "doodle_clip" / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
TEXTS = {str(page.relative_to(REPOSITORY)): page.read_text("utf-8") for page in PAGES}


def commands(text: str) -> list[list[str]]:
    """The commands of a page's blocks, and those in running text, as lists of words; settings before them are left out."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`((?:guesstroke|make|python -m) [^`]+)`", text)
    found = []
    for part in (part for line in lines for part in re.split(r"&&|\|", line)):
        try:
            words = shlex.split(part.replace("\\", ""), comments=True)
        except ValueError:  # an open quote: no command, but a picture in letters
            continue
        while words and (re.fullmatch(r"[A-Z_]+=.*", words[0]) or words[0] == "sudo"):
            words.pop(0)
        if words:
            found.append([words[0].rpartition("/")[2], *words[1:]])
    return found


ALL = [(page, words) for page, text in TEXTS.items() for words in commands(text)]


def the(program: str) -> list:
    chosen = [pytest.param(page, words, id=f"{page}: {' '.join(words)[:60]}") for page, words in ALL if words[0] == program]
    assert chosen, f"no {program} in any page"
    return chosen


@pytest.mark.parametrize(("page", "words"), the("guesstroke"))
def test_each_command_of_the_game_takes_what_is_given_to_it(page, words):
    command: click.Command = typer.main.get_command(app)
    context = click.Context(command, info_name="guesstroke")
    rest = words[1:]
    while isinstance(command, click.Group) and rest:
        assert rest[0] in command.commands, f"{page}: {' '.join(words)}: there is no {rest[0]}, only {', '.join(command.commands)}"
        command = command.commands[rest.pop(0)]
        context = click.Context(command, parent=context, info_name=command.name)
    if rest:  # else it is named in passing
        command.make_parser(context).parse_args(args=rest)


@pytest.mark.parametrize(("page", "words"), the("make"))
def test_each_target_of_make_exists(page, words):
    targets = set(re.findall(r"^([\w-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    assert set(words[1:]) <= targets


def test_each_module_that_is_run_exists():
    modules = {words[2] for _, words in ALL if re.fullmatch(r"python3?", words[0]) and words[1] == "-m"} - {"venv", "pip"}
    assert len(modules) > 5
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []


def test_every_target_for_people_is_told():
    told = {word for _, words in ALL if words[0] == "make" for word in words[1:]}
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    assert set(phony.split()) - told <= {"clean", "audit", "verify"}


def test_the_settings_are_printed():
    ran = CliRunner().invoke(app, ["settings"])
    assert ran.exit_code == 0
    assert ran.output.strip() in TEXTS["docs/hosting.md"]


def anchors(text: str) -> set[str]:
    """The anchors that headings get."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page):
    here = REPOSITORY / page
    for link in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        if re.match(r"https?:|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (here.parent / path).resolve() if path else here
        assert target.exists(), f"{page}: there is no {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target.read_text("utf-8")), f"{page}: {link} has no such heading"
