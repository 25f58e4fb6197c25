"""Trains the validator: another image tower beside doodle-clip's words, for a second opinion on drawings.

It learns from people's sketches alone, of which doodle-clip has seen none, without adversarial noise, and no gradient ever flows from it
to a drawing: what pleases it too does not please for the perceptor's own peculiarities.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn

from ai_artist.perception import load_perceptor
from ai_artist.perception.validator import CONFIG_FILE, WEIGHTS_FILE, image_tower, write_config
from ai_artist.training.batches import Mixture, PictureBatches
from ai_artist.training.bitmap_sketches import training_sketches
from ai_artist.training.curves import plot_curves
from ai_artist.training.icons import IconCorpus
from ai_artist.training.image_tower import CHECKPOINT, Course, Training, train_image_tower
from ai_artist.training.objective import NOTHING, ImageLearner, Targets
from ai_artist.training.sketches import load_sketches
from ai_artist.training.team import Team, run_team


def train_validator(config: dict[str, Any], run: Path, out: Path) -> None:
    """Train as the configuration says, resuming in the folder `run`, and write the validator's files into `out`."""
    run.mkdir(parents=True, exist_ok=True)
    run_team(_train, config["image_tower"]["processes"], config, run)
    plot_curves(run / "curve.jsonl", run / "curve.png")
    learner = _learner(config, 0)
    learner.load_state_dict(torch.load(run / CHECKPOINT, weights_only=True)["average"])
    out.mkdir(parents=True, exist_ok=True)
    write_config(config["validator"], out / CONFIG_FILE)
    weights = {name: (value.half() if value.is_floating_point() else value).contiguous() for name, value in learner.tower.state_dict().items()}
    save_file(weights, out / WEIGHTS_FILE, metadata={"format": "pt"})


def _learner(config: dict[str, Any], seed: int) -> ImageLearner:
    torch.manual_seed(seed)
    # The words are where doodle-clip's text tower has put them; there is nothing to adapt.
    return ImageLearner(image_tower(config["validator"]), nn.Identity())


def _train(team: Team, config: dict[str, Any], run: Path) -> None:
    known, course, size = (
        training_sketches(config["data"], "validator", run),
        Course(**config["image_tower"]),
        config["validator"]["vision_cfg"]["image_size"],
    )
    vectors = load_perceptor(device="cpu").embed_words((*known.categories, NOTHING))
    training = Training(_learner(config, config["seed"]), Targets(vectors, len(vectors)), course, team)
    if (run / CHECKPOINT).exists():
        training.resume(torch.load(run / CHECKPOINT, weights_only=True))
    seed = (config["seed"], team.rank, training.step)
    torch.manual_seed(hash(seed))
    scribbles = config["mixture"]["scribbles"]
    batches = PictureBatches(known, IconCorpus.none(size), Mixture(1 - scribbles, scribbles), course.batch, size, seed)
    train_image_tower(training, batches, load_sketches(Path(config["data"]["sketches"]), "validation"), size, run, team)
