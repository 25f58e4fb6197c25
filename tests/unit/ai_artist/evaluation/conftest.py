from pathlib import Path

import pytest

from ai_artist.evaluation.judge import Judge, load_judge
from tests.unit.ai_artist.evaluation.judges import save_judge, save_sketches


@pytest.fixture
def judge_path(tmp_path: Path) -> Path:
    return save_judge(tmp_path)


@pytest.fixture
def judge(judge_path: Path) -> Judge:
    return load_judge(judge_path)


@pytest.fixture
def sketches(tmp_path: Path) -> Path:
    return save_sketches(tmp_path)
