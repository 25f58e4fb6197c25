"""The artist: draws words as strokes by CLIPDraw (Frans, Soros, Witkowski 2021, arXiv:2106.14843).

    from ai_artist import Artist, Seconds

    done = Artist.load().synthesize("umbrella", Seconds(8))
    done.picture(512).save("umbrella.png")

and names drawings:

    from ai_artist import Guesser

    Guesser.load().guess(done.picture(512), ["house", "umbrella", "whale"])

This package knows nothing of the game. Importing it is cheap; torch, open_clip and Numba are imported with the first
name that needs them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ai_artist.artist import Artist, Synthesis
    from ai_artist.budget import Iterations, Seconds
    from ai_artist.errors import ArtistError
    from ai_artist.guesser import Guess, Guesser
    from ai_artist.manner import Manner
    from ai_artist.perception import load_perceptor
    from ai_artist.process import Evolved, Progress, Settled
    from ai_artist.strokes import Drawing, Stroke
    from ai_artist.synthesis.brush import Brush
    from ai_artist.synthesis.methods import METHODS

_homes = {
    "Artist": "artist",
    "ArtistError": "errors",
    "Brush": "synthesis.brush",
    "Drawing": "strokes",
    "Evolved": "process",
    "Guess": "guesser",
    "Guesser": "guesser",
    "Iterations": "budget",
    "METHODS": "synthesis.methods",
    "Manner": "manner",
    "Progress": "process",
    "Seconds": "budget",
    "Settled": "process",
    "Stroke": "strokes",
    "Synthesis": "artist",
    "load_perceptor": "perception",
}

__all__ = [
    "METHODS",
    "Artist",
    "ArtistError",
    "Brush",
    "Drawing",
    "Evolved",
    "Guess",
    "Guesser",
    "Iterations",
    "Manner",
    "Progress",
    "Seconds",
    "Settled",
    "Stroke",
    "Synthesis",
    "load_perceptor",
]


def __getattr__(name: str) -> Any:
    if name not in _homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_homes[name]}"), name)
