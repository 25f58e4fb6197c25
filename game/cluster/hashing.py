"""Which of several nodes a room belongs to: rendezvous hashing (Thaler and Ravishankar 1998).

Each node's claim to a room is a hash of both; the highest wins. All who see the same nodes name the same one, and when one goes, only
its own rooms move, evenly to the others.
"""

from collections.abc import Iterable
from hashlib import blake2b


def winner(room: str, nodes: Iterable[str]) -> str | None:
    """The node that this room belongs to; None if there is none."""
    return max(nodes, key=lambda node: _claim(room, node), default=None)


def _claim(room: str, node: str) -> tuple[bytes, str]:
    return blake2b(f"{room}\n{node}".encode(), digest_size=8).digest(), node
