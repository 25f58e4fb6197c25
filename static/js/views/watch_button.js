/** The way between playing and watching. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { me } from '../state/questions.js';

/** @param {import('../room.js').Actions} actions */
export function watchButton(actions) {
  const button = h('button', { testid: 'watch', type: 'button', class: 'plain watch', on: { click: () => actions.become(next) } });
  /** @type {import('../state/room_state.js').Role} */
  let next = 'spectator';
  return {
    element: button,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      next = me(state)?.next_role === 'spectator' ? 'player' : 'spectator';
      button.hidden = state.phase === 'podium';
      setText(button, t(next === 'player' ? 'players.play' : 'players.watch'));
    },
  };
}
