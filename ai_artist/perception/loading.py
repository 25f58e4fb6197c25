"""From a name to a perceptor: which architecture, whose weights, which tokenizer, mean and standard deviation."""

import contextlib
import difflib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ai_artist.devices import choose_device
from ai_artist.errors import PerceptorError
from ai_artist.perception.base import Perceptor
from ai_artist.perception.clip import ClipPerceptor
from ai_artist.perception.ensemble import Ensemble
from ai_artist.perception.precision import autocast_dtype
from ai_artist.perception.vocabulary import load_known_words
from ai_artist.perception.weights import caches_only_when_offline, fetch_weights, hub_answers, in_short, read_openai_weights
from ai_artist.perceptor_names import BUNDLED, BUNDLED_FOLDER, LOCAL_FOLDER, local_path, split_ensemble
from ai_artist.torchvision_compat import ensure_torchvision_imports


def load_perceptor(name: str = BUNDLED, device: str | torch.device = "auto", precision: str = "auto") -> Perceptor:
    """Load one perceptor, or an ensemble of them.

    name       `doodle-clip`, the bundled model;
               `ViT-B-32`, any model that open_clip lists, with the first of its pretrained weights;
               `ViT-B-32:laion2b_s34b_b79k`, with those of this tag, downloaded once;
               `ViT-B-32:/path/to/file`, with a checkpoint: .safetensors, or what torch saved (.pt, .bin), a state dict or
               one under "state_dict", also with "module." before its names, or OpenAI's own TorchScript archive;
               `local-dir:/folder`, in open_clip's own format: `open_clip_config.json` beside the weights;
               several joined by +, each weighted by *number: `doodle-clip*2+ViT-B-32:openai`.
    device     see choose_device
    precision  of the image tower: see autocast_dtype

    A checkpoint of a model that was trained with QuickGELU does not say so, unless it is in OpenAI's form: name its
    architecture with -quickgelu. Raises PerceptorError and DeviceError.
    """
    return _assemble(name, choose_device(str(device)), precision, _load)


def untrained(name: str = BUNDLED, device: str | torch.device = "auto", precision: str = "auto") -> Perceptor:
    """Return what load_perceptor would, with random weights and without a download: as fast as the real one.

    Its tokenizer is a stand-in, as a model's own may need a download too: every prompt has the same vector.
    """
    return _assemble(name, choose_device(str(device)), precision, _make_untrained)


def _assemble(name: str, device: torch.device, precision: str, load: Callable[[str, torch.device, str], Perceptor]) -> Perceptor:
    autocast_dtype(precision, device)  # complain before anything is downloaded
    members = [(load(member, device, precision), weight) for member, weight in split_ensemble(name)]
    return members[0][0] if len(members) == 1 else Ensemble(name, members)


@dataclass(frozen=True)
class _Recipe:
    """How a name is to be loaded."""

    name: str
    architecture: str
    """What open_clip.create_model takes: a listed name, or local-dir:folder."""
    source: str = ""
    """A pretrained tag or a checkpoint's path; empty where the folder has the weights."""
    tag: dict[str, Any] = field(default_factory=dict)
    """open_clip's entry of the tag; for a file, that of the first tag, as weights of one architecture share their normalisation."""
    checkpoint: Path | None = None
    folder: Path | None = None

    @property
    def quick_gelu(self) -> bool:
        """Whether to make the architecture with QuickGELU where its name does not say so.

        `ViT-B-32:openai` is such a case: open_clip builds it with GELU and only warns.
        """
        return self.checkpoint is None and bool(self.tag.get("quick_gelu"))

    @property
    def preprocess(self) -> dict[str, Any]:
        """The mean and standard deviation of the tag: left to itself, open_clip normalises any file as OpenAI's CLIP is."""
        return {key: self.tag[key] for key in ("mean", "std") if key in self.tag}


def _find_recipe(name: str, weights_needed: bool = True) -> _Recipe:
    import open_clip

    path = local_path(name)
    folder = BUNDLED_FOLDER if name == BUNDLED else path if name.startswith(LOCAL_FOLDER) else None
    if folder:
        if not (folder / "open_clip_config.json").is_file():
            raise PerceptorError(f"{name} cannot be loaded: {folder} must be a folder with an open_clip_config.json beside the weights.")
        return _Recipe(name, f"{LOCAL_FOLDER}{folder}", folder=folder)
    architecture, _, source = name.partition(":")
    if architecture not in open_clip.list_models():
        near = difflib.get_close_matches(architecture, [BUNDLED, *open_clip.list_models()], 3, 0.4)
        raise PerceptorError(f"Unknown perceptor {architecture!r}. Take doodle-clip or an open_clip model, such as {', '.join(near) or 'ViT-B-32'}.")
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    first = open_clip.get_pretrained_cfg(architecture, tags[0]) if tags else {}
    if not source and not tags and weights_needed:
        raise PerceptorError(f"open_clip has no pretrained weights for {architecture}. Give a checkpoint: {architecture}:/path/to/file.")
    source = source or (tags[0] if tags else "")
    tag = open_clip.get_pretrained_cfg(architecture, source)
    if tag or not weights_needed:
        return _Recipe(name, architecture, source, tag or first)
    if path is None or not path.is_file():
        raise PerceptorError(f"{source!r} is neither a checkpoint file nor pretrained weights of {architecture}: {', '.join(tags) or 'it has none'}.")
    return _Recipe(name, architecture, source, first, checkpoint=path)


def _load(name: str, device: torch.device, precision: str) -> Perceptor:
    ensure_torchvision_imports()
    recipe = _find_recipe(name)
    known_words = load_known_words(recipe.folder) if recipe.folder else None
    tokenizer = _load_tokenizer(recipe)
    checkpoint = recipe.checkpoint
    if checkpoint is None and recipe.folder is None:
        checkpoint = fetch_weights(f"{recipe.architecture}:{recipe.source}", recipe.tag)
    try:
        with _hub_if_needed(recipe):
            model = _create_model(recipe, checkpoint)
        return _perceptor(recipe, model, tokenizer, device, precision, known_words)
    except Exception as error:  # whatever a loader of five formats raises for a broken file
        file = f" from {checkpoint}" if checkpoint and checkpoint != recipe.checkpoint else ""
        raise PerceptorError(f"{name} cannot be loaded{file}; is it an open_clip checkpoint of this model? ({in_short(error)})") from error


def _make_untrained(name: str, device: torch.device, precision: str) -> Perceptor:
    ensure_torchvision_imports()
    import open_clip

    recipe = _find_recipe(name, weights_needed=False)
    try:
        length = open_clip.get_model_config(recipe.architecture)["text_cfg"].get("context_length", 77)
        with _hub_if_needed(recipe):
            model = _create_random(recipe, recipe.quick_gelu)
        # Neither padding nor a mark of any vocabulary, so that nothing is masked away.
        return _perceptor(recipe, model, lambda texts: torch.full((len(texts), length), 5), device, precision, None)
    except Exception as error:  # of open_clip, timm, transformers and the hub
        raise PerceptorError(f"{name} cannot be made without weights: {in_short(error)}") from error


def _perceptor(
    recipe: _Recipe,
    model: Any,
    tokenizer: Callable[[list[str]], Tensor],
    device: torch.device,
    precision: str,
    known_words: frozenset[str] | None,
) -> ClipPerceptor:
    import open_clip

    settings = open_clip.get_model_preprocess_cfg(model)
    sides = {settings["size"]} if isinstance(settings["size"], int) else set(settings["size"])
    if len(sides) > 1:
        raise ValueError(f"it takes pictures of {settings['size']} pixels; only square ones are drawn")
    return ClipPerceptor(recipe.name, model, tokenizer, settings["mean"], settings["std"], sides.pop(), device, precision, known_words)


def _load_tokenizer(recipe: _Recipe) -> Callable[[list[str]], Tensor]:
    """The model's own. Raises PerceptorError if it needs a file that is not here, or a package."""
    import open_clip

    try:
        with _hub_if_needed(recipe):
            tokenizer: Callable[[list[str]], Tensor] = open_clip.get_tokenizer(recipe.architecture)
    except ImportError as error:
        raise PerceptorError(f"{recipe.name} has a tokenizer that needs a package: pip install {error.name or 'transformers'}.") from error
    except Exception as error:  # of transformers, the hub, and whatever reads the files
        whose = "its files must lie in the folder" if recipe.folder else "it is fetched from the Hugging Face hub once"
        offline = "" if recipe.folder or hub_answers() else ", which cannot be reached from here"
        raise PerceptorError(f"{recipe.name} cannot be loaded without its tokenizer; {whose}{offline} ({in_short(error)}).") from error
    return tokenizer


def _hub_if_needed(recipe: _Recipe) -> contextlib.AbstractContextManager[None]:
    """Most models bring all that they need, and nobody is asked whether there is a network; some texts need the hub's files."""
    import open_clip

    text = open_clip.get_model_config(recipe.architecture)["text_cfg"]
    needed = "siglip" in recipe.architecture.lower() or any(key in text for key in ("hf_tokenizer_name", "hf_model_name"))
    return caches_only_when_offline() if needed else contextlib.nullcontext()


def _create_model(recipe: _Recipe, checkpoint: Path | None) -> Any:
    import open_clip

    openai = read_openai_weights(checkpoint) if checkpoint else None
    if openai is not None:
        model = _create_random(recipe, quick_gelu=True)
        model.load_state_dict(openai)
        return model
    return open_clip.create_model(
        recipe.architecture,
        pretrained=str(checkpoint) if checkpoint else None,
        require_pretrained=True,  # a folder without weights would be a random model
        force_quick_gelu=recipe.quick_gelu,
        force_preprocess_cfg=recipe.preprocess,
    )


def _create_random(recipe: _Recipe, quick_gelu: bool) -> Any:
    import open_clip

    with _without_warning("initialized randomly"):
        return open_clip.create_model(
            recipe.architecture, load_weights=False, pretrained_text=False, force_quick_gelu=quick_gelu, force_preprocess_cfg=recipe.preprocess
        )


@contextlib.contextmanager
def _without_warning(text: str) -> Iterator[None]:
    """open_clip warns through the root logger of what is meant here."""

    def keep(record: logging.LogRecord) -> bool:
        return text not in record.getMessage()

    logging.getLogger().addFilter(keep)
    try:
        yield
    finally:
        logging.getLogger().removeFilter(keep)
