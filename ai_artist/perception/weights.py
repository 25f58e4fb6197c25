"""Where weights come from: this machine's caches, the Hugging Face hub, and OpenAI's own files."""

import contextlib
import socket
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import huggingface_hub
import torch
from huggingface_hub import constants
from torch import Tensor

from ai_artist.errors import PerceptorError
from ai_artist.perception.torchscript import is_torchscript, read_torchscript_weights

_clip_cache: Final = Path("~/.cache/clip")
"""Where open_clip and OpenAI's own package keep what they download by URL."""
_openai_only: Final = ("input_resolution", "context_length", "vocab_size")
"""Numbers that OpenAI's files have among the weights, and nobody else's."""


def cached_weights(config: Mapping[str, Any]) -> Path | None:
    """Return the file of a pretrained tag that is on this machine already, None if there is none; never asks the network.

    config  the tag's entry, open_clip.get_pretrained_cfg(model, tag): `hf_hub` is "owner/repository/" or
            "owner/repository/file", `url` a file, or empty
    """
    repository, _, file = str(config.get("hf_hub") or "").rpartition("/")
    if repository:
        for candidate in _safetensors_first(file or "open_clip_pytorch_model.bin"):
            found = huggingface_hub.try_to_load_from_cache(repository, candidate)
            if isinstance(found, str):
                return Path(found)
    url = config.get("url")
    downloaded = _clip_cache.expanduser() / str(url).rpartition("/")[2]
    return downloaded if url and downloaded.is_file() else None


def _safetensors_first(file: str) -> Iterator[str]:
    """The names by which open_clip looks for a file on the hub."""
    if file == "open_clip_pytorch_model.bin":
        yield "open_clip_model.safetensors"
    elif file.endswith((".bin", ".pth")):
        yield file[:-4] + ".safetensors"
    yield file


def fetch_weights(name: str, config: Mapping[str, Any]) -> Path:
    """Return the file of a pretrained tag, downloading it if it is not cached. Raises PerceptorError where that fails."""
    cached = cached_weights(config)
    if cached is not None:
        return cached
    from open_clip.pretrained import download_pretrained

    try:
        if not hub_answers():
            raise ConnectionError("the Hugging Face hub cannot be reached from here")
        return Path(download_pretrained(dict(config)))
    except Exception as error:  # of two HTTP libraries, the hub, and open_clip
        source = f"{constants.ENDPOINT}/{str(config.get('hf_hub') or '').rstrip('/')}" if config.get("hf_hub") else config.get("url")
        architecture = name.partition(":")[0]
        if config.get("quick_gelu") and not architecture.endswith("-quickgelu"):
            architecture += "-quickgelu"  # a file does not say it by itself
        raise PerceptorError(
            f"The weights of {name} could not be fetched ({in_short(error)}). Where there is no network, take doodle-clip, which is bundled, "
            f"or download the file elsewhere from {source} and give it as {architecture}:/path/to/file."
        ) from error


def hub_answers() -> bool:
    """Whether it is worth asking the hub: its library retries for most of a minute before it says that it is offline."""
    if constants.is_offline_mode():
        return False
    if urllib.request.getproxies():
        return True  # then the proxy knows the hub's address, and we need not
    try:
        socket.getaddrinfo(urlsplit(constants.ENDPOINT).hostname, 443)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def caches_only_when_offline() -> Iterator[None]:
    """Within, the hub's libraries take what is cached and fail at once for the rest, if the hub does not answer."""
    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = not hub_answers()
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before


def read_openai_weights(path: Path) -> dict[str, Tensor] | None:
    """Return the weights of a file in OpenAI's form, None for any other file, which is open_clip's to load.

    OpenAI publishes TorchScript archives, which open_clip refuses to load as a checkpoint; others saved their state dict,
    whose numbers beside the weights open_clip does not expect. Raises whatever torch raises for a broken file.
    """
    if path.suffix == ".safetensors" or not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        scripted = is_torchscript(archive)
    if scripted:
        weights = read_torchscript_weights(path)
    else:
        weights = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        weights = weights.get("state_dict", weights)
    weights = {name.removeprefix("module."): value for name, value in weights.items()}
    if not any(name in weights for name in _openai_only):
        return None
    return {name: value for name, value in weights.items() if name not in _openai_only}


def in_short(error: Exception) -> str:
    """An error's text where one sentence must do: the hub's and torch's run over many lines."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:199] + "…"
