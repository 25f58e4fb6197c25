import subprocess
import sys

import pytest

from game.mistake import Mistake
from game.settings import Settings
from game.studio.choosing import missing, studio_of
from game.studio.cluster import ClusterStudio
from game.studio.local import LocalStudio


def test_one_machine_needs_nothing_of_a_fleets():
    assert isinstance(studio_of(Settings()), LocalStudio)
    code = (
        "import sys, game.studio.choosing as choosing, game.settings as settings;"
        "choosing.studio_of(settings.Settings(redis_url='redis://10.0.0.5')); print({'redis', 'taskiq'} & {*sys.modules})"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "set()"


def test_a_fleet_is_found_over_redis():
    assert isinstance(studio_of(Settings(artists="fleet", redis_url="redis://10.0.0.5:6379/0")), ClusterStudio)
    with pytest.raises(Mistake, match="set GUESSTROKE_REDIS_URL"):
        studio_of(Settings(artists="fleet"))


def test_other_perceptors_are_a_fleets():
    with pytest.raises(Mistake, match="leave GUESSTROKE_OTHER_PERCEPTORS out"):
        studio_of(Settings(other_perceptors="ViT-B-32"))
    assert isinstance(studio_of(Settings(other_perceptors="doodle-clip")), LocalStudio)


def test_what_is_not_installed_is_told():
    with pytest.raises(ModuleNotFoundError) as error:
        import no_such_module  # noqa: F401
    assert str(missing(error.value)) == "no_such_module is not installed, which artists on a fleet need: pip install 'guesstroke[cluster]'"
