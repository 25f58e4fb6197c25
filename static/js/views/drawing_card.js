/** A drawing among others: its picture with the word, who drew it, and how many liked it. Grids of them, which grow. */

import { thumbnailPath } from '../drawings_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { aiBadge } from './avatar.js';

/**
 * @param {import('../drawings_api.js').DrawingCard} drawing
 * @param {...(Node | null | false)} extras  below it
 */
export function drawingCard({ key, word, drawer, drawer_is_ai, likes }, ...extras) {
  return h('li', { class: 'drawing-card', 'data-key': key },
    h('a', { href: `/drawing/${encodeURIComponent(key)}` },
      h('img', { src: thumbnailPath(key), alt: '', loading: 'lazy', width: 400, height: 300 }),
      h('b', { class: 'card-word', text: word, dir: 'auto' })),
    h('p', { class: 'card-line' }, byLine(drawer, drawer_is_ai), likes > 0 && likeCount(likes)),
    ...extras);
}

/** Who drew it. @param {string} drawer @param {boolean} isAi */
export function byLine(drawer, isAi) {
  return h('span', { class: 'by' }, h('span', { class: 'player-name', text: drawer || t('drawing.somebody'), dir: 'auto' }), isAi && aiBadge());
}

/** @param {number} likes */
export function likeCount(likes) {
  return h('span', { class: 'likes' }, icon('up'), h('span', { 'aria-hidden': 'true', text: likes.toLocaleString() }),
    h('span', { class: 'visually-hidden', text: t('drawing.likes', { n: likes }) }));
}

/** @param {Node[]} cards */
export function drawingGrid(cards) {
  return h('ul', { testid: 'drawing-grid', class: 'drawing-grid' }, ...cards);
}
