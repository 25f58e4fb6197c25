/** A turn as the machine saw it: how sure each AI player was over time, how the artist's drawing came closer to the word, when it was found. */

import { h, svg } from '../dom.js';
import { t } from '../i18n.js';
import { tenths } from '../numbers.js';

const WIDTH = 280, HEIGHT = 116;
const ROOM = { top: 8, right: 8, bottom: 20, left: 44 };
const MOST_TICKS = 4;
/** Seconds from one tick to the next. */
const STEPS = [1, 2, 5, 10, 20, 30, 60];
/** Pixels that half of a tick's label takes at most. */
const HALF_LABEL = 16;
/** The last words that a guesser thought of. */
const WORDS_SHOWN = 4;

/** @param {import('../state/log_lines.js').Thoughts} thoughts */
export function thoughtsPlot({ lines, found }) {
  const last = Math.max(1000, ...lines.map(({ points }) => points.at(-1)[0]), ...found.map(({ milliseconds }) => milliseconds));
  const x = (ms) => ROOM.left + (ms / last) * (WIDTH - ROOM.left - ROOM.right);
  const y = (value) => HEIGHT - ROOM.bottom - Math.max(0, Math.min(1, value)) * (HEIGHT - ROOM.top - ROOM.bottom);
  return h('figure', { class: 'thoughts' },
    h('figcaption', { text: t('thoughts.title') }),
    // What it shows is said below it.
    svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'thoughts-plot', 'aria-hidden': 'true' },
      ...[0, 0.5, 1].flatMap((value) => [svg('path', { class: 'plot-grid', d: `M${ROOM.left} ${y(value)}H${WIDTH - ROOM.right}` }), label(ROOM.left - 5, y(value) + 4, 'end', `${100 * value} %`)]),
      ...ticksUpTo(last / 1000).map((n) => label(x(1000 * n), HEIGHT - 5, anchorAt(x(1000 * n)), t('thoughts.seconds', { n }))),
      ...lines.map(({ points }, index) => svg('g', { class: lineClass(index) }, svg('path', { class: 'plot-path', d: points.map(([ms, value], at) => `${at ? 'L' : 'M'}${x(ms).toFixed(1)} ${y(value).toFixed(1)}`).join('') }))),
      ...found.map(({ isAi, milliseconds }) => svg('path', { class: foundClass(isAi), d: `M${x(milliseconds)} ${ROOM.top}V${HEIGHT - ROOM.bottom}` }))),
    h('ul', { class: 'thoughts-legend' },
      ...lines.map((line, index) => entry(lineClass(index), 'plot-path', 'M1 6H23', sentence(line))),
      ...found.map(({ name, isAi, milliseconds }) => entry('', foundClass(isAi), 'M12 1V11', t('thoughts.found', { name, seconds: tenths(milliseconds / 1000) })))));
}

/** Whole seconds, evenly spaced from 0 on, for an axis that ends at `last` seconds. */
export function ticksUpTo(last) {
  const step = STEPS.find((each) => last < each * (MOST_TICKS + 1)) ?? Math.ceil(last / MOST_TICKS);
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}

/** So that no label is cut off at an end. */
function anchorAt(x) {
  if (x === ROOM.left) return 'start';
  return x + HALF_LABEL > WIDTH ? 'end' : 'middle';
}

/** What a line says: the words that a guesser thought of one after another, or that it is the artist's. */
function sentence({ name, kind, words }) {
  if (kind === 'artist') return t('thoughts.artist', { name });
  return t('thoughts.guesser', { name, words: words.slice(-WORDS_SHOWN).join(' → ') });
}

const lineClass = (index) => `plot-line plot-line-${index % 4}`;
const foundClass = (isAi) => (isAi ? 'found-ai' : 'found-person');

function entry(group, path, d, text) {
  const key = svg('svg', { viewBox: '0 0 24 12', width: 24, height: 12, 'aria-hidden': 'true' }, svg('g', { class: group }, svg('path', { class: path, d })));
  return h('li', {}, key, h('span', { dir: 'auto', text }));
}

function label(x, y, anchor, text) {
  const element = svg('text', { class: 'plot-label', x, y, 'text-anchor': anchor });
  element.textContent = text;
  return element;
}
