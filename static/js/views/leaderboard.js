/** The best players of this server. */

import { fetchLeaderboard } from '../api.js';
import { h } from '../dom.js';
import { aiBadge } from './avatar.js';

const SHOWN = 8;

export function leaderboard() {
  const rows = h('tbody', {});
  const table = h('table', { testid: 'leaderboard' },
    h('thead', {}, h('tr', {}, ...['Player', 'Points', 'Games', 'Wins'].map((text) => h('th', { scope: 'col', text })))), rows);
  const empty = h('p', { class: 'quiet', text: 'Nobody yet. The first game writes the first name here.', hidden: true });
  const element = h('section', { class: 'leaderboard' }, h('h2', { text: 'Best of this server' }), table, empty);

  fetchLeaderboard(SHOWN).then(({ players }) => {
    rows.replaceChildren(...players.slice(0, SHOWN).map(toRow));
    table.hidden = !players.length;
    empty.hidden = players.length > 0;
  }).catch(() => {
    // The table is an extra: without it the page is whole.
    element.hidden = true;
  });
  return element;
}

function toRow({ nickname, is_ai, score, games, wins }) {
  return h('tr', {},
    h('th', { scope: 'row' }, h('span', { class: 'player-name', text: nickname }), is_ai && aiBadge()),
    ...[score, games, wins].map((number) => h('td', { text: number.toLocaleString() })));
}
