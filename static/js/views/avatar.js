/** A player's face: the first letter on a spot of a colour that follows from the id. */

import { h } from '../dom.js';

const SPOTS = ['#ffd166', '#9ad1f5', '#f7a8c0', '#a5dba0', '#f6b184', '#c9b6f2', '#8fd9cf', '#e6d36b'];

/** @param {{id: string, nickname: string, is_ai: boolean}} player */
export function avatar({ id, nickname, is_ai }) {
  const sum = [...id].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 7);
  const letter = is_ai ? '✎' : [...nickname][0]?.toUpperCase() ?? '?';
  return h('span', { class: is_ai ? 'avatar is-ai' : 'avatar', text: letter, style: `--spot: ${SPOTS[sum % SPOTS.length]}`, 'aria-hidden': 'true' });
}

export function aiBadge() {
  return h('span', { class: 'ai-badge', text: 'AI', title: 'Drawn and guessed by a program' });
}
