"""Makes doodle-clip from sketches and icons: image tower, then text tower, then the files that open_clip loads.

And its validator, when the configuration asks for that.
"""

import json
import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from ai_artist.perception import load_perceptor
from ai_artist.perception.vocabulary import KNOWN_WORDS_FILE
from ai_artist.perceptor_names import BUNDLED_FOLDER
from ai_artist.torchvision_compat import ensure_torchvision_imports
from ai_artist.training.batches import Mixture, PictureBatches
from ai_artist.training.bitmap_sketches import training_sketches
from ai_artist.training.corpus import Corpus, prepare_corpus, read_corpus
from ai_artist.training.curves import plot_curves
from ai_artist.training.image_tower import CHECKPOINT, Course, Training, progress_bar, train_image_tower
from ai_artist.training.objective import ImageLearner, Targets, WordAdapter, WordShift, between_neighbours
from ai_artist.training.sketches import load_sketches
from ai_artist.training.teacher import common_words, concept_vectors
from ai_artist.training.team import Team, run_team
from ai_artist.training.text_tower import encode_text, text_corpus, train_text_tower
from ai_artist.training.validator import train_validator

CONFIG_FILE: Final = "open_clip_config.json"
WEIGHTS_FILE: Final = "open_clip_model.safetensors"


def train(config_path: Path, run: Path, out: Path, data: Mapping[str, Path | None] = MappingProxyType({})) -> None:
    """Train as the TOML file says and write `open_clip_config.json` and `open_clip_model.safetensors` into `out`.

    `run` is a folder for checkpoints and curves: training goes on where it stopped there. `data` (sketches, icons,
    bitmaps) overrides the paths in the file's table of that name. A configuration without [text_tower] teaches an image tower beside the
    bundled model's words. Raises FileNotFoundError if the data are not there.
    """
    config = tomllib.loads(config_path.read_text())
    config["data"] |= {name: str(place) for name, place in data.items() if place is not None}
    if "validator" in config:
        train_validator(config, run, out)
        return
    size = config["model"]["vision_cfg"]["image_size"]
    for folder in (run, out):
        folder.mkdir(parents=True, exist_ok=True)
    print("reading the sketches, rendering the icons ...")
    training = training_sketches(config["data"], "perceptor", run)
    file = prepare_corpus(training, Path(config["data"]["icons"]), size, run)
    corpus = read_corpus(file)
    print(f"{len(training.sketches)} sketches, {len(corpus.icons.name)} icons, {len(corpus.concepts.words)} words")
    run_team(_train_image_tower, config["image_tower"]["processes"], config, file, run)
    plot_curves(run / "curve.jsonl", run / "curve.png")
    model, learner, targets = _model_and_learner(config, corpus)
    learner.load_state_dict(torch.load(run / CHECKPOINT, weights_only=True)["average"])
    learner.eval().requires_grad_(False)
    if "text_tower" in config:
        common = common_words(config["text_tower"]["common_words"])
        texts = text_corpus(corpus.concepts.words, common, config["seed"])
        _train_text_tower(model, config, learner, targets, texts, run)
        write_known_words([*corpus.concepts.words, *common], out)
    else:
        _settle_words(model, config, learner, targets, corpus.concepts.words)
    model.logit_scale.data.copy_(learner.log_scale.data)
    export(model, config["model"], out)


def _model_and_learner(config: dict[str, Any], corpus: Corpus) -> tuple[Any, ImageLearner, Targets]:
    """A new model; or, where the configuration has no text tower to train, one whose words stay where the bundled one has them."""
    ensure_torchvision_imports()
    from open_clip.model import CLIP

    torch.manual_seed(config["seed"])
    model = CLIP(**config["model"])
    if "text_tower" in config:
        return model, ImageLearner(model.visual, WordAdapter(corpus.targets.vectors, config["model"]["embed_dim"])), corpus.targets
    bundled = load_file(BUNDLED_FOLDER / WEIGHTS_FILE)
    model.load_state_dict({name: new if name.startswith("visual.") else bundled[name] for name, new in model.state_dict().items()})
    learner = ImageLearner(model.visual, WordShift(corpus.targets.categories, config["model"]["embed_dim"]))
    if Course(**config["image_tower"]).begin == "bundled":
        model.load_state_dict(bundled)
        learner.log_scale.data.copy_(model.logit_scale.data)
    return model, learner, Targets(load_perceptor(device="cpu").embed_words(corpus.concepts.words), corpus.targets.categories)


def _train_image_tower(team: Team, config: dict[str, Any], corpus_file: Path, run: Path) -> None:
    data, course, size = config["data"], Course(**config["image_tower"]), config["model"]["vision_cfg"]["image_size"]
    corpus = read_corpus(corpus_file)
    _, learner, targets = _model_and_learner(config, corpus)
    training = Training(learner, targets, course, team)
    if (run / CHECKPOINT).exists():
        training.resume(torch.load(run / CHECKPOINT, weights_only=True))
    # Each process has pictures of its own, and those after a resumption are not the first ones again.
    seed = (config["seed"], team.rank, training.step)
    torch.manual_seed(hash(seed))
    negatives = np.load(data["negatives"]) if "negatives" in data else None
    known = training_sketches(data, "perceptor", run)
    batches = PictureBatches(known, corpus.icons, Mixture(**config["mixture"]), course.batch, size, seed, negatives)
    train_image_tower(training, batches, load_sketches(Path(data["sketches"]), "validation"), size, run, team)


def _train_text_tower(model: Any, config: dict[str, Any], learner: ImageLearner, targets: Targets, texts: list[str], run: Path) -> None:
    file, known = run / "texts.pt", len(targets.vectors)
    if not file.exists():
        print(f"embedding {len(texts) - known} more words and phrases with the teacher, which takes some minutes ...")
        torch.save(concept_vectors(texts[known:]), file)
    adapted = learner.adapter(targets.vectors)
    aims = torch.cat([adapted, between_neighbours(torch.load(file, weights_only=True), targets.vectors, adapted, targets.categories)])
    parameters = _parameters_for_words(model)
    with progress_bar() as progress:
        train_text_tower(partial(encode_text, model), parameters, _tokenizer(config), texts, aims, targets.categories, config["text_tower"], progress)


def _settle_words(model: Any, config: dict[str, Any], learner: ImageLearner, targets: Targets, words: Sequence[str]) -> None:
    """Teach the bundled text tower where the categories' words have moved; all others that it knows stay where they were."""
    known = sorted(set((BUNDLED_FOLDER / KNOWN_WORDS_FILE).read_text(encoding="utf-8").split()) - set(words))
    others = random.Random(config["seed"]).sample(known, min(len(known), config["words"]["others"]))
    print(f"the text tower learns where the words now are; {len(others)} others stay ...")
    bundled = load_perceptor(device="cpu")
    parts = [bundled.embed_words(others[start : start + 1000]) for start in range(0, len(others), 1000)]
    aims = torch.cat([learner.adapter(targets.vectors), *parts])
    parameters = _parameters_for_words(model)
    texts, tokenizer = [*words, *others], _tokenizer(config)
    with progress_bar() as progress:
        train_text_tower(partial(encode_text, model), parameters, tokenizer, texts, aims, targets.categories, config["words"], progress)


def _parameters_for_words(model: Any) -> list[torch.nn.Parameter]:
    return [parameter for name, parameter in model.named_parameters() if not name.startswith("visual.")]


def _tokenizer(config: dict[str, Any]) -> Any:
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer(context_length=config["model"]["text_cfg"]["context_length"])


def write_known_words(texts: Iterable[str], out: Path) -> None:
    """List the words that the model has seen, with a picture or without, for those who ask what it does not know."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
    (out / KNOWN_WORDS_FILE).write_text("".join(f"{word}\n" for word in sorted(words)), encoding="utf-8")


def export(model: torch.nn.Module, model_config: dict[str, Any], out: Path) -> None:
    """Write the model in open_clip's own format, weights in half precision."""
    size = model_config["vision_cfg"]["image_size"]
    preprocess = {"mean": [0.5] * 3, "std": [0.5] * 3, "size": [size, size]}
    (out / CONFIG_FILE).write_text(json.dumps({"model_cfg": model_config, "preprocess_cfg": preprocess}, indent=2) + "\n")
    weights = {name: (value.half() if value.is_floating_point() else value).contiguous() for name, value in model.state_dict().items()}
    save_file(weights, out / WEIGHTS_FILE, metadata={"format": "pt"})
