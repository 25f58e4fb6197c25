/**
 * What one can do about another player: not read them, report them, vote them away; as host, send them away. And about
 * oneself: watch or play, draw a face.
 */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { REASON_LENGTH } from '../limits.js';
import { ARTIST, isHost, isWatching } from '../state/questions.js';
import { openAvatarEditor } from './avatar_editor.js';

/**
 * @param {import('../state/room_state.js').RoomState} state
 * @param {import('../state/room_state.js').Player} player
 * @param {import('../room.js').Actions} actions
 */
export function openPlayerMenu(state, player, actions) {
  const isYou = player.id === state.you, toWatch = player.next_role === 'player';
  const muted = state.muted.includes(player.id), host = isHost(state);
  const act = (deed) => () => {
    deed();
    dialog.close();
  };
  const item = (testid, text, deed) => h('button', { testid, type: 'button', text, on: { click: act(deed) } });
  const reason = h('input', { testid: 'report-reason', type: 'text', maxLength: REASON_LENGTH, required: true, placeholder: t('players.report_hint') });
  const report = h('form', { class: 'report-form', on: { submit: (event) => {
    event.preventDefault();
    act(() => actions.report(player.id, reason.value.trim()))();
  } } },
  h('label', { htmlFor: 'report-reason', text: t('players.report_to') }),
  h('div', { class: 'join-row' }, reason, h('button', { testid: 'report-send', type: 'submit', text: t('players.report') })));
  const canVote = !isYou && !host && !player.is_ai && player.id !== state.hostId && !isWatching(state);
  const dialog = h('dialog', { testid: 'player-menu', class: 'card dialog', 'aria-label': player.nickname },
    h('h2', { text: player.nickname, dir: 'auto' }),
    isYou && item('menu-watch', t(toWatch ? 'players.watch' : 'players.play'), () => actions.become(toWatch ? 'spectator' : 'player')),
    isYou && item('menu-face', t('home.draw_face'), () => openAvatarEditor(player.avatar, actions.setAvatar)),
    !player.is_ai && !isYou && item('menu-mute', t(muted ? 'players.unmute' : 'players.mute'), () => actions.mute(player.id, !muted)),
    canVote && item('menu-vote', t('players.vote'), () => actions.vote('kick', player.id)),
    host && !isYou && item('menu-kick', t(player.id === ARTIST ? 'players.rest' : 'players.kick'), () => actions.kick(player.id, false)),
    host && !player.is_ai && !isYou && item('menu-ban', t('players.ban'), () => actions.kick(player.id, true)),
    !player.is_ai && !isYou && report,
    h('button', { type: 'button', class: 'plain', text: t('players.close'), on: { click: () => dialog.close() } }));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
