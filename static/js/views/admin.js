/** The page of the server's owner: the token first, then all that it opens. */

import { drain, fetchHouse, hasToken, tellAll, useToken } from '../admin_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { NOTICE_LENGTH } from '../limits.js';
import { bansPart } from './admin_bans.js';
import { deed } from './admin_deed.js';
import { reportsPart } from './admin_reports.js';
import { roomsPart } from './admin_rooms.js';
import { wordsPart } from './admin_words.js';
import { confirmDialog } from './confirm.js';
import { askedFor, pageFrame } from './page.js';
import { showToast } from './toast.js';

const REFUSED = { 401: 'admin.wrong_token', 403: 'admin.wrong_token', 404: 'admin.is_off', 429: 'admin.too_many_tries' };

/** The whole page. */
export function adminScreen() {
  const place = h('div', { class: 'admin-place' });
  /** @type {{close: () => void}[]} */
  let parts = [];
  const frame = pageFrame({ title: t('admin.title'), kind: 'admin' }, place);

  function closeParts() {
    for (const part of parts) part.close();
    parts = [];
  }

  function showGate(problem = '') {
    closeParts();
    useToken('');
    place.replaceChildren(gate(showHouse, problem));
  }

  /** What the server says of a token that it does not take closes the page again. @param {import('../api.js').ApiError} error */
  function leaveIfRefused(error) {
    if (!(error.status in REFUSED) || error.status === 404) return null;
    showGate(t(REFUSED[error.status]));
    return [];
  }

  function showHouse() {
    const bans = bansPart(leaveIfRefused);
    const reports = reportsPart(leaveIfRefused, () => bans.again());
    const house = askedFor(fetchHouse, (found) => [
      state(found, house.again, () => showGate()), notice(),
      roomsPart(found, () => {
        house.again();
        bans.again();
      }),
    ], leaveIfRefused);
    const words = wordsPart(leaveIfRefused);
    parts = [house, reports, bans, words];
    place.replaceChildren(...[house, reports, bans, words].map(({ element }) => element));
  }

  if (hasToken()) showHouse();
  else showGate();
  return { ...frame, close: closeParts };
}

/** @param {() => void} onOpen @param {string} said  why it is shut again */
function gate(onOpen, said) {
  const problem = h('p', { class: 'notice', role: 'alert', text: said, hidden: !said });
  const token = h('input', { testid: 'admin-token', type: 'password', autocomplete: 'current-password', required: true, spellcheck: false });
  const button = h('button', { testid: 'admin-open', type: 'submit', class: 'primary', text: t('admin.open') });
  // Password managers want a name beside the password.
  const name = h('input', { type: 'text', name: 'username', autocomplete: 'username', value: 'admin', hidden: true });
  return h('form', { class: 'card admin-gate', on: { submit: open } }, h('p', { text: t('admin.about') }), problem, name,
    h('div', { class: 'field' }, h('label', { htmlFor: 'admin-token', text: t('admin.token') }), token), h('div', { class: 'buttons' }, button));

  async function open(event) {
    event.preventDefault();
    button.disabled = true;
    useToken(token.value.trim());
    try {
      await fetchHouse();
      onOpen();
    } catch (error) {
      useToken('');
      problem.textContent = error.status in REFUSED ? t(REFUSED[error.status]) : error.message;
      problem.hidden = false;
      button.disabled = false;
      token.select();
    }
  }
}

/** How it stands, and the switch for resting. @param {import('../admin_api.js').House} house */
function state({ rooms, players, draining }, again, leave) {
  const facts = [['admin.rooms', rooms.length.toLocaleString()], ['admin.people', players.toLocaleString()], ['admin.door', t(draining ? 'admin.closed' : 'admin.is_open')]];
  const numbers = h('dl', { testid: 'admin-state', class: 'totals' },
    ...facts.map(([key, text]) => h('div', {}, h('dt', { text: t(key) }), h('dd', {}, h('b', { text })))));
  const toggle = h('button', { testid: 'admin-drain', type: 'button', text: t(draining ? 'admin.let_in' : 'admin.drain'), on: { click: () => (draining ? letIn() : confirmDialog({
    title: t('admin.drain_title'), sentences: [t('admin.drain_text')], button: t('admin.drain'), keep: t('admin.cancel'),
    deed: async () => {
      await drain(true);
      again();
    },
  })) } });
  const letIn = deed(toggle, async () => {
    await drain(false);
    again();
  });
  return h('section', { class: 'admin-head' }, numbers, draining && h('p', { class: 'notice', text: t('admin.draining') }),
    h('div', { class: 'buttons' },
      h('button', { testid: 'admin-again', type: 'button', text: t('admin.refresh'), on: { click: again } }), toggle,
      h('button', { testid: 'admin-leave', type: 'button', text: t('admin.leave'), on: { click: leave } })));
}

function notice() {
  const text = h('input', { testid: 'admin-notice', type: 'text', maxLength: NOTICE_LENGTH, required: true, autocomplete: 'off' });
  const button = h('button', { testid: 'admin-say', type: 'submit', text: t('admin.say') });
  const say = deed(button, async () => {
    await tellAll(text.value);
    text.value = '';
    showToast(t('admin.said'));
  });
  return h('form', { class: 'card', on: { submit: (event) => {
    event.preventDefault();
    say();
  } } }, h('h2', { text: t('admin.notice') }), h('label', { htmlFor: 'admin-notice', class: 'quiet', text: t('admin.notice_text') }), h('div', { class: 'join-row' }, text, button));
}
