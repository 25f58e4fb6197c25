import pytest

from ai_artist.errors import PerceptorError
from ai_artist.perceptor_names import split_ensemble


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("doodle-clip", [("doodle-clip", 1)]),
        ("doodle-clip*2+ViT-B-32:openai", [("doodle-clip", 2), ("ViT-B-32:openai", 1)]),
        ("RN50+RN50*.5+RN50", [("RN50", 1), ("RN50", 0.5), ("RN50", 1)]),
        ("ViT-B-32:/nowhere+x", [("ViT-B-32:/nowhere", 1), ("x", 1)]),
        ("", [("", 1)]),
    ],
)
def test_names_are_split(name, members):
    assert split_ensemble(name) == tuple(members)


def test_a_path_that_exists_wins(tmp_path):
    (tmp_path / "a+b*2").mkdir()
    file = tmp_path / "a+b*2" / "c+d.pt"
    file.touch()
    folder = f"local-dir:{tmp_path}/a+b*2"
    checkpoint = f"RN50:{file}"
    assert split_ensemble(folder) == ((folder, 1.0),)
    assert split_ensemble(f"{folder}*3") == ((folder, 3.0),)
    assert split_ensemble(f"{checkpoint}*0.5+{folder}+doodle-clip*2") == ((checkpoint, 0.5), (folder, 1.0), ("doodle-clip", 2.0))
    assert split_ensemble(f"doodle-clip+{checkpoint}") == (("doodle-clip", 1.0), (checkpoint, 1.0))


def test_a_home_folder_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "a+b").mkdir(parents=True)
    assert split_ensemble("local-dir:~/a+b") == (("local-dir:~/a+b", 1.0),)


@pytest.mark.parametrize("weight", ["0", "-1", "x", "", "nan", "inf"])
def test_a_weight_that_is_not_above_zero_is_refused(weight):
    with pytest.raises(PerceptorError, match="weight of RN50 must be a number above 0"):
        split_ensemble(f"doodle-clip+RN50*{weight}")
