/** The front door: pick a nickname, open a room or join one, see who draws best. */

import { createLobby } from '../api.js';
import { h } from '../dom.js';
import { leaderboard } from './leaderboard.js';
import { nicknameField } from './nickname_field.js';
import { sketchpad } from './sketchpad.js';
import { wordmark } from './wordmark.js';

/**
 * @param {object} options
 * @param {string} options.notice  why the player is here again; '' if for no special reason
 * @param {(code: string) => void} options.goToRoom
 */
export function homeScreen({ notice, goToRoom }) {
  const nickname = nicknameField();
  const problem = h('p', { class: 'notice', role: 'alert', text: notice, hidden: !notice });
  const complain = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = false;
  };

  const create = h('button', { testid: 'create-room', type: 'submit', class: 'primary big', text: 'Create a private room' });
  const createForm = h('form', { class: 'create-form', on: { submit: openRoom } }, nickname.element, create);
  const code = h('input', {
    testid: 'join-code', type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: false, placeholder: 'Code or invite link',
  });
  const joinForm = h('form', { class: 'join-form', on: { submit: joinRoom } },
    h('label', { htmlFor: 'join-code', text: 'Or join a room' }),
    h('div', { class: 'join-row' }, code, h('button', { testid: 'join-room', type: 'submit', text: 'Join' })));

  async function openRoom(event) {
    event.preventDefault();
    if (!nickname.take()) return complain('Pick a nickname first, so that the others know who you are.');
    create.disabled = true;
    try {
      goToRoom((await createLobby()).code);
    } catch (error) {
      create.disabled = false;
      complain(error.message);
    }
  }

  function joinRoom(event) {
    event.preventDefault();
    const wanted = codeFrom(code.value);
    if (!wanted) {
      code.focus();
      return complain('Type the code of the room, or paste its invite link.');
    }
    if (nickname.take()) goToRoom(wanted);
    else complain('Pick a nickname first, so that the others know who you are.');
  }

  const pad = sketchpad();
  const element = h('div', { class: 'home' },
    h('section', { class: 'welcome' },
      wordmark({ writes: true }),
      h('p', { class: 'pitch' }, 'An AI artist draws a secret word, stroke by stroke. ', h('mark', { text: 'Guess it first' }), ', then draw your own.'),
      h('div', { class: 'card entry' }, problem, createForm, joinForm)),
    pad.element,
    leaderboard());
  return { element, close: pad.close };
}

/** People paste whole links where a code is asked for. */
function codeFrom(text) {
  const trimmed = text.trim();
  return trimmed.match(/\/r\/([^/?#\s]+)/)?.[1] ?? trimmed;
}
