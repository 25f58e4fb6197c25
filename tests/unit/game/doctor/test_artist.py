import pytest

from game.doctor.artist import findings_of

WELL = {"torch": "2.13.0+cpu", "torchvision": "0.28.0", "cuda": None, "gpus": [], "has_driver": False}
READY = {"device": "cpu", "seconds": 6.1, "pace": 0.06, "note": None}


@pytest.mark.parametrize(
    ("told", "grades"),
    [
        (WELL | READY, ["ok", "ok", "ok"]),
        (WELL | READY | {"note": "too slow for live play"}, ["ok", "ok", "warning"]),
        (WELL | READY | {"has_driver": True}, ["ok", "warning", "ok"]),
        (WELL | READY | {"cuda": "12.8", "gpus": ["one"], "has_driver": True}, ["ok", "ok", "ok"]),
        (WELL | {"fault": "There are no such weights."}, ["ok", "ok", "problem"]),
    ],
)
def test_what_the_probe_tells_is_graded(told, grades):
    assert [each.grade for each in findings_of(told, "doodle-clip")] == grades
