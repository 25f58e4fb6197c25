"""What is published works without the checkout: an installed wheel serves the page and migrates its database."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import REPOSITORY
from tests.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's packages, and nothing else, in it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, REPOSITORY], check=True)
    (wheel,) = folder.glob("guesstroke-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "game/static/index.html",
        "game/migrations/env.py",
        "game/words/packs/concepts.tsv",
        "ai_artist/doodle_clip/open_clip_model.safetensors",
    ):
        assert part in names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "site", wheel], check=True)
    return folder / "site"


def test_the_wheel_serves_and_migrates(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(installed))
    monkeypatch.chdir(tmp_path)
    where = subprocess.run([sys.executable, "-c", "import game, ai_artist; print(game.__file__)"], capture_output=True, text=True, check=True)
    assert Path(where.stdout.strip()).is_relative_to(installed)
    server = Server(tmp_path / "data").start()
    try:
        server.wait_for_artist()
        with urlopen(server.url, timeout=10) as answer:
            (main,) = re.findall(r'src="(/static/[^"]+/main.js)"', answer.read().decode())
        with urlopen(server.url + main, timeout=10) as answer:
            assert answer.status == 200
        with urlopen(f"{server.url}/api/leaderboard", timeout=10) as answer:
            assert answer.read() == b'{"players":[]}'
    finally:
        server.stop()
    assert os.path.getsize(tmp_path / "data" / "guesstroke.db") > 0
