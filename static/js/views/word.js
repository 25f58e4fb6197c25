/** Shows a word as separate letters, with a line for each that is hidden and the length beside each part. */

import { h } from '../dom.js';
import { t } from '../i18n.js';

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
  element.setAttribute('aria-label', describeWord(text));
}

function letterSpan(letter) {
  return h('span', { class: letter === '_' ? 'letter hidden' : 'letter', text: letter });
}

function countLetters(part) {
  return [...part].filter((letter) => !"-'’+".includes(letter)).length || '';
}

/** A word with its blanks, to be read out. @param {string} text  `_` for a hidden letter */
export function describeWord(text) {
  if (text === '?') return t('word.unknown');
  if (!text.includes('_')) return text;
  const lengths = text.split(' ').map(countLetters).filter(Boolean).join(t('word.and'));
  const names = { _: t('word.blank'), ' ': t('word.space') };
  return t('word.letters', { lengths, spelled: [...text].map((letter) => names[letter] ?? letter).join(', ') });
}
