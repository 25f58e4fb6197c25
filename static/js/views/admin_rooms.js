/** The rooms of the server, for its owner: how they are set, who is in them, and the way out for who misbehaves. */

import { kick } from '../admin_api.js';
import { h } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { askToBan, deed } from './admin_deed.js';
import { aiBadge } from './avatar.js';

/** How many rooms are shown before one asks for all. */
const SHOWN = 20;

/** @param {import('../admin_api.js').House} house @param {() => void} again  something has changed */
export function roomsPart({ rooms }, again) {
  const cards = rooms.map((room) => roomCard(room, again));
  const list = h('ul', { testid: 'admin-rooms', class: 'admin-rooms' }, ...cards.slice(0, SHOWN));
  const all = h('button', { type: 'button', text: t('admin.all_rooms', { n: cards.length }), hidden: cards.length <= SHOWN, on: { click: () => {
    list.replaceChildren(...cards);
    all.hidden = true;
  } } });
  return h('section', { class: 'admin-part' }, h('h2', { text: t('admin.rooms') }),
    rooms.length ? list : h('p', { class: 'quiet', text: t('admin.no_rooms') }), h('div', { class: 'buttons' }, all));
}

/** @param {import('../admin_api.js').Overview} room @param {() => void} again */
function roomCard(room, again) {
  const facts = [
    t(`admin.phase.${room.phase}`), room.is_paused && t('pause.paused'), t(room.is_public ? 'admin.public' : 'admin.private'), room.has_password && t('rooms.password'),
    t(`modes.${room.game_mode}.name`), LANGUAGES[room.language] ?? room.language, room.round > 0 && t('rooms.round', { round: room.round, rounds: room.rounds }),
    t('settings.seconds', { n: room.draw_seconds }), room.custom_words > 0 && t('rooms.own_words'),
  ].filter(Boolean);
  const people = room.seats.filter(({ is_ai }) => !is_ai).length;
  return h('li', { class: 'card admin-room' },
    h('h3', {}, h('a', { href: `/r/${encodeURIComponent(room.code)}`, target: '_blank', rel: 'noopener', text: room.code }),
      h('span', { class: 'quiet', text: t('admin.seats', { people, seats: room.max_players }) })),
    h('p', { class: 'quiet', text: facts.join(' · ') }),
    h('ul', { class: 'admin-seats' }, ...room.seats.map((seat) => seatRow(room, seat, again))));
}

function seatRow(room, seat, again) {
  const notes = [seat.is_host && t('players.host'), seat.role === 'spectator' && t('players.watching'), !seat.connected && t('players.away')].filter(Boolean);
  const name = seat.nickname;
  const kicking = h('button', { type: 'button', 'aria-label': t('admin.kick_name', { name }), text: t('admin.kick') });
  kicking.addEventListener('click', deed(kicking, async () => {
    await kick(room.code, seat.id);
    again();
  }));
  const banning = h('button', { type: 'button', 'aria-label': t('admin.ban_name', { name }), text: t('admin.ban'), on: { click: () => askToBan(seat.id, name, again) } });
  return h('li', {},
    h('span', { class: 'admin-who' }, h('b', { class: 'player-name', text: name, dir: 'auto' }), seat.is_ai && aiBadge(), notes.length > 0 && h('span', { class: 'quiet', text: notes.join(', ') })),
    !seat.is_ai && h('span', { class: 'buttons' }, kicking, banning));
}
