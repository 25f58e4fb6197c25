/** The best players of this server. */

import { fetchLeaderboard } from '../api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { aiBadge } from './avatar.js';

const SHOWN = 8;

export function leaderboard() {
  const rows = h('tbody', {});
  const table = h('table', { testid: 'leaderboard' },
    h('thead', {}, h('tr', {}, ...['player', 'points', 'games', 'wins'].map((name) => h('th', { scope: 'col', text: t(`best.${name}`) })))), rows);
  const empty = h('p', { class: 'quiet', text: t('best.empty'), hidden: true });
  const element = h('section', { class: 'leaderboard' }, h('h2', { text: t('best.title') }), table, empty);

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
