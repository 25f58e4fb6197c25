/** The host's own words: pasted or from a file, mixed in or all there is. */

import { h, setText } from '../dom.js';
import { CUSTOM_WORDS_LENGTH } from '../limits.js';
import { isHost } from '../state/questions.js';

/** @param {import('../room.js').Actions} actions */
export function wordsForm(actions) {
  const text = h('textarea', {
    testid: 'custom-words', rows: 4, maxLength: CUSTOM_WORDS_LENGTH, placeholder: 'One word a line, or with commas between', dir: 'auto', 'aria-label': 'Words of your own',
  });
  const file = h('input', { testid: 'words-file', type: 'file', accept: '.txt,.csv,text/plain', 'aria-label': 'A file with words', on: { change: readFile } });
  const said = h('p', { testid: 'words-taken', class: 'quiet', role: 'status' });
  const only = h('input', { testid: 'custom-only', id: 'custom-only', type: 'checkbox', on: { change: () => actions.changeSettings({ custom_words_only: only.checked }) } });
  const element = h('form', { class: 'card words', on: { submit: send } },
    h('h2', { text: 'Words of your own' }), text, file,
    h('div', { class: 'buttons' }, h('button', { testid: 'words-use', type: 'submit', text: 'Use these words' })),
    h('label', { class: 'check' }, only, 'No others but these'), said);

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
  if (!taken) return count ? `${count} words of the host's own.` : '';
  const left = [[taken.duplicates, 'twice'], [taken.blanks, 'blank'], [taken.refused, 'too long or not to be shown']].filter(([number]) => number);
  return `${taken.kept} words taken${left.length ? `; left out: ${left.map(([number, why]) => `${number} ${why}`).join(', ')}` : ''}.`;
}
