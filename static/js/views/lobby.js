/** The room before its game starts. */

import { h, setText } from '../dom.js';
import { icon } from '../icons.js';
import { isHost, nameOf, people } from '../state/questions.js';
import { chatPanel } from './chat.js';
import { inviteCard } from './invite.js';
import { playerList } from './player_list.js';
import { settingsCard } from './settings_form.js';
import { wordmark } from './wordmark.js';

/**
 * @param {import('../state/room_state.js').RoomState} state
 * @param {import('../room.js').Actions} actions
 */
export function lobbyScreen(state, actions) {
  const players = playerList();
  const count = h('span', { class: 'quiet' });
  const start = h('button', { testid: 'start-game', type: 'button', class: 'primary big', on: { click: () => actions.startGame() } });
  const waiting = h('p', { class: 'waiting', role: 'status' });
  const settings = settingsCard(actions);
  const chat = chatPanel(actions);
  const element = h('div', { class: 'lobby' },
    h('header', { class: 'lobby-head' }, wordmark({ tag: 'p' }),
      h('button', { type: 'button', class: 'plain', on: { click: () => actions.leave() } }, icon('leave'), 'Leave')),
    h('section', { class: 'card people' }, h('h1', {}, 'In the room ', count), players.element, start, waiting),
    inviteCard(state),
    settings.element,
    h('div', { class: 'card lobby-chat' }, chat.element));

  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      for (const part of [players, settings, chat]) part.update(state);
      const here = people(state).length;
      setText(count, `${here} of ${state.settings.max_players}`);
      setText(start, here === 1 ? 'Play alone against the artist' : 'Start the game');
      start.hidden = !isHost(state);
      waiting.hidden = isHost(state);
      setText(waiting, `Waiting for ${nameOf(state, state.hostId)} to start…`);
    },
  };
}
