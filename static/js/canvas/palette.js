/** What the toolbar offers. */

/** Twenty-six colours; a twenty-seventh place in the toolbar is for one of the player's own. */
export const COLORS = [
  ['Black', '#16182c'], ['Slate', '#4b5063'], ['Grey', '#7c8090'], ['Silver', '#c9ccd6'], ['White', '#ffffff'],
  ['Wine', '#8f1d2c'], ['Red', '#e03131'], ['Coral', '#ff7a66'], ['Orange', '#f47b20'], ['Amber', '#ffab1a'],
  ['Yellow', '#ffd43b'], ['Cream', '#fff3bf'], ['Peach', '#ffd3b0'], ['Sand', '#d9a066'], ['Brown', '#7a4a26'],
  ['Umber', '#4a2c17'], ['Forest', '#14532d'], ['Green', '#2f9e44'], ['Lime', '#9bd636'], ['Teal', '#159a8c'],
  ['Sky', '#74c7f5'], ['Blue', '#2b5ce6'], ['Navy', '#1c2a73'], ['Violet', '#8a3fd1'], ['Lilac', '#c9a7f0'], ['Pink', '#f783ac'],
];

/** Stroke widths in logical pixels, keys 1 to 5; the slider has all from 2 to 60. */
export const SIZES = [4, 9, 18, 34, 60];

export const PAPER = { red: 255, green: 255, blue: 255, alpha: 255 };

/** @param {string} hex @returns {import('../ink.js').Color} */
export function colorFromHex(hex) {
  const value = parseInt(hex.slice(1), 16);
  return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255, alpha: 255 };
}
