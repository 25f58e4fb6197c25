/** Everybody in the room: scores, who draws, who has guessed, who is away, ready or watching. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { ARTIST, drawsNow } from '../state/questions.js';
import { aiBadge, avatar } from './avatar.js';
import { openPlayerMenu } from './player_menu.js';

/** @param {import('../room.js').Actions} actions */
export function playerList(actions) {
  const list = h('ol', { testid: 'player-list', class: 'player-list', 'aria-label': t('players.title') });
  let shown = '';
  return {
    element: list,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const inGame = state.phase !== 'lobby';
      const players = sorted(state, inGame);
      const gained = new Map(state.result?.scores.map((line) => [line.player_id, line.gained]));
      // Rebuilding rows that did not change would cut short a screen reader that is on one of them.
      const now = JSON.stringify([players, inGame, state.hostId, state.turn?.drawerId, state.turn?.rivalId, state.phase, [...gained], state.muted]);
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...players.map((player) => row(state, player, inGame, gained.get(player.id), actions)));
    },
  };
}

/** Those who watch come last; the artist is left out where it never draws. */
function sorted(state, inGame) {
  const { game_mode: mode, human_turns_per_artist_turn: share } = state.settings;
  const rests = (mode === 'versus' || (mode === 'party' && share === 0)) && state.players.filter(({ is_ai, role }) => !is_ai && role === 'player').length > 1;
  const players = state.players.filter(({ id, score }) => !(id === ARTIST && rests && score === 0));
  const place = ({ role, score }) => (role === 'spectator' ? -1 : inGame ? score : 0);
  return [...players].sort((a, b) => place(b) - place(a));
}

function row(state, player, inGame, gained, actions) {
  const isDrawing = drawsNow(state, player.id) && state.phase !== 'podium';
  const watches = player.role === 'spectator';
  const classes = ['player', isDrawing && 'is-drawing', player.guessed && inGame && 'has-guessed', !player.connected && 'is-away', watches && 'is-watching'];
  const note = watches ? (player.next_role === 'player' ? t('players.plays_next') : t('players.watching')) : player.next_role === 'spectator' && t('players.watches_next');
  return h('li', { class: classes.filter(Boolean).join(' '), 'data-player': player.id },
    avatar(player),
    h('span', { class: 'player-text' },
      h('span', { class: 'player-name', dir: 'auto' }, player.nickname, player.id === state.you && h('span', { class: 'quiet', text: ` ${t('players.you')}` })),
      note && h('span', { class: 'player-note', text: note }),
      inGame && !watches && h('span', { class: 'player-score' }, player.score.toLocaleString(), gained > 0 && h('span', { class: 'gained', text: ` +${gained}` }))),
    h('span', { class: 'player-marks' },
      player.is_ai && aiBadge(),
      player.id === state.hostId && mark('crown', t('players.host')),
      isDrawing && mark('pencil', t('players.draws')),
      player.guessed && inGame && mark('tick', t('players.guessed')),
      player.ready && !inGame && mark('tick', t('players.ready')),
      watches && mark('eye', t('players.watches')),
      state.muted.includes(player.id) && mark('muted', t('players.muted')),
      !player.connected && h('span', { class: 'visually-hidden', text: t('players.away') })),
    h('button', {
      type: 'button', class: 'plain player-more', 'aria-label': t('players.more', { name: player.nickname }),
      title: t(player.id === state.you ? 'players.more_you' : 'players.more_other'),
      on: { click: () => openPlayerMenu(state, player, actions) },
    }, icon('more')));
}

function mark(name, meaning) {
  return h('span', { class: `mark mark-${name}`, title: meaning }, icon(name), h('span', { class: 'visually-hidden', text: meaning }));
}
