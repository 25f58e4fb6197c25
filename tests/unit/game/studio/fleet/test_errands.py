"""When a server takes a job back from the fleet."""

import time

import pytest

from game.rules.effects import Commission
from game.studio.base import DrawingJob
from game.studio.fleet.errands import Errand
from game.studio.fleet.state import FleetState
from game.studio.fleet.wire import Announcement, Wanted

ARTIST = FleetState(True, (Announcement("a", "ViT-B-32", "cuda", 8, jobs=("1",)),))
WARMING = FleetState(True, (Announcement("a", "ViT-B-32", "cuda", 0),))


@pytest.mark.parametrize(
    ("state", "wanted", "is_taken", "waited", "deserted"),
    [
        (ARTIST, "now", False, 2.5, False),
        (ARTIST, "now", False, 3.5, True),
        (ARTIST, "now", True, 7.5, False),
        (ARTIST, "now", True, 8.5, True),
        (ARTIST, "ahead", False, 3600.0, False),
        (WARMING, "ahead", False, 3.5, True),
        (FleetState(True), "ahead", True, 8.5, True),
    ],
)
def test_whoever_waits_is_not_kept_waiting(state: FleetState, wanted: Wanted, is_taken: bool, waited: float, deserted: bool):
    errand = Errand(DrawingJob(Commission("house", 60.0, 1)), wanted, "ViT-B-32", cared_for=time.monotonic() - waited, is_taken=is_taken)
    assert errand.is_deserted(state) == deserted


def test_only_artists_with_the_perceptor_count():
    assert ARTIST.artists("ViT-B-32") == 8
    assert ARTIST.artists("doodle-clip") == 0
    assert ARTIST.has("1")
    assert not ARTIST.has("2")
