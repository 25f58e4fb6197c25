"""The interface's sentences: none missing, none unused, the same places for values in every language."""

import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "static"
LANGUAGES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((STATIC / "languages").glob("*.json"))}
PLURALS = {"one", "other"}


def sentences(tree, path=""):
    """Key by key; the forms of a plural are one sentence."""
    for name, value in tree.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, str):
            yield key, [value]
        elif set(value) == PLURALS:
            yield key, list(value.values())
        else:
            yield from sentences(value, key)


KNOWN = {code: dict(sentences(tree)) for code, tree in LANGUAGES.items()}


def used():
    """Whole keys, and the beginnings of those that the code puts together."""
    whole, beginnings = set(), set()
    for module in (STATIC / "js").rglob("*.js"):
        text = module.read_text("utf-8")
        # Any quoted text that has the form of a key and begins with a part of the file that exists: keys also wait in tables.
        whole |= {key for key in re.findall(r"'([a-z_]+(?:\.[a-z_]+)+)'", text) if key.split(".")[0] in LANGUAGES["en"]}
        beginnings |= set(re.findall(r"\bt\(`([a-z_.]+)\$\{", text))
        beginnings |= set(re.findall(r": `([a-z_.]+\.[a-z_]*)\$\{", text))
    return whole, beginnings


def test_there_are_six_languages_and_the_client_knows_them():
    offered = re.search(r"LANGUAGES = \{(.*?)\}", (STATIC / "js" / "i18n.js").read_text("utf-8"))
    assert set(re.findall(r"(\w\w):", offered[1])) == set(LANGUAGES) == {"en", "it", "es", "fr", "de", "pt"}


def test_every_key_that_the_code_uses_is_there():
    whole, beginnings = used()
    assert whole - set(KNOWN["en"]) == set()
    assert [start for start in beginnings if not any(key.startswith(start) for key in KNOWN["en"])] == []


def test_no_sentence_is_left_over():
    whole, beginnings = used()
    unused = {key for key in KNOWN["en"] if key not in whole and not any(key.startswith(start) for start in beginnings)}
    assert unused == set()


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_every_language_has_the_same_sentences_with_the_same_places_for_values(code):
    assert list(KNOWN[code]) == list(KNOWN["en"])
    for key, forms in KNOWN["en"].items():
        wanted = set(re.findall(r"\{\w+\}", " ".join(forms)))
        assert set(re.findall(r"\{\w+\}", " ".join(KNOWN[code][key]))) == wanted, key
        assert all(form.strip() for form in KNOWN[code][key]), key
