/** Going on as the same player at another device: a code with its link and picture there, a field for a code here. */

import { copyText } from '../copy.js';
import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { adopt, beginTransfer, transferQrPath } from '../me_api.js';
import { memory } from '../memory.js';
import { showToast } from './toast.js';

export function transferCard() {
  const place = h('div', { class: 'transfer', 'aria-live': 'polite' });
  const button = h('button', { testid: 'transfer', type: 'button', class: 'primary', text: t('transfer.begin'), on: { click: begin } });
  let timer = 0;

  async function begin() {
    button.disabled = true;
    clearInterval(timer);
    try {
      offer(await beginTransfer());
    } catch (error) {
      place.replaceChildren(h('p', { class: 'notice', role: 'alert', text: error.message }));
    }
    button.disabled = false;
  }

  /** @param {import('../me_api.js').Transfer} transfer */
  function offer({ code, link, seconds }) {
    const until = performance.now() + 1000 * seconds;
    // The seconds change too often to be read out.
    const left = h('p', { class: 'quiet', 'aria-hidden': 'true' });
    const copy = h('button', { type: 'button', text: t('invite.copy'), on: { click: async () => showToast(await copyText(link) ? t('invite.copied_long') : link) } });
    place.replaceChildren(
      h('p', { text: t('transfer.how') }),
      h('img', { class: 'qr', src: transferQrPath(code), alt: t('transfer.qr'), width: 124, height: 124 }),
      h('div', { class: 'transfer-text' },
        h('p', { testid: 'transfer-code', class: 'transfer-code', text: code }),
        h('p', { class: 'visually-hidden', text: t('transfer.minutes', { n: Math.round(seconds / 60) }) }),
        left, copy));
    setText(button, t('transfer.again'));
    const tick = () => {
      const rest = Math.ceil((until - performance.now()) / 1000);
      setText(left, t('transfer.left', { time: `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}` }));
      if (rest > 0) return;
      clearInterval(timer);
      place.replaceChildren(h('p', { text: t('transfer.over') }));
    };
    tick();
    timer = setInterval(tick, 1000);
  }

  return {
    element: h('section', { class: 'card' }, h('h2', { text: t('transfer.title') }), h('p', { class: 'quiet', text: t('transfer.text') }), place, h('div', { class: 'buttons' }, button)),
    close: () => clearInterval(timer),
  };
}

/** @param {() => void} onAdopted  this browser is that player now */
export function adoptForm(onAdopted) {
  const problem = h('p', { class: 'notice', role: 'alert', hidden: true });
  const code = h('input', { testid: 'adopt-code', type: 'text', autocomplete: 'off', autocapitalize: 'characters', spellcheck: false, required: true });
  const button = h('button', { testid: 'adopt', type: 'submit', text: t('transfer.use') });
  return h('form', { class: 'card', on: { submit: send } }, h('h2', { text: t('transfer.have_code') }), h('p', { class: 'quiet', text: t('transfer.have_code_text') }), problem,
    h('label', { htmlFor: 'adopt-code', text: t('transfer.code') }), h('div', { class: 'join-row' }, code, button));

  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    problem.hidden = true;
    try {
      await becomeOwnerOf(codeFrom(code.value));
      onAdopted();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
      code.focus();
    }
    button.disabled = false;
  }
}

/** This browser goes on as the player who got the code, and says so. @param {string} code */
export async function becomeOwnerOf(code) {
  try {
    const { nickname } = await adopt(code);
    // Nobody's name is known before their first game is over.
    if (nickname) memory.nickname = nickname;
    showToast(nickname ? t('move.done', { name: nickname }) : t('move.done_nameless'));
  } catch (error) {
    throw error.status === 404 ? new Error(t('transfer.no_such_code')) : error;
  }
}

/** People paste whole links where a code is asked for. */
function codeFrom(text) {
  const trimmed = text.trim();
  return (trimmed.match(/\/move\/([^/?#\s]+)/)?.[1] ?? trimmed).toUpperCase();
}
