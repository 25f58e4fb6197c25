/** The card before a room: asks for a nickname, or says why the player is not in the room and what to do. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { PASSWORD_LENGTH } from '../limits.js';
import { nicknameField } from './nickname_field.js';
import { wordmark } from './wordmark.js';

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.sentence
 * @param {string} options.button      what the button says
 * @param {boolean} [options.asksName] whether the nickname is asked for
 * @param {boolean} [options.asksPassword] whether the room's password is asked for
 * @param {(password?: string) => void} options.onEnter
 * @param {() => void} options.goHome
 */
export function joinScreen({ title, sentence, button, asksName = false, asksPassword = false, onEnter, goHome }) {
  const nickname = asksName ? nicknameField() : null;
  const password = asksPassword
    ? h('input', { testid: 'password', type: 'password', maxLength: PASSWORD_LENGTH, autocomplete: 'off', required: true })
    : null;
  const enter = (event) => {
    event.preventDefault();
    if (!nickname || nickname.take()) onEnter(password?.value);
  };
  const element = h('div', { class: 'join' },
    wordmark({ tag: 'p' }),
    h('form', { class: 'card entry', on: { submit: enter } },
      h('h1', { text: title }),
      h('p', { text: sentence }),
      nickname?.element,
      password && h('div', { class: 'field' }, h('label', { htmlFor: 'password', text: t('enter.password') }), password),
      h('button', { testid: 'enter-room', type: 'submit', class: 'primary big', text: button }),
      h('button', { type: 'button', class: 'plain', text: t('enter.home'), on: { click: goHome } })));
  return { element, focus: () => (nickname?.input ?? password)?.focus() };
}

/** Shown for the moment between the link and the room. */
export function waitingScreen() {
  return { element: h('div', { class: 'join' }, wordmark({ tag: 'p', writes: true }), h('p', { class: 'quiet', role: 'status', text: t('enter.going_in') })) };
}
