"""Finds a secret word in what came over the wire."""

import json
from collections.abc import Iterable

NONCE = ("qzorblaxine", "wumpfishery", "kreevoltage")
"""Words that nothing but a secret is called; a word of the packs may be a style of the artist's too, or a setting."""


def leaks(raw: Iterable[bytes], secret: str) -> list[bytes]:
    """The frames that contain the word in some case, plain or escaped, in JSON or binary."""
    variants = {secret.lower().encode(), json.dumps(secret).encode().strip(b'"'), secret.encode("utf-16-le"), secret[::-1].encode()}
    return [frame for frame in raw if any(variant in frame.lower() for variant in variants)]
