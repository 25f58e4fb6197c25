/** The host's own words: pasted or from a file, mixed in or all there is. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { CUSTOM_WORDS_LENGTH } from '../limits.js';
import { isHost } from '../state/questions.js';

/** @param {import('../room.js').Actions} actions */
export function wordsForm(actions) {
  const text = h('textarea', {
    testid: 'custom-words', rows: 4, maxLength: CUSTOM_WORDS_LENGTH, placeholder: t('words.hint'), dir: 'auto', 'aria-label': t('words.title'),
  });
  const file = h('input', { testid: 'words-file', type: 'file', accept: '.txt,.csv,text/plain', 'aria-label': t('words.file'), on: { change: readFile } });
  const said = h('p', { testid: 'words-taken', class: 'quiet', role: 'status' });
  const only = h('input', { testid: 'custom-only', id: 'custom-only', type: 'checkbox', on: { change: () => actions.changeSettings({ custom_words_only: only.checked }) } });
  const element = h('form', { class: 'card words', on: { submit: send } },
    h('h2', { text: t('words.title') }), text, file,
    h('div', { class: 'buttons' }, h('button', { testid: 'words-use', type: 'submit', text: t('words.use') })),
    h('label', { class: 'check' }, only, t('words.only')), said);

  function send(event) {
    event.preventDefault();
    actions.setWords(text.value);
  }

  async function readFile() {
    text.value = (await file.files[0]?.text())?.slice(0, CUSTOM_WORDS_LENGTH) ?? text.value;
    file.value = '';
    actions.setWords(text.value);
  }

  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = !isHost(state);
      only.checked = state.settings.custom_words_only;
      only.disabled = !state.settings.custom_words;
      setText(said, describe(state.wordsTaken, state.settings.custom_words));
    },
  };
}

function describe(taken, count) {
  if (!taken) return count ? t('words.count', { n: count }) : '';
  const left = [taken.duplicates && t('words.twice', { n: taken.duplicates }), taken.blanks && t('words.blank', { n: taken.blanks }), taken.refused && t('words.refused', { n: taken.refused })].filter(Boolean);
  return [t('words.taken', { n: taken.kept }), left.length && t('words.left_out', { list: left.join(', ') })].filter(Boolean).join(' ');
}
