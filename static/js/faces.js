/**
 * Players' faces as strokes: generated from a seed, or drawn by the player; the mirror of game/rules/avatar.py.
 *
 * @typedef {{color: number, points: [number, number][]}} FaceStroke  `color` 0-9; points on a field of 64 by 64
 */

import { AVATAR_LENGTH } from './limits.js';

export const FIELD = 64;
export const FACE_COLORS = ['#1b1f3b', '#d33a2c', '#ee7f22', '#f5c518', '#1e7d4f', '#2743d2', '#8a3fd1', '#ec6f9c', '#7a4a26', '#ffffff'];
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
const MAX_STROKES = 64;

/** @param {FaceStroke[]} strokes @returns {string} */
export function encodeFace(strokes) {
  return strokes.map(({ color, points }) => String.fromCharCode(97 + color) + points.flat().map((value) => ALPHABET[clamp(value)]).join('')).join(' ');
}

/** @param {string} text @returns {FaceStroke[]} */
export function decodeFace(text) {
  return text.split(' ').filter(Boolean).map((stroke) => {
    /** @type {[number, number][]} */
    const points = [];
    for (let at = 1; at + 1 < stroke.length; at += 2) points.push([ALPHABET.indexOf(stroke[at]), ALPHABET.indexOf(stroke[at + 1])]);
    return { color: stroke.charCodeAt(0) - 97, points };
  });
}

/** Whether a face is small enough to be sent. @param {FaceStroke[]} strokes */
export function fitsTheWire(strokes) {
  return strokes.length <= MAX_STROKES && encodeFace(strokes).length <= AVATAR_LENGTH;
}

/** A face that is always the same for the same seed: hair, eyes, nose, mouth, perhaps glasses or a hat. @returns {FaceStroke[]} */
export function faceOf(seed) {
  const next = generator(seed);
  const pick = (...choices) => choices[Math.floor(next() * choices.length)];
  const hair = pick(0, 0, 8, 8, 2, 1, 6), wobble = () => (next() - 0.5) * 3;
  const eyeY = 28 + wobble(), apart = 9 + 3 * next(), mouthY = 45 + wobble();
  /** @type {FaceStroke[]} */
  const strokes = [];
  const add = (color, ...points) => strokes.push({ color, points });
  const arc = (color, x, y, rx, ry, from, to, steps = 12) =>
    add(color, ...Array.from({ length: steps + 1 }, (_, i) => {
      const angle = (from + ((to - from) * i) / steps) * Math.PI;
      return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
    }));
  arc(0, 32, 34, 20 + wobble(), 23 + wobble(), 0, 2, 22);
  switch (pick('curls', 'fringe', 'spikes', 'bald', 'hat', 'bun')) {
    case 'curls': for (let x = 14; x <= 50; x += 7) arc(hair, x, 15 - 4 * Math.sin(((x - 14) / 36) * Math.PI), 4.5, 4.5, 0, 2, 9); break;
    case 'fringe': for (let x = 15; x <= 49; x += 4) add(hair, [x, 14 - 5 * Math.sin(((x - 15) / 34) * Math.PI)], [x + wobble(), 22 + wobble()]); break;
    case 'spikes': add(hair, ...Array.from({ length: 9 }, (_, i) => [13 + 4.8 * i, i % 2 ? 3 + wobble() : 17 - 4 * Math.sin((i / 8) * Math.PI)])); break;
    case 'hat': add(pick(1, 5, 4), [10, 18], [54, 18], [46, 16], [44, 4], [20, 4], [18, 16]); break;
    case 'bun': arc(hair, 32, 6, 7, 5, 0, 2); arc(hair, 32, 22, 19, 10, 1, 2); break;
  }
  for (const side of [-1, 1]) {
    const x = 32 + side * apart;
    switch (pick('dot', 'ring', 'closed')) {
      case 'dot': arc(0, x, eyeY, 1.2, 1.2, 0, 2, 6); break;
      case 'ring': arc(0, x, eyeY, 3.4, 3.4, 0, 2, 9); arc(0, x, eyeY, 0.8, 0.8, 0, 2, 5); break;
      case 'closed': arc(0, x, eyeY - 1, 3.5, 2.5, 0, 1, 6); break;
    }
  }
  if (next() < 0.3) {
    for (const side of [-1, 1]) arc(5, 32 + side * apart, eyeY, 6.5, 6, 0, 2, 12);
    add(5, [32 - apart + 6.5, eyeY], [32 + apart - 6.5, eyeY]);
  }
  pick(() => add(0, [32, 33], [30, 38], [33, 39]), () => arc(0, 32, 36, 2.5, 2, 0, 1, 5), () => arc(1, 32, 36, 3, 3, 0, 2, 8))();
  pick(
    () => arc(1, 32, mouthY - 2, 9, 5, 0.1, 0.9), () => arc(1, 32, mouthY, 4, 3, 0, 2, 9), () => add(1, [25, mouthY], [39, mouthY + wobble()]),
    () => { arc(1, 32, mouthY - 3, 10, 7, 0, 1); add(1, [22, mouthY - 3], [42, mouthY - 3]); },
  )();
  return strokes;
}

/** Numbers in 0..1 that follow from the seed (mulberry32). */
function generator(seed) {
  let state = [...seed].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 2654435761), 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function clamp(value) {
  return Math.min(FIELD - 1, Math.max(0, Math.round(value)));
}
