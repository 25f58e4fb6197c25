import pytest
import torch

from ai_artist.training.team import Team, run_team


def learn_apart(team, folder):
    """Each member has another gradient; all must end with the mean."""
    weight = torch.nn.Parameter(torch.zeros(3))
    unused = torch.nn.Parameter(torch.zeros(2))
    (weight.sum() * (team.rank + 1)).backward()
    team.average([weight, unused])
    torch.save(weight.grad, folder / f"{team.rank}.pt")


def fail(team, folder):
    if team.rank == 1:
        raise RuntimeError("the second member fell")


def test_members_have_the_mean_of_their_gradients(tmp_path):
    run_team(learn_apart, 2, tmp_path)
    for rank in range(2):
        assert torch.load(tmp_path / f"{rank}.pt").tolist() == [1.5, 1.5, 1.5]


def test_one_alone_needs_no_other_process(tmp_path):
    run_team(learn_apart, 1, tmp_path)
    assert torch.load(tmp_path / "0.pt").tolist() == [1, 1, 1]
    assert Team().size == 1


def test_if_one_fails_all_end_and_it_is_said(tmp_path):
    with pytest.raises(Exception, match="the second member fell"):
        run_team(fail, 2, tmp_path)
