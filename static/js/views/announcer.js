/** Tells those who do not see the screen what happens in the turn: whose it is, which letters are known, how much time is left. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { remaining } from '../state/questions.js';
import { describeWord } from './word.js';

/** Seconds left at which it is said. */
const SAID_AT = [30, 10];

export function announcer() {
  const element = h('p', { testid: 'announcer', class: 'visually-hidden', role: 'status' });
  let blanks = '', clock = null, said = Infinity;
  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      clock = state.phase === 'drawing' ? state.clock : null;
      if (!clock) said = Infinity;
      const now = state.phase === 'drawing' && !state.word ? state.turn?.blanks ?? '' : '';
      if (now && now !== blanks) setText(element, describeWord(now));
      blanks = now;
    },
    /** @param {number} now milliseconds */
    tick(now) {
      const left = Math.ceil(remaining(clock, now) / 1000);
      const due = clock && SAID_AT.find((seconds) => left <= seconds && seconds < said && left > seconds - 3);
      if (!due) return;
      said = due;
      setText(element, t('turn.seconds_left', { n: due }));
    },
  };
}
