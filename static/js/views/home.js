/** The front door: pick a nickname, open a room or join one, see who draws best. */

import { createLobby, quickPlay } from '../api.js';
import { h } from '../dom.js';
import { decodeFace, faceOf } from '../faces.js';
import { LANGUAGES, language as interfaceLanguage, rich, t } from '../i18n.js';
import { icon } from '../icons.js';
import { memory } from '../memory.js';
import { facePicture } from './avatar.js';
import { openAvatarEditor } from './avatar_editor.js';
import { leaderboard } from './leaderboard.js';
import { menu } from './menu.js';
import { nicknameField } from './nickname_field.js';
import { publicRooms } from './public_rooms.js';
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
    testid: 'draw-face', type: 'button', class: 'face-button', 'aria-label': t('home.draw_face'), title: t('home.draw_face'), on: { click: () => openAvatarEditor(memory.avatar, setFace) },
  });
  const language = h('select', { testid: 'language', 'aria-label': t('home.words_language'), on: { change: () => { memory.language = language.value; } } },
    ...Object.entries(LANGUAGES).map(([code, name]) => h('option', { value: code, text: name })));
  language.value = memory.language || interfaceLanguage();
  const quick = h('button', { testid: 'quick-play', type: 'submit', value: 'quick', class: 'primary big', text: t('home.quick_play') });
  const create = h('button', { testid: 'create-room', type: 'submit', value: 'create', class: 'big', text: t('home.create') });
  const atOnce = (mode, label) => h('button', { testid: `play-${mode}`, type: 'submit', value: mode, title: t(`modes.${mode}.about`) }, icon(mode), label);
  const solo = atOnce('together', t('home.solo')), daily = atOnce('daily', t('home.daily'));
  const createForm = h('form', { class: 'create-form', on: { submit: openRoom } },
    h('div', { class: 'who' }, face, nickname.element),
    h('div', { class: 'field' }, h('label', { htmlFor: 'language', text: t('home.words_in') }), language),
    h('div', { class: 'buttons' }, quick, create),
    h('div', { class: 'buttons at-once' }, solo, daily));
  setFace(memory.avatar);
  const code = h('input', {
    testid: 'join-code', type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: false, placeholder: t('home.code'),
  });
  const joinForm = h('form', { class: 'join-form', on: { submit: joinRoom } },
    h('label', { htmlFor: 'join-code', text: t('home.or_join') }),
    h('div', { class: 'join-row' }, code, h('button', { testid: 'join-room', type: 'submit', text: t('home.join') })));

  async function openRoom(event) {
    event.preventDefault();
    if (!nickname.take()) return complain(t('home.nickname_first'));
    const buttons = [quick, create, solo, daily], chosen = event.submitter?.value;
    for (const button of buttons) button.disabled = true;
    try {
      const opened = chosen === 'create' ? createLobby(language.value) : chosen === 'quick' ? quickPlay(language.value) : createLobby(language.value, chosen);
      goToRoom((await opened).code);
    } catch (error) {
      for (const button of buttons) button.disabled = false;
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
    else complain(t('home.nickname_first'));
  }

  function joinRoom(event) {
    event.preventDefault();
    const wanted = codeFrom(code.value);
    if (!wanted) {
      code.focus();
      return complain(t('home.code_first'));
    }
    enter(wanted);
  }

  const pad = sketchpad();
  const rooms = publicRooms(enter, offerLanguages);
  const element = h('div', { class: 'home' },
    h('div', { class: 'home-menu' }, menu().button),
    h('section', { class: 'welcome' },
      wordmark({ writes: true }),
      h('p', { class: 'pitch' }, ...rich('home.pitch', { mark: h('mark', { text: t('home.pitch_mark') }) })),
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

/** People paste whole links where a code is asked for. */
function codeFrom(text) {
  const trimmed = text.trim();
  return trimmed.match(/\/r\/([^/?#\s]+)/)?.[1] ?? trimmed;
}
