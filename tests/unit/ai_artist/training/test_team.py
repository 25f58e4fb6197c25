import os
import signal
import subprocess
import sys
import time

import pytest
import torch

from ai_artist.training.team import Team, run_team

pytestmark = pytest.mark.slow  # only who trains perceptors needs them


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


def wait_long(team, folder):
    (folder / f"{team.rank}.pid").write_text(str(os.getpid()))
    time.sleep(300)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


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


def test_nobody_trains_on_when_the_leader_is_killed(tmp_path):
    code = "from pathlib import Path; from tests.unit.ai_artist.training.test_team import *; run_team(wait_long, 2, Path({!r}))"
    leader = subprocess.Popen([sys.executable, "-c", code.format(str(tmp_path))])
    deadline = time.monotonic() + 60
    while len(pids := [path.read_text() for path in tmp_path.glob("*.pid")]) < 2 or not all(pids):
        assert time.monotonic() < deadline, "the team did not start"
        time.sleep(0.1)
    leader.send_signal(signal.SIGKILL)
    leader.wait()
    while any(is_running(int(pid)) for pid in pids):
        assert time.monotonic() < deadline, "a member goes on"
        time.sleep(0.1)
