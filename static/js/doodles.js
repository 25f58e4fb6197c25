/**
 * What the home page's sketch pad shows: drawings of the artist's own, whose words are in the language of the page. They are some of the
 * sixty that docs/artist.md shows, as `guesstroke artist evaluate` keeps them, in the colours that the game gives them.
 */

import { colorFromHex } from './canvas/palette.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from './limits.js';

/** How fast the pad draws, in logical pixels per millisecond. */
const SPEED = 0.6;
const LEFT = (CANVAS_WIDTH - CANVAS_HEIGHT) / 2;

/**
 * @param {string} language
 * @returns {Promise<{word: string, curves: import('./ink.js').CurveRecord[]}[]>}
 */
export async function doodles(language) {
  const response = await fetch(new URL('../drawings/home.json', import.meta.url));
  const drawings = await response.json();
  return drawings.map(({ words, strokes }) => ({ word: words[language] ?? words.en, curves: strokes.map(toCurve) }));
}

/** A stroke's points are thousandths of the side of the artist's square picture, which lies in the middle of the canvas. */
function toCurve([hex, width, flat], index) {
  const points = flat.map((value, at) => (value / 1000) * CANVAS_HEIGHT + (at % 2 ? 0 : LEFT));
  let reach = 0;
  for (let at = 2; at < points.length; at += 2) reach += Math.hypot(points[at] - points[at - 2], points[at + 1] - points[at - 1]);
  const milliseconds = 120 + reach / SPEED;
  return { op: 'curve', stroke: index + 1, color: colorFromHex(hex), width: (width / 1000) * CANVAS_HEIGHT, milliseconds, points };
}
