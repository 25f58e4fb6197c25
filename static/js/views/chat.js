/** The chat, which is where guesses are typed. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { CHAT_LENGTH } from '../limits.js';
import { isDrawer, isWatching, playerById } from '../state/questions.js';

/** Nearer to the end than this many pixels, the log follows what is new. */
const NEAR_END = 60;

/** @param {{say(text: string): void}} actions */
export function chatPanel(actions) {
  const log = h('ol', { testid: 'chat-log', class: 'chat-log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Chat and guesses', tabIndex: 0 });
  const input = h('input', {
    testid: 'chat-input', type: 'text', maxLength: CHAT_LENGTH, autocomplete: 'off', autocapitalize: 'none', enterKeyHint: 'send',
  });
  const form = h('form', { class: 'chat-form', on: { submit: send } },
    input, h('button', { type: 'submit', class: 'icon-button', 'aria-label': 'Send' }, icon('send')));
  let lastId = 0;

  function send(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text) actions.say(text);
    input.value = '';
  }

  return {
    element: h('section', { class: 'chat', 'aria-label': 'Chat' }, log, form),
    input,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      input.placeholder = prompt(state);
      input.setAttribute('aria-label', prompt(state));
      const news = state.log.filter(({ id }) => id > lastId);
      if (!news.length) return;
      const follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
      log.append(...news.map(toItem));
      while (log.childElementCount > state.log.length) log.firstElementChild.remove();
      lastId = news.at(-1).id;
      if (follows || news.at(-1).isYours) log.scrollTop = log.scrollHeight;
    },
    /** Goes to the newest line, for when the panel's size has changed. */
    scrollToEnd() {
      log.scrollTop = log.scrollHeight;
    },
  };
}

function toItem({ kind, author, isYours, text }) {
  return h('li', { class: `line line-${kind}${isYours ? ' is-yours' : ''}` },
    author && h('span', { class: 'author', text: author, dir: 'auto' }),
    author && ' ',
    kind === 'whisper' && h('span', { class: 'visually-hidden', text: '(whispers) ' }),
    h('span', { text, dir: 'auto' }));
}

function prompt(state) {
  if (state.phase !== 'drawing') return 'Say something';
  if (isWatching(state)) return 'Talk to those who know the word';
  const knowsWord = isDrawer(state) || playerById(state, state.you)?.guessed;
  return knowsWord ? 'Whisper about the word' : 'Type your guess';
}
