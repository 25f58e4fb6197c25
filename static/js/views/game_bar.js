/** The bar of a game: round, the word as far as this player knows it, and the clock. */

import { h, setText } from '../dom.js';
import { icon } from '../icons.js';
import { isDrawer, isWatching, nameOf, remaining } from '../state/questions.js';
import { showWord } from './word.js';
import { wordmark } from './wordmark.js';

const HURRY_SECONDS = 10;

/**
 * @param {{leave(): void}} actions
 * @param {HTMLElement[]} buttons  before the one to leave
 */
export function gameBar(actions, buttons) {
  const round = h('p', { class: 'round' });
  const caption = h('p', { class: 'word-caption' });
  const word = h('p', { testid: 'word', class: 'word' });
  const seconds = h('span', { testid: 'timer', class: 'timer', role: 'timer' });
  const leave = h('button', { type: 'button', class: 'icon-button plain', 'aria-label': 'Leave the room', title: 'Leave the room', on: { click: () => actions.leave() } }, icon('leave'));
  /** @type {import('../state/room_state.js').Clock | null} */
  let clock = null, mayHurry = false;

  return {
    element: h('header', { class: 'bar' },
      wordmark({ tag: 'p' }), seconds, h('div', { class: 'word-box' }, caption, word), round, h('span', { class: 'bar-buttons' }, ...buttons, leave)),
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      clock = state.clock;
      mayHurry = state.phase === 'drawing';
      setText(round, state.turn ? `Round ${state.turn.round} of ${state.settings.rounds}` : '');
      setText(caption, captionFor(state));
      showWord(word, state.word ?? state.turn?.blanks ?? '');
      word.classList.toggle('is-known', Boolean(state.word));
    },
    /** @param {number} now milliseconds */
    tick(now) {
      const left = remaining(clock, now);
      setText(seconds, clock ? String(Math.ceil(left / 1000)) : '');
      seconds.style.setProperty('--left', clock?.lasts ? String(Math.min(1, left / clock.lasts)) : '0');
      seconds.classList.toggle('is-hurried', mayHurry && left < HURRY_SECONDS * 1000);
    },
  };
}

function captionFor(state) {
  if (state.phase === 'choosing') return isDrawer(state) ? 'Your turn to draw' : `${nameOf(state, state.turn.drawerId)} is choosing`;
  if (state.phase === 'result') return 'The word was';
  if (state.phase !== 'drawing') return '';
  if (isDrawer(state)) return 'Draw this';
  if (isWatching(state)) return 'The others guess';
  if (state.turn?.blanks === '?') return state.word ? 'You guessed it' : 'Guess the word: even its length is secret';
  return state.word ? 'You guessed it' : 'Guess the word';
}
