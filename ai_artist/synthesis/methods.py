"""The methods by name."""

import difflib
from typing import Final

from ai_artist.errors import ArtistError
from ai_artist.synthesis.biggan import BIGGAN
from ai_artist.synthesis.clipdraw import CLIPDRAW
from ai_artist.synthesis.clipdraw_noaug import CLIPDRAW_NOAUG
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.method import Method
from ai_artist.synthesis.pixel import PIXEL
from ai_artist.synthesis.shapes import SHAPES

METHODS: Final[dict[str, Method]] = {method.name: method for method in (CLIPDRAW, CLIPDRAW_NOAUG, PIXEL, BIGGAN, SHAPES, INK)}
"""The paper's four, in its order, then ours."""


class MethodError(ArtistError):
    """A method that is not known."""


def method_named(name: str) -> Method:
    """Raises MethodError, which names the known ones."""
    if name not in METHODS:
        near = difflib.get_close_matches(name, METHODS, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise MethodError(f"Unknown method {name!r}.{hint} There are {', '.join(METHODS)}.")
    return METHODS[name]
