import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import ai_artist

DOCS = Path(__file__).parents[3] / "docs" / "artist.md"


@pytest.mark.parametrize("name", ai_artist.__all__)
def test_every_public_name_is_there_and_documented(name):
    thing = getattr(ai_artist, name)
    assert name == "METHODS" or thing.__doc__
    with pytest.raises(AttributeError, match="no attribute"):
        _ = ai_artist.nothing


def test_importing_the_package_does_not_import_torch():
    code = "import sys, ai_artist; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_the_example_in_the_docs_draws_an_umbrella(tmp_path, monkeypatch):
    examples = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples[0].strip().splitlines()) <= 6
    monkeypatch.chdir(tmp_path)
    exec(compile(examples[0], str(DOCS), "exec"), {})
    with Image.open(tmp_path / "umbrella.png") as picture:
        dark = sum(value < 128 for value in picture.convert("L").tobytes()) / (picture.width * picture.height)
    assert 0.01 < dark < 0.5
