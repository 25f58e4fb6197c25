/** Numbers as people read them. */

/** Seconds to a tenth. @param {number} seconds */
export function tenths(seconds) {
  return Number(seconds.toFixed(1));
}

/** A part as a percentage in the page's language. @param {number} part  0 to 1 */
export function percent(part) {
  return part.toLocaleString(document.documentElement.lang, { style: 'percent' });
}

/** A day or a time as a day. @param {string} iso @param {Intl.DateTimeFormatOptions} [style] */
export function dayOf(iso, style = { dateStyle: 'long' }) {
  return new Date(iso).toLocaleDateString(document.documentElement.lang, style);
}
