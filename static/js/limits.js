/** The bounds of the wire that the browser must keep; the mirror of game/protocol/limits.py. */

export const PROTOCOL_VERSION = 1;

export const CANVAS_WIDTH = 800;
export const CANVAS_HEIGHT = 600;
/** Coordinates and widths travel as whole quarters of a logical pixel. */
export const UNITS_PER_PIXEL = 4;

export const MAX_INK_BYTES = 4096;
export const MAX_POINTS_PER_RECORD = 255;
export const MAX_POINTS_PER_FRAME = 512;
export const MAX_RECORDS_PER_FRAME = 64;

export const NICKNAME_LENGTH = 20;
export const CHAT_LENGTH = 120;
