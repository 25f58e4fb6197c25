/** The name, written by hand: one or two strokes a letter, which may write themselves. */

import { h, svg } from '../dom.js';

/** Paths in a box of 460 x 104; "Gues" and "stroke" share the name, so they differ in colour. */
const LETTERS = [
  ['ink', 'M66 28C54 6 10 6 10 48C10 90 62 92 67 56C60 54 52 54 40 55'],
  ['ink', 'M88 42C84 64 86 83 101 82C115 81 121 64 123 42C121 62 122 76 131 81'],
  ['ink', 'M144 63C162 64 176 58 173 48C169 35 143 38 143 61C143 87 168 86 178 72'],
  ['blue', 'M216 47C206 36 189 41 191 52C193 63 217 60 215 73C213 87 192 84 187 74'],
  ['blue', 'M252 18C248 42 245 62 248 73C251 85 262 83 268 75M234 43C246 41 258 40 270 40'],
  ['blue', 'M284 42C287 56 286 70 285 82M286 62C289 46 300 38 311 44'],
  ['blue', 'M337 41C313 40 312 83 336 83C361 83 362 42 337 41'],
  ['blue', 'M375 14C373 40 372 62 373 82M402 43C392 53 384 59 375 62C387 64 394 74 406 82'],
  ['blue', 'M418 63C436 64 450 58 447 48C443 35 417 38 417 61C417 87 442 86 452 72'],
];
const UNDERLINE = 'M188 97C250 91 340 90 452 95';

/** @param {{tag?: string, writes?: boolean}} [options]  `writes`: the letters appear one after the other */
export function wordmark({ tag = 'h1', writes = false } = {}) {
  const strokes = [['highlight', UNDERLINE], ...LETTERS].map(([pen, d], index) => {
    // The underline is painted first, below the letters, and drawn last.
    const turn = index || LETTERS.length + 1;
    return svg('path', { d, class: `pen-${pen}`, pathLength: 1, style: `--turn: ${turn}` });
  });
  const picture = svg('svg', { viewBox: '0 0 462 108', 'aria-hidden': 'true' }, ...strokes);
  return h(tag, { class: writes ? 'wordmark writes' : 'wordmark' }, h('span', { class: 'visually-hidden', text: 'Guesstroke' }), picture);
}
