import json

import pytest

from ai_artist.errors import OutputError
from ai_artist.evaluation.folder import claim_folder, drawing_path, write_atomically

SETTINGS = {
    "words": ["cat", "dog"], "seeds": 2, "budget": {"seconds": 10.0}, "methods": ["ink"], "strokes": None, "perceptors": {"doodle-clip": "abc"},
}  # fmt: skip


def test_the_same_settings_find_their_folder_again(tmp_path):
    folder = tmp_path / "new" / "folder"
    claim_folder(folder, SETTINGS)
    assert json.loads((folder / "settings.json").read_text()) == SETTINGS
    claim_folder(folder, SETTINGS)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"words": ["cat", "dog", "cow"]}, "words: 2 there, 3 now"),
        ({"words": ["cat", "cow"]}, "words: 2 there, 2 now, and not the same"),
        ({"seeds": 3}, "seeds: 2 there, 3 now"),
        ({"budget": {"iterations": 60}}, "budget: 10.0 seconds there, 60 iterations now"),
        ({"methods": ["ink", "shapes"]}, "methods: ink there, ink, shapes now"),
        ({"strokes": 9}, "strokes: not given there, 9 now"),
        ({"perceptors": {"doodle-clip": "abd"}}, "the weights of doodle-clip are not those of then"),
        ({"perceptors": {"doodle-clip": "abc", "ViT-B-32": None}}, "perceptors: doodle-clip there, doodle-clip, ViT-B-32 now"),
        ({"pace": "live"}, "pace: not given there, live now"),
    ],
)
def test_other_settings_are_refused_with_what_differs(tmp_path, change, says):
    claim_folder(tmp_path, SETTINGS)
    with pytest.raises(OutputError) as refused:
        claim_folder(tmp_path, {**SETTINGS, **change})
    assert f"other settings: {says}. Give the same again, name another folder" in str(refused.value)
    assert json.loads((tmp_path / "settings.json").read_text()) == SETTINGS


@pytest.mark.parametrize("content", ["{", "[]"])
def test_settings_that_are_none_are_refused(tmp_path, content):
    (tmp_path / "settings.json").write_text(content)
    with pytest.raises(OutputError, match=r"settings\.json"):
        claim_folder(tmp_path, SETTINGS)


def test_drawings_of_unknown_settings_are_not_taken_over(tmp_path):
    (tmp_path / "drawings").mkdir()
    with pytest.raises(OutputError, match="has drawings, but no settings"):
        claim_folder(tmp_path, SETTINGS)


def test_each_drawing_has_a_file_of_its_own(tmp_path):
    assert (
        drawing_path(tmp_path, "doodle-clip", "ink", "The Eiffel Tower", 3) == tmp_path / "drawings" / "doodle-clip-ink" / "the-eiffel-tower-3.json"
    )
    names = ["a/b", "a b", "a:b", "ViT-B-32:/models/one.pt", "ViT-B-32:/models/two.pt", "x" * 300, "x" * 301, "../up", "Ärger", "龙"]
    paths = [drawing_path(tmp_path, name, "ink", word, 0) for name in names for word in names]
    assert len(set(paths)) == len(paths)
    for path in paths:
        assert path.resolve().is_relative_to(tmp_path.resolve() / "drawings")
        write_atomically(path, "x")
        assert path.read_text() == "x"


def test_what_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="could not be written"):
        write_atomically(tmp_path / "file" / "a.json", "x")
