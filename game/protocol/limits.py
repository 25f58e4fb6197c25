"""Every bound of the wire in one table. A message beyond one is refused with a typed error and changes nothing."""

from typing import Final

PROTOCOL_VERSION: Final = 4

CANVAS_WIDTH: Final = 800
"""Width of the logical canvas in pixels; every screen shows a projection of it."""
CANVAS_HEIGHT: Final = 600
UNITS_PER_PIXEL: Final = 4
"""Coordinates and widths travel as whole quarters of a logical pixel."""

MAX_FRAME_BYTES: Final = 16_384
"""Longest message of any kind from a client, as the socket takes it; only a part of `set_words` may be so long."""
MAX_TEXT_BYTES: Final = 4096
"""Longest JSON message from a client, but for `set_words`."""
MAX_INK_BYTES: Final = 4096
"""Longest ink frame from a client, header included."""
MAX_POINTS_PER_RECORD: Final = 255
MAX_POINTS_PER_FRAME: Final = 512
MAX_RECORDS_PER_FRAME: Final = 64
MAX_INK_PER_TURN: Final = 512 * 1024
"""Bytes of ink that one turn's canvas may hold, what was undone and can be redone included."""
MAX_POINTS_PER_TURN: Final = 100_000
MAX_OPERATIONS_PER_TURN: Final = 4000
"""Strokes, fills, curves and clears that one turn's canvas may hold, likewise."""
MIN_WIDTH: Final = 2
MAX_WIDTH: Final = 60
"""A person's stroke widths in logical pixels."""
MIN_CURVE_WIDTH: Final = 1
MAX_CURVE_WIDTH: Final = 80
"""The artist's."""
INK_WIDTH: Final = 13
"""What a page draws with where nobody shall know whose hand it is: about the artist's, to which the others see it brought."""
CANVASES: Final = 2
"""A duel has two, the person's and the machine's; all other turns have one."""

NICKNAME_LENGTH: Final = 20
CHAT_LENGTH: Final = 120
REASON_LENGTH: Final = 200
"""Of a report."""
NOTICE_LENGTH: Final = 200
"""Of what the server's owner says to everybody."""
PASSWORD_LENGTH: Final = 64
WORD_LENGTH: Final = 32
"""Of a custom word, and of a pack's."""
STYLE_LENGTH: Final = 40
"""Of the words for the artist's style."""
ARTIST_STYLES: Final = ("ink", "crayon", "neon", "child")
"""The artist's styles that are more than words."""
CUSTOM_WORDS_LENGTH: Final = 20_000
"""Characters of all custom words together, as pasted."""
AVATAR_LENGTH: Final = 2400
"""Characters of a drawn avatar."""
MAX_PLAYERS: Final = 24
MAX_AI_GUESSERS: Final = 3
MAX_SPECTATORS: Final = 24
REACTIONS: Final = ("😂", "😮", "😍", "🤔", "👏", "🔥")
"""What a reaction's number means."""
COLOURS: Final = 24
"""How many colours players have between them; a player's is a number from 0."""
