/** A player's face on a spot of the player's colour. */

import { h, svg } from '../dom.js';
import { FACE_COLORS, FIELD, decodeFace, faceOf } from '../faces.js';
import { t } from '../i18n.js';

const ROBOT = 'a6GqGqqGqGGAGAZ aGGGZ aPQPT aiQiT aRdid aZ6ZG aV3d3';

/** Tints of the eight colours that people with any colour vision can tell apart (Okabe and Ito 2008). */
const TINTS = ['#f6c65b', '#8fd0f5', '#6fd0af', '#f5ee8a', '#7fb2dd', '#f2a46f', '#e6a9cb', '#d2d2cc'];
const PATTERNS = ['', ' has-stripes', ' has-dots'];

/**
 * Colour and pattern together are this player's alone.
 * @param {{id: string, is_ai: boolean, colour: number, avatar: string}} player  `colour`: 0-23
 */
export function avatar({ id, is_ai, colour, avatar: drawn }) {
  const face = drawn || is_ai ? decodeFace(drawn || ROBOT) : faceOf(id);
  const spot = is_ai ? ' is-ai' : PATTERNS[Math.floor(colour / TINTS.length) % PATTERNS.length];
  return h('span', { class: `avatar${spot}`, style: `--spot: ${TINTS[colour % TINTS.length]}`, 'aria-hidden': 'true' }, facePicture(face));
}

/** @param {import('../faces.js').FaceStroke[]} strokes */
export function facePicture(strokes) {
  return svg('svg', { viewBox: `-2 -2 ${FIELD + 4} ${FIELD + 4}`, class: 'face' }, ...strokes.map(faceStroke));
}

/** @param {import('../faces.js').FaceStroke} stroke */
export function faceStroke({ color, points }) {
  const path = points.map(([x, y], index) => `${index ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  // A dot is a line of no length, which round caps make visible.
  return svg('path', { d: points.length > 1 ? path : `${path}h.01`, stroke: FACE_COLORS[color] ?? FACE_COLORS[0] });
}

export function aiBadge() {
  return h('span', { class: 'ai-badge', text: 'AI', title: t('players.ai') });
}
