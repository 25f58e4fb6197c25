import json
import re
import tomllib

import pytest
import torch

from ai_artist.perception import load_perceptor
from ai_artist.perception.validator import load_validator
from ai_artist.training import shaky_hand
from ai_artist.training.sketches import load_sketches
from ai_artist.training.train import train
from tests.conftest import REPOSITORY
from tests.unit.ai_artist.training.corpora import WORDS, write_bitmaps, write_icons, write_sketches

CONFIG = REPOSITORY / "ai_artist" / "training" / "doodle_clip.toml"
VALIDATOR, FURTHER = CONFIG.with_name("validator.toml"), CONFIG.with_name("further.toml")
TOY = {"steps = ": "steps = 120", "batch = ": "batch = 12", "common_words": "common_words = 40", "other_words": "other_words = 4"}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_whole_training_can_be_tried_on_a_toy(tmp_path, capsys):
    """The configuration as it is, but for its length: two processes, adversarial noise, text tower, files for open_clip."""
    lines = []
    for line in CONFIG.read_text().splitlines():
        lines.append(next((new for start, new in TOY.items() if line.startswith(start)), line))
    config = tmp_path / "toy.toml"
    config.write_text("\n".join(lines))
    assert tomllib.loads(config.read_text())["image_tower"]["steps"] == 120
    sketches, icons = write_sketches(tmp_path / "sketches.npz"), write_icons(tmp_path / "icons")
    bitmaps = write_bitmaps(tmp_path / "bitmaps")
    run, out = tmp_path / "run", tmp_path / "out"
    train(config, run, out, {"sketches": sketches, "icons": icons})

    figures = [json.loads(line) for line in (run / "curve.jsonl").read_text().splitlines()]
    assert figures[-1]["step"] == 120
    assert (run / "curve.png").stat().st_size > 1000
    assert {"house", "boat"} <= set((out / "known_words.txt").read_text().split())
    perceptor = load_perceptor(f"local-dir:{out}", device="cpu")
    validation = load_sketches(sketches, "validation")
    with torch.no_grad():
        scores = (
            perceptor.embed_pictures(shaky_hand.shown([sketch.strokes for sketch in validation.sketches], perceptor.size))
            @ perceptor.embed_words(WORDS).T
        )
    right = torch.tensor([sketch.category for sketch in validation.sketches])
    assert (scores.argmax(1) == right).float().mean() > 0.5, figures

    validator = tmp_path / "validator.toml"
    validator.write_text(VALIDATOR.read_text().replace("steps = 4500", "steps = 60"))
    train(validator, tmp_path / "validator", out, {"sketches": sketches, "bitmaps": bitmaps})
    assert load_validator("cpu", out).embed_pictures(torch.rand(2, 3, 64, 64)).shape == (2, 256)

    more = tmp_path / "more.toml"
    more.write_text(
        re.sub(r"(?m)^steps = .*", "steps = 4", FURTHER.read_text()).replace("batch = 256", "batch = 16").replace("others = 20000", "others = 300")
    )
    train(more, tmp_path / "more", tmp_path / "more-out", {"sketches": sketches, "icons": icons, "bitmaps": bitmaps})
    bundled, further = load_perceptor(device="cpu"), load_perceptor(f"local-dir:{tmp_path / 'more-out'}", device="cpu")
    stayed = torch.cosine_similarity(bundled.embed_words(["lantern", "a violin"]), further.embed_words(["lantern", "a violin"]))
    assert stayed.min() > 0.9

    # Trained to the end, it only writes its files again.
    train(config, run, out, {"sketches": sketches, "icons": icons})
    assert len((run / "curve.jsonl").read_text().splitlines()) == len(figures)
