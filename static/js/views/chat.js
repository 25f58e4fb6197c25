/** The chat, which is where guesses are typed. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { CHAT_LENGTH } from '../limits.js';
import { isDrawer, isImitation, isWatching, playerById } from '../state/questions.js';
import { thoughtsPlot } from './thoughts.js';

/** Nearer to the end than this many pixels, the log follows what is new. */
const NEAR_END = 60;

/** @param {{say(text: string): void}} actions */
export function chatPanel(actions) {
  const log = h('div', { testid: 'chat-log', class: 'chat-log', role: 'log', 'aria-live': 'polite', 'aria-label': t('chat.log'), tabIndex: 0 });
  const input = h('input', {
    testid: 'chat-input', type: 'text', maxLength: CHAT_LENGTH, autocomplete: 'off', autocapitalize: 'none', enterKeyHint: 'send',
  });
  const form = h('form', { class: 'chat-form', on: { submit: send } },
    input, h('button', { type: 'submit', class: 'icon-button', 'aria-label': t('chat.send') }, icon('send')));
  let lastId = 0;
  /** What this player has sent, the last one last; `at` counts back from the end. @type {string[]} */
  const sent = [];
  let at = 0;
  input.addEventListener('keydown', recall);

  function send(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text) {
      actions.say(text);
      sent.push(text);
    }
    at = 0;
    input.value = '';
  }

  /** The arrow up brings back what was sent: a guess is often right but for a letter. */
  function recall(event) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step || event.isComposing || at + step < 0 || at + step > sent.length) return;
    event.preventDefault();
    at += step;
    input.value = at ? sent.at(-at) : '';
    input.setSelectionRange(input.value.length, input.value.length);
  }

  return {
    element: h('section', { class: 'chat', 'aria-label': t('chat.title') }, log, form),
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

/** @param {import('../state/log_lines.js').LogLine} line */
function toItem({ kind, author, isYours, text, thoughts }) {
  if (thoughts) return h('div', { class: `line line-${kind}` }, thoughtsPlot(thoughts));
  return h('p', { class: `line line-${kind}${isYours ? ' is-yours' : ''}` },
    author && h('span', { class: 'author', text: author, dir: 'auto' }),
    author && ' ',
    kind === 'whisper' && h('span', { class: 'visually-hidden', text: `${t('chat.whispers')} ` }),
    h('span', { text, dir: 'auto' }));
}

function prompt(state) {
  if (state.phase !== 'drawing' || isImitation(state)) return t('chat.say');
  if (isWatching(state)) return t('chat.watching');
  const knowsWord = isDrawer(state) || playerById(state, state.you)?.guessed;
  return t(knowsWord ? 'chat.whisper' : 'chat.guess');
}
