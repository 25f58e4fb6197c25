/** The name, written by hand: one or two strokes a letter, which may write themselves. */

import { h, svg } from '../dom.js';

/** Paths in a box of 498 x 108; "Gues" and "stroke" differ in colour, to be read as both. */
const LETTERS = [
  ['ink', 'M66 28C54 6 10 6 10 48C10 90 62 92 67 56C60 54 52 54 40 55'],
  ['ink', 'M88 42C84 64 86 83 101 82C115 81 121 64 123 42C121 62 122 76 131 81'],
  ['ink', 'M144 63C162 64 176 58 173 48C169 35 143 38 143 61C143 87 168 86 178 72'],
  ['ink', 'M213 47C203 36 186 41 188 52C190 63 214 60 212 73C210 87 189 84 184 74'],
  ['blue', 'M252 47C242 36 225 41 227 52C229 63 253 60 251 73C249 87 228 84 223 74'],
  ['blue', 'M288 18C284 42 281 62 284 73C287 85 298 83 304 75M270 43C282 41 294 40 306 40'],
  ['blue', 'M320 42C323 56 322 70 321 82M322 62C325 46 336 38 347 44'],
  ['blue', 'M373 41C349 40 348 83 372 83C397 83 398 42 373 41'],
  ['blue', 'M411 14C409 40 408 62 409 82M438 43C428 53 420 59 411 62C423 64 430 74 442 82'],
  ['blue', 'M454 63C472 64 486 58 483 48C479 35 453 38 453 61C453 87 478 86 488 72'],
];
const UNDERLINE = 'M226 98C290 92 380 91 488 96';

/** @param {{tag?: string, writes?: boolean}} [options]  `writes`: the letters appear one after the other */
export function wordmark({ tag = 'h1', writes = false } = {}) {
  const strokes = [['highlight', UNDERLINE], ...LETTERS].map(([pen, d], index) => {
    // The underline is painted first, below the letters, and drawn last.
    const turn = index || LETTERS.length + 1;
    const path = svg('path', { d, class: `pen-${pen}`, pathLength: 1 });
    path.style.setProperty('--turn', String(turn)); // an attribute would be an inline style, which the page's policy forbids
    return path;
  });
  const picture = svg('svg', { viewBox: '0 0 498 108', 'aria-hidden': 'true' }, ...strokes);
  return h(tag, { class: writes ? 'wordmark writes' : 'wordmark' }, h('span', { class: 'visually-hidden', text: 'Guesstroke' }), picture);
}
