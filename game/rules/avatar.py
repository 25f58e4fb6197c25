"""A face of a player's own drawing, as text small enough to travel with the player.

Strokes are separated by spaces; each is a colour (a letter, a to j) and points: two characters a coordinate pair, each from
`ALPHABET`, its place there the coordinate on a field of 64 by 64.
"""

import re
from typing import Final

from game.protocol.limits import AVATAR_LENGTH

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_stroke: Final = re.compile(r"[a-j](?:[0-9A-Za-z_-]{2})+")
_most_strokes: Final = 64


class AvatarError(ValueError):
    """Text that is no such drawing."""


def check_avatar(avatar: str) -> str:
    """Return the avatar; "" stands for the generated one. Raises AvatarError."""
    if len(avatar) > AVATAR_LENGTH:
        raise AvatarError(f"A drawn avatar has at most {AVATAR_LENGTH} characters; this one has {len(avatar)}. Draw it with fewer strokes.")
    strokes = avatar.split(" ") if avatar else []
    if len(strokes) > _most_strokes:
        raise AvatarError(f"A drawn avatar has at most {_most_strokes} strokes; this one has {len(strokes)}.")
    for stroke in strokes:
        if not _stroke.fullmatch(stroke):
            raise AvatarError(f"An avatar's stroke is a colour, a to j, and points of two characters each; got {stroke[:20]!r}.")
    return avatar
