import os
from pathlib import Path

import numpy as np
import pytest
import torch

from ai_artist.evaluation.judge import load_judge
from ai_artist.evaluation.people import STROKE_COUNTS, SketchesError, judge_accuracy, people_by_strokes, perceptor_accuracy, read_sketches
from ai_artist.training.sketches import SketchCorpus
from tests.conftest import REPOSITORY
from tests.unit.ai_artist.evaluation.judges import save_sketches


class Sides:
    """A perceptor of 32 pixels that sees on which side of the picture more ink is."""

    size = 32

    def embed_words(self, prompts):
        return torch.tensor([[1.0, 0.0] if prompt.lower() == "left" else [0.0, 1.0] for prompt in prompts])

    def embed_pictures(self, pictures):
        assert pictures.shape[1:] == (3, 32, 32)
        assert pictures.min() < 0.2
        assert pictures.max() == 1
        dark = (1 - pictures).sum((1, 2))
        return torch.nn.functional.normalize(torch.stack([dark[:, :16].sum(1), dark[:, 16:].sum(1)], 1), dim=1)


def test_a_perceptor_is_right_about_a_category_as_often_as_about_its_sketches(sketches):
    done = []
    found = perceptor_accuracy(Sides(), read_sketches(sketches, "test"), done.append, mirrored=False)
    assert found.top1 == pytest.approx((2 / 3 + 1) / 2)
    assert (found.top5, found.n) == (1.0, 4)
    assert done == [4]


def test_who_sees_sides_alone_sees_nothing_in_a_sketch_and_its_mirror_image(sketches):
    assert perceptor_accuracy(Sides(), read_sketches(sketches, "test")).top1 < 0.1


def test_the_judge_sees_the_same_sketches(judge, sketches):
    assert judge_accuracy(judge, read_sketches(sketches, "test")).top1 == pytest.approx((2 / 3 + 1) / 2)


def test_of_unfinished_sketches_fewer_are_known(judge, sketches):
    corpus = read_sketches(sketches, "test")
    looks = []
    people = people_by_strokes(judge, corpus, looks.append)
    assert people.whole == judge_accuracy(judge, corpus)
    assert [count for count, _ in people.by_strokes] == list(STROKE_COUNTS)
    assert people.by_strokes[-1][1] == people.whole
    assert looks[-1] == (len(STROKE_COUNTS) + 1) * len(corpus.sketches)
    assert people_by_strokes(judge, SketchCorpus(("cow",), corpus.sketches[:1])) is None


def test_sketches_of_what_the_judge_has_no_class_for_are_left_out(judge, tmp_path):
    some = judge_accuracy(judge, read_sketches(save_sketches(tmp_path, ("cow", "right")), "test"))
    assert (some.top1, some.n) == (1.0, 1)
    assert judge_accuracy(judge, read_sketches(save_sketches(tmp_path, ("cow", "dog")), "test")).n == 0


def test_what_has_no_sketches_is_refused(tmp_path, sketches):
    with pytest.raises(SketchesError, match="no sketches in its validation split"):
        read_sketches(sketches, "validation")
    with pytest.raises(SketchesError, match="There is no sketch archive"):
        read_sketches(tmp_path / "nowhere.npz", "test")
    np.savez(tmp_path / "other.npz", points=np.zeros(3))
    (tmp_path / "text.npz").write_text("hello")
    np.save(tmp_path / "array.npy", np.zeros(3))
    for name in ("other.npz", "text.npz", "array.npy"):
        with pytest.raises(SketchesError, match="is no sketch archive"):
            read_sketches(tmp_path / name, "test")


def test_an_outsider_names_peoples_sketches_as_often_as_it_is_said_to():
    """So its bitmaps are made as those were that it learned from. Needs the judge and the sketches, which are no part of the project."""
    path = Path(os.environ.get("GUESSTROKE_SKETCHES", REPOSITORY.parent / "shared" / "data" / "sketches.npz"))
    if not path.exists() or not path.with_name("judge.pt").exists():
        pytest.skip(f"the sketch archive is not at {path} with a judge.pt beside it; the judge's own accuracy is not checked")
    found = judge_accuracy(load_judge(path.with_name("judge.pt")), read_sketches(path, "test"))
    print(f"the judge on people's sketches: top 1 {found.top1:.3f}, top 5 {found.top5:.3f}, n {found.n}")
    assert found.top1 == pytest.approx(0.75, abs=0.01)
    assert found.top5 == pytest.approx(0.92, abs=0.01)
