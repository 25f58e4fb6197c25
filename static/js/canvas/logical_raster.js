/**
 * The canvas as a fixed 800 x 600 raster without antialiasing, kept only to decide where fills flow. Browsers
 * antialias each in their own way and screens differ; whole pixels and exact colours give every player the same fill.
 *
 * A pixel belongs to a stroke when its centre is within half the stroke's width of the polyline, reckoned in whole numbers.
 * docs/drawing.md says it in full; game/drawing/raster.py makes the same raster, to the last bit.
 *
 * @typedef {object} Region where one fill flowed
 * @property {number[]} spans  triples: row, first column, last column
 * @property {number[]} edge   pairs: index of a pixel just outside, its colour
 * @property {number} target   the colour that was there, 0xRRGGBB
 * @property {{left: number, top: number, right: number, bottom: number}} box  of spans and edge, inclusive
 */

import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { GRAINS } from './paths.js';

export const WHITE = 0xffffff;
/**
 * Grains. A disc so large, wherever it lies, covers the centre of the pixel that its own centre is in: no dot is lost, and a
 * line covers every pixel that it passes through, so that an outline is tight.
 */
const LEAST_RADIUS = 12;

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
    const { touched } = this;
    touched.fill(0);
    const radius = Math.max(LEAST_RADIUS, Math.floor((width * GRAINS) / 2));
    const corners = polyline.map((value) => Math.round(value * GRAINS));
    for (let at = 0; at < corners.length; at += 2) {
      this.#disc(corners[at], corners[at + 1], radius);
      if (at) this.#band(corners[at - 2], corners[at - 1], corners[at], corners[at + 1], radius);
    }
    for (let index = 0; index < touched.length; index++) {
      if (touched[index]) this.pixels[index] = blend(this.pixels[index], color);
    }
  }

  #disc(x, y, radius) {
    this.#eachRow(y - radius, y + radius, (row, middle) => {
      const reach = Math.floor(Math.sqrt(radius * radius - (middle - y) ** 2));
      this.#touch(row, x - reach, x + reach);
    });
  }

  /** The rectangle from one place to another, `radius` to either side. */
  #band(x0, y0, x1, y1, radius) {
    const dx = x1 - x0, dy = y1 - y0, squared = dx * dx + dy * dy;
    if (!squared) return;
    const aside = Math.floor(Math.sqrt(radius * radius * squared));
    this.#eachRow(Math.min(y0, y1) - radius, Math.max(y0, y1) + radius, (row, middle) => {
      // With u = x - x0: beside the line |u dy - down dx| <= radius * length, along it 0 <= u dx + down dy <= length².
      const down = middle - y0;
      const beside = solve(dy, down * dx - aside, down * dx + aside);
      const along = solve(dx, -down * dy, squared - down * dy);
      this.#touch(row, x0 + Math.max(beside[0], along[0]), x0 + Math.min(beside[1], along[1]));
    });
  }

  /** Calls `visit` for each row whose pixels' centres lie between two heights, with the row and their height, in grains. */
  #eachRow(low, high, visit) {
    const first = Math.max(0, Math.ceil((low - GRAINS / 2) / GRAINS));
    const last = Math.min(CANVAS_HEIGHT - 1, Math.floor((high - GRAINS / 2) / GRAINS));
    for (let row = first; row <= last; row++) visit(row, row * GRAINS + GRAINS / 2);
  }

  /** Marks the pixels of a row whose centres lie from `left` to `right`, in grains. */
  #touch(row, left, right) {
    const first = Math.max(0, Math.ceil((left - GRAINS / 2) / GRAINS));
    const last = Math.min(CANVAS_WIDTH - 1, Math.floor((right - GRAINS / 2) / GRAINS));
    if (first <= last) this.touched.fill(1, row * CANVAS_WIDTH + first, row * CANVAS_WIDTH + last + 1);
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

/**
 * The least and the greatest whole u with low <= factor * u <= high; where there is none the least is greater. A quotient of
 * whole numbers below 2^53 is never rounded up to a whole one, so its floor and ceiling are exact.
 * @returns {[number, number]}
 */
function solve(factor, low, high) {
  if (factor > 0) return [Math.ceil(low / factor), Math.floor(high / factor)];
  if (factor < 0) return [Math.ceil(high / factor), Math.floor(low / factor)];
  return low <= 0 && high >= 0 ? [-Infinity, Infinity] : [Infinity, -Infinity];
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
