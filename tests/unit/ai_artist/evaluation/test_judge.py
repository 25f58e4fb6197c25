import json

import numpy as np
import pytest
import torch
from torch import nn

from ai_artist.evaluation.bitmaps import bitmap_of, marks_of
from ai_artist.evaluation.judge import Judge, JudgeError, load_judge
from tests.unit.ai_artist.evaluation.judges import CLASSES, save_judge
from tests.unit.ai_artist.evaluation.test_bitmaps import path

LEFT = path((0, 0), (0, 1), (1, 1))
RIGHT = path((1, 0), (1, 1), (0, 1))


def test_it_names_bitmaps(judge):
    said = []
    probabilities = judge.probabilities([bitmap_of(marks_of([stroke])) for stroke in (LEFT, RIGHT)], said.append)
    assert [judge.classes[place] for place in probabilities.argmax(1)] == ["left", "Right"]
    assert probabilities.sum(1).tolist() == pytest.approx([1, 1])
    assert said == [2]
    assert judge.probabilities([]).shape == (0, 3)


def test_words_are_matched_in_whatever_case_and_strangers_are_named(judge):
    assert judge.places_of(["RIGHT", "left"]).tolist() == [1, 0]
    assert judge.knows("Solid")
    with pytest.raises(JudgeError, match=r"no class for 'rigt' \(it has 'right'\), 'cow'\. Leave them out"):
        judge.places_of(["left", "rigt", "cow"])


def test_scores_become_probabilities():
    class Scores(nn.Module):
        def forward(self, bitmaps):
            return torch.stack([bitmaps.sum((1, 2, 3)), -bitmaps.sum((1, 2, 3))], 1)

    found = Judge("scores", Scores(), ["a", "b"]).probabilities([np.full((28, 28), 0.01, np.float32)])
    assert found.sum().item() == pytest.approx(1)
    assert found[0, 0] > 0.9


def test_it_only_reports(judge):
    bitmap = np.ones((28, 28), np.float32)
    assert not judge.probabilities([bitmap]).requires_grad


class Words(nn.Module):
    def forward(self, bitmaps):
        return bitmaps @ torch.zeros(3, 3)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nowhere.pt", "There is no judge at .*TorchScript"),
        (lambda folder: save_judge(folder, classes=["left", "right"]), r"each of its 2 classes.*got \[2, 3\].*--judge-classes"),
        (lambda folder: save_judge(folder, classes=["left", "LEFT", "right"]), "twice"),
        (lambda folder: save_judge(folder, classes={"left": 0}), "JSON list"),
    ],
)
def test_what_is_no_judge_is_refused(tmp_path, make, says):
    with pytest.raises(JudgeError, match=says):
        load_judge(make(tmp_path))


def test_other_files_are_refused(tmp_path, judge_path):
    judge_path.write_bytes(b"not a model")
    with pytest.raises(JudgeError, match="no TorchScript archive"):
        load_judge(judge_path)
    torch.save({"weights": torch.zeros(2)}, judge_path)
    with pytest.raises(JudgeError, match="no TorchScript archive"):
        load_judge(judge_path)
    (tmp_path / "judge_classes.json").write_text("[")
    with pytest.raises(JudgeError, match="cannot be read"):
        load_judge(judge_path)
    (tmp_path / "judge_classes.json").unlink()
    with pytest.raises(JudgeError, match=r"judge_classes\.json; expected a JSON list"):
        load_judge(judge_path)


def test_a_model_that_wants_other_pictures_is_refused():
    with pytest.raises(JudgeError, match=r"must take float \[N, 1, 28, 28\]"):
        Judge("other.pt", Words(), CLASSES)


def test_the_classes_may_lie_elsewhere(tmp_path, judge_path):
    elsewhere = tmp_path / "names.json"
    elsewhere.write_text(json.dumps(["a", "b", "c"]))
    assert load_judge(judge_path, elsewhere).classes == ("a", "b", "c")
