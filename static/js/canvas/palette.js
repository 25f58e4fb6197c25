/** What the toolbar offers. */

/** Twenty-six colours by name (a key of the language files); a twenty-seventh place in the toolbar is for one of the player's own. */
export const COLORS = [
  ['black', '#16182c'], ['slate', '#4b5063'], ['grey', '#7c8090'], ['silver', '#c9ccd6'], ['white', '#ffffff'],
  ['wine', '#8f1d2c'], ['red', '#e03131'], ['coral', '#ff7a66'], ['orange', '#f47b20'], ['amber', '#ffab1a'],
  ['yellow', '#ffd43b'], ['cream', '#fff3bf'], ['peach', '#ffd3b0'], ['sand', '#d9a066'], ['brown', '#7a4a26'],
  ['umber', '#4a2c17'], ['forest', '#14532d'], ['green', '#2f9e44'], ['lime', '#9bd636'], ['teal', '#159a8c'],
  ['sky', '#74c7f5'], ['blue', '#2b5ce6'], ['navy', '#1c2a73'], ['violet', '#8a3fd1'], ['lilac', '#c9a7f0'], ['pink', '#f783ac'],
];

/** Those with a key of their own. */
export const QUICK_COLORS = ['black', 'red', 'green', 'blue'];

/** Stroke widths in logical pixels, keys 1 to 5; the slider has all from 2 to 60. */
export const SIZES = [4, 9, 18, 34, 60];

export const PAPER = { red: 255, green: 255, blue: 255, alpha: 255 };

/** @param {string} hex @returns {import('../ink.js').Color} */
export function colorFromHex(hex) {
  const value = parseInt(hex.slice(1), 16);
  return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255, alpha: 255 };
}
