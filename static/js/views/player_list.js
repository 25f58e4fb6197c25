/** Everybody in the room: scores, who draws, who has guessed, who is away. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { aiBadge, avatar } from './avatar.js';

export function playerList() {
  const list = h('ol', { testid: 'player-list', class: 'player-list', 'aria-label': 'Players' });
  let shown = '';
  return {
    element: list,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const inGame = state.phase !== 'lobby';
      const players = inGame ? [...state.players].sort((a, b) => b.score - a.score) : state.players;
      const gained = new Map(state.result?.scores.map((line) => [line.player_id, line.gained]));
      // Rebuilding rows that did not change would cut short a screen reader that is on one of them.
      const now = JSON.stringify([players, inGame, state.hostId, state.turn?.drawerId, state.phase, [...gained]]);
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...players.map((player) => row(state, player, inGame, gained.get(player.id))));
    },
  };
}

function row(state, player, inGame, gained) {
  const isDrawing = state.turn?.drawerId === player.id && state.phase !== 'podium';
  const classes = ['player', isDrawing && 'is-drawing', player.guessed && inGame && 'has-guessed', !player.connected && 'is-away'];
  return h('li', { class: classes.filter(Boolean).join(' ') },
    avatar(player),
    h('span', { class: 'player-text' },
      h('span', { class: 'player-name' }, player.nickname, player.id === state.you && h('span', { class: 'quiet', text: ' (you)' })),
      inGame && h('span', { class: 'player-score' }, player.score.toLocaleString(), gained > 0 && h('span', { class: 'gained', text: ` +${gained}` }))),
    h('span', { class: 'player-marks' },
      player.is_ai && aiBadge(),
      player.id === state.hostId && mark('crown', 'host'),
      isDrawing && mark('pencil', 'draws'),
      player.guessed && inGame && mark('tick', 'has guessed the word'),
      !player.connected && h('span', { class: 'visually-hidden', text: 'not connected' })));
}

function mark(name, meaning) {
  return h('span', { class: `mark mark-${name}`, title: meaning }, icon(name), h('span', { class: 'visually-hidden', text: meaning }));
}
