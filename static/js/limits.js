/** The bounds of the wire that the browser must keep; the mirror of game/protocol/limits.py. */

export const PROTOCOL_VERSION = 4;

export const CANVAS_WIDTH = 800;
export const CANVAS_HEIGHT = 600;
/** Coordinates and widths travel as whole quarters of a logical pixel. */
export const UNITS_PER_PIXEL = 4;

export const MAX_FRAME_BYTES = 16_384;
export const MAX_INK_BYTES = 4096;
export const MAX_POINTS_PER_RECORD = 255;
export const MAX_POINTS_PER_FRAME = 512;
export const MAX_RECORDS_PER_FRAME = 64;

/** Logical pixels: the plain ink of an imitation, the artist's. */
export const INK_WIDTH = 13;

export const NICKNAME_LENGTH = 20;
export const CHAT_LENGTH = 120;
export const REASON_LENGTH = 200;
export const NOTICE_LENGTH = 200;
export const PASSWORD_LENGTH = 64;
export const STYLE_LENGTH = 40;
export const CUSTOM_WORDS_LENGTH = 20_000;
export const AVATAR_LENGTH = 2400;
/** A person's stroke widths in logical pixels. */
export const MIN_WIDTH = 2;
export const MAX_WIDTH = 60;
/** What a reaction's number means. */
export const REACTIONS = ['😂', '😮', '😍', '🤔', '👏', '🔥'];
