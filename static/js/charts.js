/**
 * Line plots as SVG: told apart by dashes and marks as well as by colour, sharp at any width, with a table for those who cannot see them.
 *
 * @typedef {{name: string, values: (number | null)[]}} Series  null where there is nothing to show
 */

import { h, svg } from './dom.js';

const HEIGHT = 300;
const ROOM = { top: 14, right: 14, bottom: 34, left: 52 };
/** Pixels that a label below the plot takes. */
const LABEL_WIDTH = 76;
const LINES = 4;
const MARK = 4.5;
/** Marks nearer to each other than so many pixels hide the line; then some are left out. */
const LEAST_STEP = 20;
/** The shapes of the marks around (0, 0), by series. */
const MARKS = [
  `M${-MARK} 0a${MARK} ${MARK} 0 1 0 ${2 * MARK} 0a${MARK} ${MARK} 0 1 0 ${-2 * MARK} 0Z`,
  `M${-MARK} ${-MARK}h${2 * MARK}v${2 * MARK}h${-2 * MARK}Z`,
  `M0 ${-1.3 * MARK}L${1.2 * MARK} ${MARK}H${-1.2 * MARK}Z`,
  `M0 ${-1.4 * MARK}L${1.4 * MARK} 0L0 ${1.4 * MARK}L${-1.4 * MARK} 0Z`,
];

/**
 * @param {object} plot
 * @param {string} plot.title
 * @param {string} plot.about     what it shows, in a sentence
 * @param {string} plot.tableName what the table is called
 * @param {string[]} plot.labels  of the places along the bottom
 * @param {Series[]} plot.series  four at most
 * @param {number} plot.most      the top of the axis
 * @param {(value: number) => string} plot.format
 */
export function linePlot({ title, about, tableName, labels, series, most, format }) {
  const stage = h('div', { class: 'plot-stage' });
  const observer = new ResizeObserver(draw);
  observer.observe(stage);

  function draw() {
    const width = stage.clientWidth;
    if (!width) return;
    const x = (index) => ROOM.left + ((index + 0.5) / labels.length) * (width - ROOM.left - ROOM.right);
    const y = (value) => HEIGHT - ROOM.bottom - (value / most) * (HEIGHT - ROOM.top - ROOM.bottom);
    const every = Math.ceil(labels.length / Math.max(1, Math.floor((width - ROOM.left) / LABEL_WIDTH)));
    const marked = Math.ceil((LEAST_STEP * labels.length) / (width - ROOM.left - ROOM.right));
    const grid = Array.from({ length: LINES + 1 }, (_, line) => (most * line) / LINES);
    stage.replaceChildren(svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': `${title}. ${about}` },
      ...grid.flatMap((value) => [
        svg('path', { class: 'plot-grid', d: `M${ROOM.left} ${y(value)}H${width - ROOM.right}` }),
        words({ class: 'plot-label', x: ROOM.left - 8, y: y(value) + 4, 'text-anchor': 'end' }, format(value)),
      ]),
      ...labels.flatMap((label, index) => (index % every ? [] : [words({ class: 'plot-label', x: x(index), y: HEIGHT - 10, 'text-anchor': 'middle' }, label)])),
      ...series.map(({ values }, index) => svg('g', { class: `plot-line plot-line-${index}` },
        svg('path', { class: 'plot-path', d: pathOf(values, x, y) }),
        ...values.flatMap((value, at) => (value === null || at % marked !== index % marked ? [] : [svg('path', { class: 'plot-mark', d: MARKS[index], transform: `translate(${x(at)} ${y(value)})` })]))))));
  }

  const legend = h('ul', { class: 'plot-legend' }, ...series.map(({ name }, index) => h('li', {}, keyOf(index), name)));
  return {
    element: h('figure', { class: 'plot' }, h('figcaption', { class: 'quiet', text: about }), legend, stage,
      h('details', { class: 'more' }, h('summary', { text: tableName }), tableOf(labels, series, format))),
    close: () => observer.disconnect(),
  };
}

/** A line that begins anew after each gap. */
function pathOf(values, x, y) {
  return values.map((value, index) => (value === null ? '' : `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)).join('');
}

function keyOf(index) {
  return svg('svg', { viewBox: '0 0 40 14', width: 40, height: 14, 'aria-hidden': 'true' },
    svg('g', { class: `plot-line plot-line-${index}` }, svg('path', { class: 'plot-path', d: 'M1 7H39' }), svg('path', { class: 'plot-mark', d: MARKS[index], transform: 'translate(20 7)' })));
}

function words(attributes, text) {
  const element = svg('text', attributes);
  element.textContent = text;
  return element;
}

function tableOf(labels, series, format) {
  return h('div', { class: 'scroller', tabIndex: 0, role: 'group' }, h('table', { class: 'plot-table' },
    h('thead', {}, h('tr', {}, h('td', {}), ...series.map(({ name }) => h('th', { scope: 'col', text: name })))),
    h('tbody', {}, ...labels.map((label, at) =>
      h('tr', {}, h('th', { scope: 'row', text: label }), ...series.map(({ values }) => h('td', { text: values[at] === null ? '–' : format(values[at]) })))))));
}
