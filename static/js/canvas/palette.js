/** What the toolbar offers. */

/** Nineteen colours: with five sizes they fill three rows of eight on a phone. */
export const COLORS = [
  ['Black', '#16182c'], ['Grey', '#7c8090'], ['Silver', '#c9ccd6'], ['White', '#ffffff'],
  ['Red', '#e03131'], ['Wine', '#8f1d2c'], ['Orange', '#f47b20'], ['Brown', '#7a4a26'],
  ['Sand', '#d9a066'], ['Peach', '#ffd3b0'], ['Yellow', '#ffd43b'], ['Lime', '#9bd636'],
  ['Green', '#2f9e44'], ['Forest', '#14532d'], ['Sky', '#74c7f5'], ['Blue', '#2b5ce6'],
  ['Navy', '#1c2a73'], ['Violet', '#8a3fd1'], ['Pink', '#f783ac'],
];

/** Stroke widths in logical pixels, keys 1 to 5. */
export const SIZES = [4, 9, 18, 34, 64];

export const PAPER = { red: 255, green: 255, blue: 255, alpha: 255 };

/** @param {string} hex @returns {import('../ink.js').Color} */
export function colorFromHex(hex) {
  const value = parseInt(hex.slice(1), 16);
  return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255, alpha: 255 };
}
