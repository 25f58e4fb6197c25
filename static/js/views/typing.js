/** Keys that are pressed anywhere: a guess starts with its first letter, without a click; the tools' keys work while one draws. */

/**
 * @param {HTMLInputElement} input  where typed letters go
 * @param {(event: KeyboardEvent) => boolean} pressTool  says whether the key was one of the tools' now
 * @returns {() => void} ends it
 */
export function listenToKeys(input, pressTool) {
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const { key } = event, target = /** @type {Element} */ (event.target);
    const types = target.closest?.('input:not([type="range"], [type="checkbox"], [type="color"]), select, textarea');
    if (types || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    if (pressTool(event)) {
      event.preventDefault();
      return;
    }
    // Space presses the button that has the focus.
    const isLetter = key.length === 1 && !(key === ' ' && target.closest?.('button, summary, a'));
    if (isLetter && !input.closest('[hidden]')) input.focus({ preventScroll: true });
  }
}
