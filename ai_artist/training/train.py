"""Makes doodle-clip from sketches and icons: image tower, then text tower, then the files that open_clip loads."""

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from safetensors.torch import save_file

from ai_artist.perception.vocabulary import KNOWN_WORDS_FILE
from ai_artist.torchvision_compat import ensure_torchvision_imports
from ai_artist.training.batches import Concepts
from ai_artist.training.icons import load_icons
from ai_artist.training.image_tower import Targets, train_image_tower
from ai_artist.training.sketches import load_sketches
from ai_artist.training.teacher import common_words, concept_vectors
from ai_artist.training.text_tower import text_corpus, train_text_tower


def train(config_path: Path, run: Path, out: Path, sketches: Path | None = None, icons: Path | None = None) -> None:
    """Train as the TOML file says and write `open_clip_config.json` and `open_clip_model.safetensors` into `out`.

    `run` is a folder for checkpoints and curves: training goes on where it stopped there. `sketches` and `icons`
    override the paths in the file. Raises FileNotFoundError if the data are not there.
    """
    ensure_torchvision_imports()
    from open_clip.model import CLIP
    from open_clip.tokenizer import SimpleTokenizer

    config = tomllib.loads(config_path.read_text())
    sketches = sketches or Path(config["data"]["sketches"])
    icons = icons or Path(config["data"]["icons"])
    model_config, seed = config["model"], config["seed"]
    size, embed_dim = model_config["vision_cfg"]["image_size"], model_config["embed_dim"]
    run.mkdir(parents=True, exist_ok=True)
    training, validation = load_sketches(sketches, "train"), load_sketches(sketches, "validation")
    torch.manual_seed(seed)
    model = CLIP(**model_config)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, refresh_per_second=1) as progress:
        progress.console.print("rendering the icons ...")
        pictures = load_icons(icons, training.categories, size)
        concepts = Concepts.of(training, pictures)
        progress.console.print(f"{len(training.sketches)} sketches, {len(pictures.name)} icons, {len(concepts.words)} words")
        targets = Targets(concept_vectors(concepts.words), concepts.categories)
        learner = train_image_tower(
            model.visual, embed_dim, training, validation, pictures, targets, config["image_tower"], size, seed, run, progress
        )
        model.visual = learner.tower
        common = common_words()[: config["text_tower"]["common_words"]]
        texts = text_corpus(concepts.words, common, seed)
        with torch.no_grad():
            known = learner.adapter(targets.vectors)
            others = learner.adapter(concept_vectors(texts[len(concepts.words) :]))
        parameters = [parameter for name, parameter in model.named_parameters() if not name.startswith("visual.")]
        tokenizer = SimpleTokenizer(context_length=model_config["text_cfg"]["context_length"])
        train_text_tower(
            model.encode_text, parameters, tokenizer, texts, torch.cat([known, others]), concepts.categories, config["text_tower"], progress
        )
    model.logit_scale.data.copy_(learner.log_scale.data)
    export(model, model_config, out)
    write_known_words([*concepts.words, *common], out)


def write_known_words(texts: Iterable[str], out: Path) -> None:
    """List the words that the model has seen, with a picture or without, for those who ask what it does not know."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
    (out / KNOWN_WORDS_FILE).write_text("".join(f"{word}\n" for word in sorted(words)), encoding="utf-8")


def export(model: torch.nn.Module, model_config: dict[str, Any], out: Path) -> None:
    """Write the model in open_clip's own format, weights in half precision."""
    size = model_config["vision_cfg"]["image_size"]
    preprocess = {"mean": [0.5] * 3, "std": [0.5] * 3, "size": [size, size]}
    out.mkdir(parents=True, exist_ok=True)
    (out / "open_clip_config.json").write_text(json.dumps({"model_cfg": model_config, "preprocess_cfg": preprocess}, indent=2) + "\n")
    weights = {name: (value.half() if value.is_floating_point() else value).contiguous() for name, value in model.state_dict().items()}
    save_file(weights, out / "open_clip_model.safetensors", metadata={"format": "pt"})
