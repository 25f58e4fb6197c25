"""Every bound of the wire in one table. A message beyond one is refused with a typed error and changes nothing."""

from typing import Final

PROTOCOL_VERSION: Final = 1

CANVAS_WIDTH: Final = 800
"""Width of the logical canvas in pixels; every screen shows a projection of it."""
CANVAS_HEIGHT: Final = 600
UNITS_PER_PIXEL: Final = 4
"""Coordinates and widths travel as whole quarters of a logical pixel."""

MAX_TEXT_BYTES: Final = 4096
"""Longest JSON message from a client."""
MAX_INK_BYTES: Final = 4096
"""Longest ink frame from a client, header included."""
MAX_POINTS_PER_RECORD: Final = 255
MAX_POINTS_PER_FRAME: Final = 512
MAX_RECORDS_PER_FRAME: Final = 64
MAX_INK_PER_TURN: Final = 512 * 1024
"""Bytes of ink that one turn's canvas may hold."""
MIN_WIDTH: Final = 1
MAX_WIDTH: Final = 80
"""Stroke widths in logical pixels."""

NICKNAME_LENGTH: Final = 20
CHAT_LENGTH: Final = 120
WORD_LENGTH: Final = 32
MAX_PLAYERS: Final = 12
