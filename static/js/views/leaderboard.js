/** The best players of this server, for the front page. */

import { fetchLeaderboard } from '../scores_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { pageLinks } from './page_links.js';
import { scoreTable } from './score_table.js';

const SHOWN = 5;

export function leaderboard() {
  const place = h('div', {});
  fetchLeaderboard({ limit: SHOWN }).then(({ players }) => {
    place.replaceChildren(players.length ? scoreTable('leaderboard', players) : h('p', { class: 'quiet', text: t('best.empty') }));
  }).catch(() => {
    // The table is an extra: without it the page is whole.
    heading.hidden = true;
  });
  const heading = h('h2', { text: t('best.title') });
  return h('section', { class: 'leaderboard' }, heading, place, pageLinks());
}
