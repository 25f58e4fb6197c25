/** What all pages beside the game have: the way home, the ways to each other, a title, and places for what has to be asked for. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { menu } from './menu.js';
import { pageLinks } from './page_links.js';
import { wordmark } from './wordmark.js';

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.kind      the class of its content
 * @param {...(Node | null | false)} children
 */
export function pageFrame({ title, kind }, ...children) {
  const heading = h('h1', { testid: 'page-title', tabIndex: -1, dir: 'auto' }, title);
  const element = h('div', { class: 'page' },
    h('header', { class: 'page-head' },
      h('a', { testid: 'home', class: 'home-link', href: '/', 'aria-label': t('pages.home') }, wordmark({ tag: 'span' })),
      pageLinks(),
      menu().button),
    h('div', { class: `page-body ${kind}` }, heading, ...children));
  return { element, heading, title };
}

/**
 * A place for what has to be asked for: says that it is on its way, shows it, or says why it did not come and offers to ask again.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => (Node | null | false)[]} show
 * @param {(error: import('../api.js').ApiError) => (Node[] | null)} [explain]  errors that have an explanation of their own
 */
export function askedFor(ask, show, explain = () => null) {
  const element = h('div', { class: 'asked-for' });
  let latest = 0;

  async function again() {
    const mine = ++latest;
    element.setAttribute('aria-busy', 'true');
    if (!element.hasChildNodes()) element.replaceChildren(h('p', { class: 'quiet', role: 'status', text: t('pages.loading') }));
    const outcome = await ask().then((answer) => ({ answer }), (error) => ({ error }));
    // Answers may overtake each other: only the last question counts.
    if (mine !== latest) return;
    const parts = 'error' in outcome ? explain(outcome.error) ?? [problem(outcome.error.message, again)] : show(outcome.answer);
    element.removeAttribute('aria-busy');
    element.replaceChildren(.../** @type {Node[]} */ (parts.filter(Boolean)));
  }

  again();
  return {
    element,
    again,
    /** What is still on its way is not shown any more. */
    close() {
      latest += 1;
    },
  };
}

/** @param {string} sentence @param {() => void} again */
export function problem(sentence, again) {
  return h('div', { class: 'notice', role: 'alert' }, h('p', { text: sentence }), h('button', { type: 'button', text: t('enter.try_again'), on: { click: again } }));
}

/** Said where there is nothing yet, with a way on. @param {string} sentence @param {...Node} ways */
export function emptyNote(sentence, ...ways) {
  return h('div', { class: 'empty-note' }, h('p', { text: sentence }), ...ways);
}

/** The ways to play: for pages on which there is nothing to see before one has. */
export function playLink() {
  return h('a', { class: 'button primary', href: '/', text: t('pages.play') });
}
