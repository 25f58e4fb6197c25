/** A table of players, best first. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { aiBadge } from './avatar.js';

/** @param {string} testid @param {import('../scores_api.js').LeaderboardLine[]} players  best first */
export function scoreTable(testid, players) {
  return h('table', { testid, class: 'score-table' },
    h('thead', {}, h('tr', {}, ...['player', 'points', 'games', 'wins'].map((name) => h('th', { scope: 'col', text: t(`best.${name}`) })))),
    h('tbody', {}, ...players.map(toRow)));
}

function toRow({ nickname, is_ai, score, games, wins }, index) {
  return h('tr', {},
    h('th', { scope: 'row' }, h('span', { class: 'score-name' },
      h('span', { class: 'rank', text: `${index + 1}.` }),
      h('span', {}, h('span', { class: 'player-name', text: nickname || t('drawing.somebody'), dir: 'auto' }), is_ai && ' ', is_ai && aiBadge()))),
    ...[score, games, wins].map((number) => h('td', { text: number.toLocaleString() })));
}
