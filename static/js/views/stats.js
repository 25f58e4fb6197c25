/** People against the AI: how often and how soon each guesses what the other draws, day by day and word by word. */

import { linePlot } from '../charts.js';
import { query } from '../api.js';
import { h } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { dayOf, percent, tenths } from '../numbers.js';
import { fetchStats } from '../scores_api.js';
import { MATCHUPS, dayByDay, poolAll, shareOf } from '../state/tallies.js';
import { MODES, chooser, filterBar, textFilter } from './filters.js';
import { askedFor, emptyNote, pageFrame, playLink } from './page.js';

const FILTERS = ['language', 'mode', 'word'];
/** How many words are shown before one asks for all. */
const WORDS_SHOWN = 12;

/** @param {import('../routes.js').Page} page */
export function statsScreen(page) {
  const asked = new URLSearchParams(location.search);
  /** @type {Record<string, string>} */
  const filters = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name) ?? '']));
  let plot = null, measure = 'share';
  const results = askedFor(() => fetchStats(filters), (stats) => {
    plot?.close();
    plot = null;
    // Days are not told word by word.
    const days = filters.word ? [] : stats.days;
    const hands = handsNotes(stats.hands);
    if (![...days, ...stats.words].some(hasGuesses)) return [hands, nothing()];
    const place = h('div', {});
    const draw = () => {
      plot?.close();
      plot = daysPlot(days, measure);
      place.replaceChildren(plot.element);
    };
    if (days.length) draw();
    const choice = chooser('measure', t('stats.measure'), { share: t('stats.share'), seconds: t('stats.seconds') }, measure, (value) => {
      measure = value;
      draw();
    });
    return [totals(days.length ? days : stats.words), hands, days.length > 0 && h('section', { class: 'card' }, choice, place), stats.words.length > 0 && wordTable(stats.words)];
  });

  function nothing() {
    return FILTERS.some((name) => filters[name]) ? emptyNote(t('stats.none_such')) : emptyNote(t('stats.empty'), playLink());
  }

  function filter(name, value) {
    filters[name] = value;
    page.readdress(location.pathname + query(filters));
    results.again();
  }
  const frame = pageFrame({ title: t('stats.title'), kind: 'stats' },
    h('p', { class: 'quiet', text: t('stats.about') }),
    filterBar(textFilter('word', t('stats.word'), filters.word, (value) => filter('word', value)), [
      chooser('language', t('filters.language'), { '': t('filters.all_languages'), ...LANGUAGES }, filters.language, (value) => filter('language', value)),
      chooser('mode', t('filters.mode'), { '': t('filters.all_modes'), ...MODES() }, filters.mode, (value) => filter('mode', value)),
    ], Boolean(filters.language || filters.mode)),
    results.element);
  return {
    ...frame,
    close() {
      results.close();
      plot?.close();
    },
  };
}

const hasGuesses = (tallies) => MATCHUPS.some((name) => tallies[name].asked > 0);

/** Duels and imitations, of all time: whatever is asked for on this page. @param {import('../scores_api.js').Hands} hands */
function handsNotes({ duels, machine, people }) {
  const notes = [
    duels.for_person + duels.for_machine > 0 && [t('stats.duels'), t('stats.duel_score', { people: duels.people, ai: duels.ai }), t('stats.duel_votes', { people: duels.for_person, ai: duels.for_machine })],
    machine.judged > 0 && [t('stats.machine_taken'), percent(machine.mistaken / machine.judged), t('stats.of_judgements', { n: machine.judged })],
    people.judged > 0 && [t('stats.people_taken'), percent(people.mistaken / people.judged), t('stats.of_judgements', { n: people.judged })],
  ].filter(Boolean);
  if (!notes.length) return false;
  return h('dl', { testid: 'stats-hands', class: 'totals' }, ...notes.map(([title, value, about]) =>
    h('div', {}, h('dt', { text: title }), h('dd', {}, h('b', { text: value }), h('span', { class: 'quiet', text: about })))));
}

/** The four sums, as four notes. @param {import('../scores_api.js').Tallies[]} lines */
function totals(lines) {
  const sums = poolAll(lines);
  return h('dl', { testid: 'stats-totals', class: 'totals' }, ...MATCHUPS.map((name) => {
    const share = shareOf(sums[name]);
    return h('div', {}, h('dt', { text: t(`stats.${name}`) }),
      h('dd', {}, h('b', { text: share === null ? '–' : percent(share) }), h('span', { class: 'quiet', text: detail(sums[name], 'stats.mean') })));
  }));
}

/** @param {import('../scores_api.js').Tally} tally @param {'stats.mean' | 'stats.in_seconds'} inTime  how long it took, in a sentence or in short */
function detail({ asked, found, seconds }, inTime) {
  if (!asked) return t('stats.no_guesses');
  return [t('stats.of', { found, asked }), seconds !== null && t(inTime, { seconds: tenths(seconds) })].filter(Boolean).join(' · ');
}

function daysPlot(played, measure) {
  const days = dayByDay(played);
  const valueOf = measure === 'share' ? shareOf : ({ seconds }) => seconds;
  const series = MATCHUPS.map((name) => ({ name: t(`stats.${name}`), values: days.map((day) => valueOf(day[name])) }));
  const highest = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return linePlot({
    title: t(measure === 'share' ? 'stats.share' : 'stats.seconds'), about: t('stats.by_day'), tableName: t('stats.as_table'),
    labels: days.map(({ day }) => dayOf(`${day}T12:00`, { day: 'numeric', month: 'short' })), series,
    most: measure === 'share' ? 1 : Math.ceil(highest / 20) * 20,
    format: measure === 'share' ? percent : (value) => t('stats.in_seconds', { seconds: tenths(value) }),
  });
}

/** @param {import('../scores_api.js').Stats['words']} words */
function wordTable(words) {
  const columns = MATCHUPS.map((name) => t(`stats.${name}`));
  const rows = words.map((word) => h('tr', {},
    h('th', { scope: 'row' }, h('a', { href: `/gallery${query({ word: word.word })}`, text: word.word, dir: 'auto' }), h('span', { class: 'quiet', text: noteOf(word) })),
    ...MATCHUPS.map((name, index) => cell(word[name], columns[index]))));
  const body = h('tbody', {}, ...rows.slice(0, WORDS_SHOWN));
  const all = h('button', { type: 'button', text: t('stats.all_words', { n: rows.length }), hidden: rows.length <= WORDS_SHOWN, on: { click: () => {
    body.replaceChildren(...rows);
    all.hidden = true;
  } } });
  return h('section', { class: 'card words-card' }, h('h2', { text: t('stats.words') }),
    h('table', { testid: 'word-table', class: 'word-table' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('stats.word_column') }), ...columns.map((text) => h('th', { scope: 'col', text })))), body), all);
}

function noteOf({ language, mode }) {
  return [LANGUAGES[language] ?? language, mode !== 'normal' && t(`settings.word_mode.${mode}`)].filter(Boolean).join(' · ');
}

/** How often, as a number and as a bar, and after how long. @param {import('../scores_api.js').Tally} tally */
function cell(tally, column) {
  const share = shareOf(tally);
  // On phones the columns' names stand in the cells.
  const name = h('span', { class: 'cell-name', 'aria-hidden': 'true', text: column });
  if (share === null) return h('td', { class: 'is-empty' }, name, h('span', { 'aria-label': t('stats.no_guesses'), role: 'img', text: '–' }));
  const bar = h('span', { class: 'share-bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--part', String(share));
  return h('td', {}, name, h('b', { text: percent(share) }), bar, h('span', { class: 'quiet', text: detail(tally, 'stats.in_seconds') }));
}
