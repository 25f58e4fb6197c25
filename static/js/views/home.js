/** The front door: pick a nickname, open a room or join one, see who draws best. */

import { createLobby, quickPlay } from '../api.js';
import { h } from '../dom.js';
import { decodeFace, faceOf } from '../faces.js';
import { memory } from '../memory.js';
import { facePicture } from './avatar.js';
import { openAvatarEditor } from './avatar_editor.js';
import { leaderboard } from './leaderboard.js';
import { nicknameField } from './nickname_field.js';
import { publicRooms } from './public_rooms.js';
import { LANGUAGES } from './settings_form.js';
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

  const face = h('button', {
    testid: 'draw-face', type: 'button', class: 'face-button', 'aria-label': 'Draw your face', title: 'Draw your face', on: { click: () => openAvatarEditor(memory.avatar, setFace) },
  });
  const language = h('select', { testid: 'language', 'aria-label': 'Language of the words', on: { change: () => { memory.language = language.value; } } },
    ...Object.entries(LANGUAGES).map(([code, name]) => h('option', { value: code, text: name })));
  language.value = memory.language || usersLanguage();
  const quick = h('button', { testid: 'quick-play', type: 'submit', value: 'quick', class: 'primary big', text: 'Quick play' });
  const create = h('button', { testid: 'create-room', type: 'submit', value: 'create', class: 'big', text: 'Create a private room' });
  const createForm = h('form', { class: 'create-form', on: { submit: openRoom } },
    h('div', { class: 'who' }, face, nickname.element),
    h('div', { class: 'field' }, h('label', { htmlFor: 'language', text: 'Words in' }), language),
    h('div', { class: 'buttons' }, quick, create));
  setFace(memory.avatar);
  const code = h('input', {
    testid: 'join-code', type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: false, placeholder: 'Code or invite link',
  });
  const joinForm = h('form', { class: 'join-form', on: { submit: joinRoom } },
    h('label', { htmlFor: 'join-code', text: 'Or join a room' }),
    h('div', { class: 'join-row' }, code, h('button', { testid: 'join-room', type: 'submit', text: 'Join' })));

  async function openRoom(event) {
    event.preventDefault();
    if (!nickname.take()) return complain('Pick a nickname first, so that the others know who you are.');
    const open = event.submitter === create ? createLobby : quickPlay;
    quick.disabled = create.disabled = true;
    try {
      goToRoom((await open(language.value)).code);
    } catch (error) {
      quick.disabled = create.disabled = false;
      complain(error.message);
    }
  }

  /** A server with words of its own may have fewer languages than ours. */
  function offerLanguages(offered) {
    for (const option of [...language.options]) if (!offered.includes(option.value)) option.remove();
    if (!language.value) language.value = offered[0];
  }

  function setFace(drawn) {
    memory.avatar = drawn;
    face.replaceChildren(facePicture(drawn ? decodeFace(drawn) : faceOf(nickname.input.value || 'you')));
  }

  function enter(wanted) {
    if (nickname.take()) goToRoom(wanted);
    else complain('Pick a nickname first, so that the others know who you are.');
  }

  function joinRoom(event) {
    event.preventDefault();
    const wanted = codeFrom(code.value);
    if (!wanted) {
      code.focus();
      return complain('Type the code of the room, or paste its invite link.');
    }
    enter(wanted);
  }

  const pad = sketchpad();
  const rooms = publicRooms(enter, offerLanguages);
  const element = h('div', { class: 'home' },
    h('section', { class: 'welcome' },
      wordmark({ writes: true }),
      h('p', { class: 'pitch' }, 'An AI artist draws a secret word, stroke by stroke. ', h('mark', { text: 'Guess it first' }), ', then draw your own.'),
      h('div', { class: 'card entry' }, problem, createForm, joinForm)),
    pad.element,
    rooms.element,
    leaderboard());
  return {
    element,
    close() {
      pad.close();
      rooms.close();
    },
  };
}

/** The browser's language, if there are words in it. */
function usersLanguage() {
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES) ?? 'en';
}

/** People paste whole links where a code is asked for. */
function codeFrom(text) {
  const trimmed = text.trim();
  return trimmed.match(/\/r\/([^/?#\s]+)/)?.[1] ?? trimmed;
}
