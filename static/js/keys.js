/** The keys of the drawing tools: what each stands for, by custom or by the player's own choice. */

import { QUICK_COLORS, SIZES } from './canvas/palette.js';
import { memory } from './memory.js';

/** @type {Record<string, string>} the usual key of each action */
const USUAL = {
  brush: 'b', eraser: 'e', line: 'l', fill: 'f', dropper: 'i', undo: 'u', redo: 'r', clear: 'c', thinner: '[', thicker: ']',
  ...Object.fromEntries(SIZES.map((_, index) => [`size_${index + 1}`, String(index + 1)])),
  ...Object.fromEntries(QUICK_COLORS.map((name, index) => [`colour_${name}`, String(SIZES.length + 1 + index)])),
  help: '?',
};

export const ACTIONS = Object.keys(USUAL);

/** @param {string} action @returns {string} */
export function keyOf(action) {
  return memory.keys[action] ?? USUAL[action];
}

/** @param {string} key  as the browser names it @returns {string | undefined} */
export function actionOf(key) {
  return ACTIONS.find((action) => keyOf(action) === key.toLowerCase());
}

/**
 * Gives an action another key.
 * @returns {string | undefined} the action that has this key already; then nothing changes
 */
export function bind(action, key) {
  const holder = actionOf(key);
  if (holder && holder !== action) return holder;
  memory.keys = { ...memory.keys, [action]: key.toLowerCase() };
  return undefined;
}

export function unbindAll() {
  memory.keys = {};
}

/** A key as it is written on keyboards. */
export function keyName(key) {
  return key === ' ' ? '␣' : key.length === 1 ? key.toUpperCase() : key;
}
