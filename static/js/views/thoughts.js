/** After a turn: how sure each AI player was over time, how the artist's drawing came closer to the word, and when it was found. */

import { h, svg } from '../dom.js';
import { t } from '../i18n.js';
import { tenths } from '../numbers.js';
import { nameOf, playerById } from '../state/questions.js';

const WIDTH = 520, HEIGHT = 118;
const ROOM = { top: 8, right: 10, bottom: 22, left: 40 };
const TICKS = 4;

/** @param {import('../state/room_state.js').RoomState} state @returns {HTMLElement | null} null where there is nothing to show */
export function thoughtsPlot(state) {
  const { thoughts } = state;
  const lines = (thoughts?.lines ?? []).filter(({ points }) => points.length > 1);
  if (!thoughts || !lines.length) return null;
  const last = Math.max(1000, ...lines.map(({ points }) => points.at(-1)[0]), ...thoughts.found.map(({ milliseconds }) => milliseconds));
  const x = (ms) => ROOM.left + (ms / last) * (WIDTH - ROOM.left - ROOM.right);
  const y = (value) => HEIGHT - ROOM.bottom - Math.max(0, Math.min(1, value)) * (HEIGHT - ROOM.top - ROOM.bottom);
  const summary = [...lines.map((line) => sentence(state, line)), ...thoughts.found.map(({ player_id, milliseconds }) => t('thoughts.found', { name: nameOf(state, player_id), seconds: tenths(milliseconds / 1000) }))];
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'thoughts-plot', role: 'img', 'aria-label': `${t('thoughts.title')}. ${summary.join('. ')}` },
    ...[0, 0.5, 1].flatMap((value) => [svg('path', { class: 'plot-grid', d: `M${ROOM.left} ${y(value)}H${WIDTH - ROOM.right}` }), label(ROOM.left - 6, y(value) + 4, 'end', `${100 * value} %`)]),
    ...Array.from({ length: TICKS + 1 }, (_, index) => label(x((last * index) / TICKS), HEIGHT - 6, 'middle', t('thoughts.seconds', { n: Math.round((last * index) / TICKS / 1000) }))),
    ...lines.map((line, index) => svg('g', { class: `plot-line plot-line-${index % 4}` }, svg('path', { class: 'plot-path', d: line.points.map(([ms, value], at) => `${at ? 'L' : 'M'}${x(ms).toFixed(1)} ${y(value).toFixed(1)}`).join('') }))),
    ...thoughts.found.map(({ player_id, milliseconds }) => svg('path', { class: playerById(state, player_id)?.is_ai ? 'found-ai' : 'found-person', d: `M${x(milliseconds)} ${ROOM.top}V${HEIGHT - ROOM.bottom}` })));
  return h('figure', { testid: 'thoughts', class: 'thoughts' },
    h('figcaption', { text: t('thoughts.title') }), picture,
    h('ul', { class: 'thoughts-legend' },
      ...lines.map((line, index) => h('li', {}, key(`plot-line plot-line-${index % 4}`, 'M1 6H23', 'plot-path'), h('span', { dir: 'auto', text: sentence(state, line) }))),
      ...thoughts.found.map(({ player_id, milliseconds }) => h('li', {}, key('', 'M12 1V11', playerById(state, player_id)?.is_ai ? 'found-ai' : 'found-person'),
        h('span', { dir: 'auto', text: t('thoughts.found', { name: nameOf(state, player_id), seconds: tenths(milliseconds / 1000) }) })))));
}

/** What a line says: the words that a guesser thought of one after another, or that it is the artist's. */
function sentence(state, { player_id, kind, words }) {
  const name = nameOf(state, player_id);
  if (kind === 'artist') return t('thoughts.artist', { name });
  return words.length ? t('thoughts.guesser', { name, words: words.slice(-4).map(([, word]) => word).join(' → ') }) : name;
}

function key(group, d, path) {
  return svg('svg', { viewBox: '0 0 24 12', width: 24, height: 12, 'aria-hidden': 'true' }, svg('g', { class: group }, svg('path', { class: path, d })));
}

function label(x, y, anchor, text) {
  const element = svg('text', { class: 'plot-label', x, y, 'text-anchor': anchor });
  element.textContent = text;
  return element;
}
