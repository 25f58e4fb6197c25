/**
 * Follows a pointer and says where it draws: a stroke ends where the pointer leaves the canvas and a new one
 * begins where it comes back, for points on the wire lie on the canvas.
 */

import { quantize } from '../ink.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';

/** A pointer may report a thousand times a second; points nearer than this tell nothing new. */
const LEAST_STEP = 0.75;

export class ClippedPen {
  /** @param {{begin(x: number, y: number): void, point(x: number, y: number): void, end(): void}} hand */
  constructor(hand) {
    this.hand = hand;
    /** @type {[number, number] | null} where the pointer was, null while it is up */
    this.last = null;
    this.isDrawing = false;
  }

  down(x, y) {
    this.up();
    this.last = [x, y];
    if (isInside(x, y)) this.#begin(x, y);
  }

  move(x, y) {
    if (!this.last) return;
    if (this.isDrawing && isInside(x, y) && Math.hypot(x - this.last[0], y - this.last[1]) < LEAST_STEP) return;
    const part = clip(...this.last, x, y);
    this.last = [x, y];
    if (!part) return;
    const [fromX, fromY, toX, toY] = part;
    if (!this.isDrawing) this.#begin(fromX, fromY);
    this.hand.point(quantize(toX), quantize(toY));
    if (!isInside(x, y)) this.#end();
  }

  /** Ends the stroke and goes on with a new one in the same place. */
  split() {
    if (!this.isDrawing) return;
    this.#end();
    if (isInside(...this.last)) this.#begin(...this.last);
  }

  up() {
    this.last = null;
    this.#end();
  }

  /** Lets go without ending the stroke. */
  forget() {
    this.last = null;
    this.isDrawing = false;
  }

  #begin(x, y) {
    this.isDrawing = true;
    this.hand.begin(quantize(x), quantize(y));
  }

  #end() {
    if (this.isDrawing) this.hand.end();
    this.isDrawing = false;
  }
}

function isInside(x, y) {
  return x >= 0 && x <= CANVAS_WIDTH && y >= 0 && y <= CANVAS_HEIGHT;
}

/**
 * The part of a segment that lies on the canvas (Liang and Barsky 1984), or null where none does.
 * @returns {[number, number, number, number] | null}
 */
export function clip(x0, y0, x1, y1) {
  const dx = x1 - x0, dy = y1 - y0;
  let enter = 0, leave = 1;
  for (const [way, room] of [[-dx, x0], [dx, CANVAS_WIDTH - x0], [-dy, y0], [dy, CANVAS_HEIGHT - y0]]) {
    if (way === 0 && room < 0) return null;
    if (way < 0) enter = Math.max(enter, room / way);
    if (way > 0) leave = Math.min(leave, room / way);
  }
  return enter > leave ? null : [x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy];
}
