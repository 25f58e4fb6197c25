import pytest
import torch

from ai_artist.evaluation.accuracy import Accuracy, macro_accuracy, plain_accuracy, ranks


def test_ranks_count_what_comes_before():
    scores = torch.tensor([[0.1, 0.7, 0.2], [0.1, 0.7, 0.2], [0.1, 0.7, 0.2]])
    assert ranks(scores, torch.tensor([1, 2, 0])).tolist() == [0, 1, 2]


def test_a_model_that_says_the_same_of_everything_is_right_about_nothing():
    assert ranks(torch.full((2, 4), 0.25), torch.tensor([0, 3])).tolist() == [3, 3]
    assert ranks(torch.full((1, 4), float("nan")), torch.tensor([2])).tolist() == [3]


def test_what_is_not_a_number_is_never_behind():
    assert ranks(torch.tensor([[float("nan"), 0.9, 0.1]]), torch.tensor([1])).tolist() == [1]


def test_the_first_five_are_the_ranks_below_five():
    assert plain_accuracy(torch.tensor([0, 4, 5, 0])) == Accuracy(0.5, 0.75, 4)
    assert plain_accuracy(torch.tensor([])) == Accuracy(0.0, 0.0, 0)


def test_in_a_macro_average_a_category_with_many_counts_as_one_with_few():
    found = macro_accuracy(torch.tensor([0, 0, 0, 9]), torch.tensor([7, 7, 7, 2]))
    assert found == Accuracy(0.5, 0.5, 4)
    found = macro_accuracy(torch.tensor([0, 1, 9]), torch.tensor([0, 0, 1]))
    assert (found.top1, found.top5) == (pytest.approx(0.25), pytest.approx(0.5))
