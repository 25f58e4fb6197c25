/** Who is best: today, this week, ever; by all words or by one way of giving them. */

import { fetchLeaderboard } from '../scores_api.js';
import { query } from '../api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { MODES, chooser, filterBar } from './filters.js';
import { askedFor, emptyNote, pageFrame, playLink } from './page.js';
import { scoreTable } from './score_table.js';

const PERIODS = ['day', 'week', 'all'];
const SHOWN = 100;

/** @param {import('../routes.js').Page} page */
export function scoresScreen(page) {
  const asked = new URLSearchParams(location.search);
  let period = PERIODS.includes(asked.get('period')) ? asked.get('period') : 'all';
  let mode = asked.get('mode') ?? '';
  const tabs = PERIODS.map((name) => h('button', {
    testid: `period-${name}`, type: 'button', role: 'tab', 'aria-controls': 'scores', text: t(`scores.${name}`), on: { click: () => show(name), keydown: move },
  }));
  const results = askedFor(() => fetchLeaderboard({ period, mode, limit: SHOWN }), ({ players }) =>
    [players.length ? scoreTable('score-table', players) : emptyNote(t(period === 'all' && !mode ? 'best.empty' : 'scores.empty'), playLink())]);
  Object.assign(results.element, { id: 'scores', role: 'tabpanel', tabIndex: 0 });

  function mark() {
    tabs.forEach((tab, index) => {
      const chosen = PERIODS[index] === period;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
    results.element.setAttribute('aria-labelledby', `period-${period}`);
  }

  function ask() {
    mark();
    page.readdress(location.pathname + query({ period: period === 'all' ? '' : period, mode }));
    results.again();
  }

  function show(name) {
    period = name;
    ask();
  }

  function move({ key }) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!by) return;
    const next = (PERIODS.indexOf(period) + by + PERIODS.length) % PERIODS.length;
    tabs[next].focus();
    show(PERIODS[next]);
  }

  mark();
  return pageFrame({ title: t('best.title'), kind: 'scores' },
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('scores.period') }, ...tabs),
    filterBar(chooser('mode', t('filters.mode'), { '': t('filters.all_modes'), ...MODES() }, mode, (value) => {
      mode = value;
      ask();
    })),
    results.element);
}
