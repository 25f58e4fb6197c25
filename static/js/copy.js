/** Copies text. On a LAN the page comes over plain http, where `navigator.clipboard` does not exist. */

/** @param {string} text @returns {Promise<boolean>} whether it worked */
export async function copyText(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused: the old way may still work.
    }
  }
  return copyTheOldWay(text);
}

function copyTheOldWay(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  focused?.focus?.();
  return copied;
}
