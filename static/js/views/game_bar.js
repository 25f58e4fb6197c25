/** The bar of a game: round, the word as far as this player knows it, and the clock. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { isDrawer, isHandedOver, isImitation, isWatching, nameOf, remaining } from '../state/questions.js';
import { play } from '../sounds.js';
import { showWord } from './word.js';
import { wordmark } from './wordmark.js';

const HURRY_SECONDS = 10;

/**
 * @param {{leave(): void}} actions
 * @param {HTMLElement[]} buttons  before the one to leave
 */
export function gameBar(actions, buttons) {
  const round = h('p', { class: 'round' });
  const caption = h('span', {}), shortRound = h('span', { class: 'word-round' });
  const word = h('p', { testid: 'word', class: 'word' });
  const seconds = h('span', { testid: 'timer', class: 'timer', role: 'timer' });
  const leave = h('button', { type: 'button', class: 'icon-button plain leave', 'aria-label': t('bar.leave'), title: t('bar.leave'), on: { click: () => actions.leave() } }, icon('leave'));
  /** @type {import('../state/room_state.js').Clock | null} */
  let clock = null, mayHurry = false;

  return {
    element: h('header', { class: 'bar' },
      wordmark({ tag: 'p' }), seconds, h('div', { class: 'word-box' }, h('p', { class: 'word-caption' }, shortRound, caption), word), round, h('span', { class: 'bar-buttons' }, ...buttons, leave)),
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      clock = state.clock;
      mayHurry = state.phase === 'drawing' && !state.paused;
      setText(round, state.turn ? t('bar.round', { round: state.turn.round, rounds: state.settings.rounds }) : '');
      setText(shortRound, state.turn ? `${state.turn.round}/${state.settings.rounds}` : '');
      setText(caption, captionFor(state));
      showWord(word, state.word ?? state.turn?.blanks ?? '');
      word.classList.toggle('is-known', Boolean(state.word));
    },
    /** @param {number} now milliseconds */
    tick(now) {
      const left = remaining(clock, now);
      const shown = clock ? String(Math.ceil(left / 1000)) : '';
      if (mayHurry && shown !== seconds.textContent && left > 0 && left < HURRY_SECONDS * 1000) play('tick');
      setText(seconds, shown);
      seconds.style.setProperty('--left', clock?.lasts ? String(Math.min(1, left / clock.lasts)) : '0');
      seconds.classList.toggle('is-hurried', mayHurry && left < HURRY_SECONDS * 1000);
    },
  };
}

function captionFor(state) {
  if (state.phase === 'choosing') return isDrawer(state) ? t('bar.your_turn') : t('bar.choosing', { name: nameOf(state, state.turn.drawerId) });
  if (state.phase === 'result') return t('bar.word_was');
  if (state.phase !== 'drawing') return '';
  if (isDrawer(state)) return t(drawersCaption(state), { n: state.turn.strokes });
  if (isImitation(state)) return t('bar.whose_hand');
  if (isWatching(state)) return t('bar.others_guess');
  if (state.word) return t('bar.guessed');
  return t(state.turn?.blanks === '?' ? 'bar.guess_hidden' : 'bar.guess');
}

function drawersCaption(state) {
  if (!state.turn.strokes || isHandedOver(state)) return 'bar.draw_this';
  return isImitation(state) ? 'bar.draw_few' : 'bar.begin_this';
}
