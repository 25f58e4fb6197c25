/** Everybody in the room: scores, who draws, who has guessed, who is away, ready or watching. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { aiBadge, avatar } from './avatar.js';
import { openPlayerMenu } from './player_menu.js';

/** @param {import('../room.js').Actions} actions */
export function playerList(actions) {
  const list = h('ol', { testid: 'player-list', class: 'player-list', 'aria-label': 'Players' });
  let shown = '';
  return {
    element: list,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const inGame = state.phase !== 'lobby';
      const players = sorted(state, inGame);
      const gained = new Map(state.result?.scores.map((line) => [line.player_id, line.gained]));
      // Rebuilding rows that did not change would cut short a screen reader that is on one of them.
      const now = JSON.stringify([players, inGame, state.hostId, state.turn?.drawerId, state.phase, [...gained], state.muted]);
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...players.map((player) => row(state, player, inGame, gained.get(player.id), actions)));
    },
  };
}

/** Those who watch come last; the artist is left out where it never draws. */
function sorted(state, inGame) {
  const rests = state.settings.human_turns_per_artist_turn === 0 && state.players.filter(({ is_ai, role }) => !is_ai && role === 'player').length > 1;
  const players = state.players.filter(({ is_ai, score }) => !(is_ai && rests && score === 0));
  const place = ({ role, score }) => (role === 'spectator' ? -1 : inGame ? score : 0);
  return [...players].sort((a, b) => place(b) - place(a));
}

function row(state, player, inGame, gained, actions) {
  const isDrawing = state.turn?.drawerId === player.id && state.phase !== 'podium';
  const watches = player.role === 'spectator';
  const classes = ['player', isDrawing && 'is-drawing', player.guessed && inGame && 'has-guessed', !player.connected && 'is-away', watches && 'is-watching'];
  const note = watches ? (player.next_role === 'player' ? 'plays next turn' : 'watches') : player.next_role === 'spectator' && 'watches next turn';
  return h('li', { class: classes.filter(Boolean).join(' '), 'data-player': player.id },
    avatar(player),
    h('span', { class: 'player-text' },
      h('span', { class: 'player-name', dir: 'auto' }, player.nickname, player.id === state.you && h('span', { class: 'quiet', text: ' (you)' })),
      note && h('span', { class: 'player-note', text: note }),
      inGame && !watches && h('span', { class: 'player-score' }, player.score.toLocaleString(), gained > 0 && h('span', { class: 'gained', text: ` +${gained}` }))),
    h('span', { class: 'player-marks' },
      player.is_ai && aiBadge(),
      player.id === state.hostId && mark('crown', 'host'),
      isDrawing && mark('pencil', 'draws'),
      player.guessed && inGame && mark('tick', 'has guessed the word'),
      player.ready && !inGame && mark('tick', 'is ready'),
      watches && mark('eye', 'only watches'),
      state.muted.includes(player.id) && mark('muted', 'you do not see what they say'),
      !player.connected && h('span', { class: 'visually-hidden', text: 'not connected' })),
    h('button', {
      type: 'button', class: 'plain player-more', 'aria-label': `More about ${player.nickname}`,
      title: player.id === state.you ? 'Watch, play, draw your face' : 'Hide, report, send away',
      on: { click: () => openPlayerMenu(state, player, actions) },
    }, icon('more')));
}

function mark(name, meaning) {
  return h('span', { class: `mark mark-${name}`, title: meaning }, icon(name), h('span', { class: 'visually-hidden', text: meaning }));
}
