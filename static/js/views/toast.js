/** A line that appears for a few seconds, and the banner that stays while something lasts. */

const SHOWN_MS = 5000;
let timer = 0;

/** @param {string} sentence */
export function showToast(sentence) {
  const toast = document.getElementById('toast');
  toast.textContent = sentence;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.hidden = true; }, SHOWN_MS);
}

/** @param {string} sentence  '' takes the banner away */
export function showBanner(sentence) {
  const banner = document.getElementById('banner');
  banner.textContent = sentence;
  banner.hidden = !sentence;
}
