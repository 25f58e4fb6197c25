/** A player's face on a spot of the player's colour. */

import { h, svg } from '../dom.js';
import { FACE_COLORS, FIELD, decodeFace, faceOf } from '../faces.js';

const ROBOT = 'a6GqGqqGqGGAGAZ aGGGZ aPQPT aiQiT aRdid aZ6ZG aV3d3';

/** The colour of a player, which nobody else in the room has. @param {number} colour  0-23 */
export function spotOf(colour) {
  // A third of a turn each time: neighbours in the list differ most.
  return `hsl(${(colour * 137.5 + 48) % 360} ${colour < 12 ? 82 : 55}% ${colour < 12 ? 76 : 84}%)`;
}

/** @param {{id: string, is_ai: boolean, colour: number, avatar: string}} player */
export function avatar({ id, is_ai, colour, avatar: drawn }) {
  const face = drawn || is_ai ? decodeFace(drawn || ROBOT) : faceOf(id);
  return h('span', { class: is_ai ? 'avatar is-ai' : 'avatar', style: `--spot: ${spotOf(colour)}`, 'aria-hidden': 'true' }, facePicture(face));
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
  return h('span', { class: 'ai-badge', text: 'AI', title: 'Drawn and guessed by a program' });
}
