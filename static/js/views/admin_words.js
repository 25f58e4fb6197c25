/** Which words of the packs are labelled otherwise than people find them, for the server's owner. */

import { fetchWords } from '../admin_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { percent, tenths } from '../numbers.js';
import { askedFor } from './page.js';

/** @param {(error: import('../api.js').ApiError) => (Node[] | null)} explain */
export function wordsPart(explain) {
  const content = askedFor(fetchWords, ({ judged, proposals, never_found }) => [
    h('p', { class: 'quiet', text: t('admin.judged', { n: judged }) }),
    proposals.length > 0 && table(proposals),
    never_found.length > 0 && h('p', {}, h('b', { text: t('admin.never_found') }), ' ', never_found.map(({ word }) => word).join(', ')),
    h('p', { class: 'ways' }, h('a', { href: '/stats', text: t('admin.statistics') })),
  ], explain);
  return { ...content, element: h('section', { class: 'card admin-part' }, h('h2', { text: t('admin.words') }), content.element) };
}

/** @param {import('../admin_api.js').JudgedWord[]} words */
function table(words) {
  const heads = ['stats.word_column', 'admin.labelled', 'admin.proposed', 'admin.found_by', 'stats.seconds'];
  return h('div', { class: 'scroller', tabIndex: 0, role: 'region', 'aria-label': t('admin.words') },
    h('table', { testid: 'admin-words', class: 'plot-table' },
      h('thead', {}, h('tr', {}, ...heads.map((key) => h('th', { scope: 'col', text: t(key) })))),
      h('tbody', {}, ...words.map(({ word, difficulty, proposed, asked, found, seconds }) => h('tr', {},
        h('th', { scope: 'row', text: word, dir: 'auto' }),
        ...[t(`settings.difficulty.${difficulty}`), t(`settings.difficulty.${proposed}`), `${percent(found / asked)} (${found} / ${asked})`, seconds === null ? '–' : t('stats.in_seconds', { seconds: tenths(seconds) })]
          .map((text) => h('td', { text })))))));
}
