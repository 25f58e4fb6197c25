"""Tells in one line of JSON what a worker would find here: `python -m game.studio.probe PERCEPTOR`.

It is for `guesstroke doctor`, which never imports torch itself.
"""

import json
import shutil
import sys
import time
from importlib import metadata
from typing import Any


def main() -> None:
    """Look at torch and its devices, then load the perceptor and time it as a worker does."""
    began = time.monotonic()

    import torch

    from ai_artist.artist import Artist, slowness
    from ai_artist.errors import ArtistError

    perceptor = sys.argv[1]
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    told: dict[str, Any] = {
        "torch": torch.__version__,
        "torchvision": metadata.version("torchvision"),
        "cuda": torch.version.cuda,
        "gpus": [f"{gpu.name}, {gpu.total_memory / 2**30:.0f} GiB" for gpu in map(torch.cuda.get_device_properties, range(count))],
        "has_driver": shutil.which("nvidia-smi") is not None,
    }
    try:
        artist = Artist.load(perceptor, threads=1)
        pace = artist.warm_up()
        told |= {"device": str(artist.perceptor.device), "seconds": time.monotonic() - began, "pace": pace, "note": slowness(perceptor, pace)}
    except ArtistError as error:
        told["fault"] = str(error)
    except (OSError, RuntimeError) as error:
        told["fault"] = f"{type(error).__name__}: {error}"
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
