import numpy as np
import pytest
import torch

from ai_artist.errors import OutputError
from ai_artist.evaluation.judge import Judge
from ai_artist.evaluation.negatives import SIDE, unnamed, write_negatives
from tests.unit.ai_artist.evaluation.drawings import LEFT, record

CLASSES = [*"abcdefgh"]


def always(bitmaps):
    """Sure of a, less of b, and so on."""
    return torch.arange(8, 0, -1).float().softmax(0).expand(len(bitmaps), -1)


def test_drawings_of_which_it_thinks_of_something_else_are_kept_as_pictures():
    judge = Judge("test", always, CLASSES)
    pictures = unnamed([record(word, (LEFT,)).drawing for word in "aefh"], judge)
    assert pictures.shape == (2, SIDE, SIDE, 3), "f and h are not among the first five"
    assert pictures.dtype == np.uint8
    assert (pictures.min(axis=(1, 2, 3)) < 128).all()


def test_there_may_be_none():
    assert unnamed([record("a").drawing], Judge("test", always, CLASSES)).shape == (0, SIDE, SIDE, 3)


def test_they_are_written_for_the_training(tmp_path):
    pictures = np.zeros((2, SIDE, SIDE, 3), np.uint8)
    write_negatives(pictures, tmp_path / "negatives.npy")
    assert np.load(tmp_path / "negatives.npy").shape == pictures.shape
    with pytest.raises(OutputError, match="nowhere"):
        write_negatives(pictures, tmp_path / "nowhere" / "negatives.npy")
