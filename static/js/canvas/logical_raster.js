/**
 * The canvas as a fixed 800 x 600 raster without antialiasing, kept only to decide where fills flow. Browsers
 * antialias each in their own way and screens differ; whole pixels and exact colours give every player the same fill.
 *
 * A pixel belongs to a stroke when its centre is within half the stroke's width of the polyline.
 *
 * @typedef {object} Region where one fill flowed
 * @property {number[]} spans  triples: row, first column, last column
 * @property {number[]} edge   pairs: index of a pixel just outside, its colour
 * @property {number} target   the colour that was there, 0xRRGGBB
 * @property {{left: number, top: number, right: number, bottom: number}} box  of spans and edge, inclusive
 */

import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';

export const WHITE = 0xffffff;

export class LogicalRaster {
  constructor() {
    this.pixels = new Uint32Array(CANVAS_WIDTH * CANVAS_HEIGHT).fill(WHITE);
    this.touched = new Uint8Array(this.pixels.length);
  }

  clear() {
    this.pixels.fill(WHITE);
  }

  /**
   * Draws a round-capped line; where it crosses itself its colour counts once.
   * @param {number[]} polyline
   * @param {number} width
   * @param {import('../ink.js').Color} color
   */
  line(polyline, width, color) {
    this.touched.fill(0);
    const radius = Math.max(width, 1) / 2;
    if (polyline.length === 2) this.#segment(polyline[0], polyline[1], polyline[0], polyline[1], radius, color);
    for (let at = 2; at < polyline.length; at += 2) {
      this.#segment(polyline[at - 2], polyline[at - 1], polyline[at], polyline[at + 1], radius, color);
    }
  }

  #segment(x0, y0, x1, y1, radius, color) {
    const left = Math.max(0, Math.floor(Math.min(x0, x1) - radius)), top = Math.max(0, Math.floor(Math.min(y0, y1) - radius));
    const right = Math.min(CANVAS_WIDTH - 1, Math.ceil(Math.max(x0, x1) + radius));
    const bottom = Math.min(CANVAS_HEIGHT - 1, Math.ceil(Math.max(y0, y1) + radius));
    const dx = x1 - x0, dy = y1 - y0, squared = dx * dx + dy * dy;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const px = column + 0.5 - x0, py = row + 0.5 - y0;
        const along = squared ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0;
        const offX = px - along * dx, offY = py - along * dy;
        if (offX * offX + offY * offY > radius * radius) continue;
        const index = row * CANVAS_WIDTH + column;
        if (this.touched[index]) continue;
        this.touched[index] = 1;
        this.pixels[index] = blend(this.pixels[index], color);
      }
    }
  }

  /**
   * Floods from a point through neighbours (left, right, up, down) of exactly the same colour.
   * @param {number} x  0 to 800
   * @param {number} y  0 to 600
   * @param {import('../ink.js').Color} color
   * @returns {Region}
   */
  flood(x, y, color) {
    const startX = Math.min(CANVAS_WIDTH - 1, Math.floor(x)), startY = Math.min(CANVAS_HEIGHT - 1, Math.floor(y));
    const target = this.pixels[startY * CANVAS_WIDTH + startX];
    const spans = this.#findSpans(startX, startY, target);
    const region = { spans, edge: this.#edgeOf(spans, target), target, box: boxOf(spans) };
    this.refill(region, color);
    return region;
  }

  /** Paints a region that is known already. */
  refill({ spans }, color) {
    const value = blend(WHITE, color);
    for (let at = 0; at < spans.length; at += 3) {
      const row = spans[at] * CANVAS_WIDTH;
      this.pixels.fill(value, row + spans[at + 1], row + spans[at + 2] + 1);
    }
  }

  #findSpans(startX, startY, target) {
    const { pixels, touched } = this;
    touched.fill(0);
    const spans = [];
    const seeds = [startX, startY];
    const wanted = (index) => pixels[index] === target && !touched[index];
    while (seeds.length) {
      const y = seeds.pop(), x = seeds.pop(), row = y * CANVAS_WIDTH;
      if (!wanted(row + x)) continue;
      let left = x, right = x;
      while (left > 0 && wanted(row + left - 1)) left--;
      while (right < CANVAS_WIDTH - 1 && wanted(row + right + 1)) right++;
      touched.fill(1, row + left, row + right + 1);
      spans.push(y, left, right);
      for (const nextY of [y - 1, y + 1]) {
        if (nextY < 0 || nextY >= CANVAS_HEIGHT) continue;
        const nextRow = nextY * CANVAS_WIDTH;
        for (let column = left; column <= right; column++) {
          // One seed for each run of wanted pixels.
          if (wanted(nextRow + column) && (column === left || !wanted(nextRow + column - 1))) seeds.push(column, nextY);
        }
      }
    }
    return spans;
  }

  /** The pixels around the spans, corners too; `touched` still marks the inside. */
  #edgeOf(spans, target) {
    const edge = [];
    for (let at = 0; at < spans.length; at += 3) {
      const y = spans[at];
      for (let row = Math.max(0, y - 1); row <= Math.min(CANVAS_HEIGHT - 1, y + 1); row++) {
        const last = Math.min(CANVAS_WIDTH - 1, spans[at + 2] + 1);
        for (let column = Math.max(0, spans[at + 1] - 1); column <= last; column++) {
          const index = row * CANVAS_WIDTH + column;
          // A pixel that touches only at a corner may have the target's own colour: it is no line.
          if (this.touched[index] || this.pixels[index] === target) continue;
          this.touched[index] = 2;
          edge.push(index, this.pixels[index]);
        }
      }
    }
    return edge;
  }
}

function boxOf(spans) {
  const box = { left: CANVAS_WIDTH, top: CANVAS_HEIGHT, right: 0, bottom: 0 };
  for (let at = 0; at < spans.length; at += 3) {
    box.top = Math.min(box.top, spans[at] - 1);
    box.bottom = Math.max(box.bottom, spans[at] + 1);
    box.left = Math.min(box.left, spans[at + 1] - 1);
    box.right = Math.max(box.right, spans[at + 2] + 1);
  }
  return {
    left: Math.max(0, box.left), top: Math.max(0, box.top),
    right: Math.min(CANVAS_WIDTH - 1, box.right), bottom: Math.min(CANVAS_HEIGHT - 1, box.bottom),
  };
}

/** `color` over an opaque 0xRRGGBB, in whole numbers so that every machine agrees. */
function blend(below, { red, green, blue, alpha }) {
  const mix = (over, under) => Math.floor((over * alpha + under * (255 - alpha) + 127) / 255);
  return (mix(red, below >> 16) << 16) | (mix(green, (below >> 8) & 255) << 8) | mix(blue, below & 255);
}
