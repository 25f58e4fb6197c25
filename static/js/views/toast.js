/** A line that appears for a few seconds, and the banner that stays while something lasts. */

import { h, setText } from '../dom.js';

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

const sentence = h('span', { role: 'status' });
// It counts seconds, which nobody wants to hear.
const detail = h('span', { 'aria-hidden': 'true' });
const button = h('button', { testid: 'banner-button', type: 'button', on: { click: () => onClick() } });
let onClick = () => {};

/** The game gives way to the banner. */
function makeRoom(height) {
  document.documentElement.style.setProperty('--banner', `${height}px`);
}

/** @param {{sentence: string, detail?: string, button: string, onClick: () => void}} what  `detail` may change often */
export function showBanner(what) {
  const banner = document.getElementById('banner');
  if (!banner.hasChildNodes()) banner.append(sentence, ' ', detail, ' ', button);
  setText(sentence, what.sentence);
  setText(detail, what.detail ?? '');
  setText(button, what.button);
  onClick = what.onClick;
  banner.hidden = false;
  makeRoom(banner.offsetHeight);
}

export function hideBanner() {
  document.getElementById('banner').hidden = true;
  makeRoom(0);
}
