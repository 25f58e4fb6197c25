/** The card before a room: asks for a nickname, or says why the player is not in the room and what to do. */

import { h } from '../dom.js';
import { nicknameField } from './nickname_field.js';
import { wordmark } from './wordmark.js';

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.sentence
 * @param {string} options.button      what the button says
 * @param {boolean} [options.asksName] whether the nickname is asked for
 * @param {() => void} options.onEnter
 * @param {() => void} options.goHome
 */
export function joinScreen({ title, sentence, button, asksName = false, onEnter, goHome }) {
  const nickname = asksName ? nicknameField() : null;
  const enter = (event) => {
    event.preventDefault();
    if (!nickname || nickname.take()) onEnter();
  };
  const element = h('div', { class: 'join' },
    wordmark({ tag: 'p' }),
    h('form', { class: 'card entry', on: { submit: enter } },
      h('h1', { text: title }),
      h('p', { text: sentence }),
      nickname?.element,
      h('button', { testid: 'enter-room', type: 'submit', class: 'primary big', text: button }),
      h('button', { type: 'button', class: 'plain', text: 'To the front page', on: { click: goHome } })));
  return { element, focus: () => nickname?.input.focus() };
}

/** Shown for the moment between the link and the room. */
export function waitingScreen() {
  return { element: h('div', { class: 'join' }, wordmark({ tag: 'p', writes: true }), h('p', { class: 'quiet', role: 'status', text: 'Going in…' })) };
}
