/** Shows a word as separate letters, with a line for each that is hidden and the length beside each part. */

import { h } from '../dom.js';

/**
 * @param {HTMLElement} element  gets the class "word" from its maker
 * @param {string} text  `_` for a hidden letter
 */
export function showWord(element, text) {
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  if (!text) {
    element.replaceChildren();
    element.removeAttribute('aria-label');
    return;
  }
  element.dir = 'auto';
  const parts = text.split(' ');
  const longest = Math.max(...parts.map((part) => part.length));
  // A long phrase may break between its words; the letters are sized so that two lines of it fit.
  element.style.setProperty('--letters', String(text.length > 14 ? Math.max(longest, Math.ceil(text.length / 2)) : text.length));
  element.replaceChildren(...parts.flatMap((part, index) => [
    index ? ' ' : '',
    h('span', { class: 'word-part', 'data-length': text.includes('_') ? countLetters(part) : '' }, ...[...part].map(letterSpan)),
  ]));
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', describe(text, parts));
}

function letterSpan(letter) {
  return h('span', { class: letter === '_' ? 'letter hidden' : 'letter', text: letter });
}

function countLetters(part) {
  return [...part].filter((letter) => !"-'’+".includes(letter)).length || '';
}

function describe(text, parts) {
  if (text === '?') return 'A word of unknown length';
  if (!text.includes('_')) return text;
  const lengths = parts.map(countLetters).filter(Boolean).join(' and ');
  return `A word of ${lengths} letters: ${[...text].map((letter) => ({ _: 'blank', ' ': 'space' })[letter] ?? letter).join(', ')}`;
}
