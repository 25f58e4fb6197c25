/** Where a transfer's link leads: asks before this browser becomes that player, for whoever previews a link must not use it up. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { pageFrame } from './page.js';
import { becomeOwnerOf } from './transfer.js';

/** @param {import('../routes.js').Page} page @param {string} code */
export function moveScreen(page, code) {
  const problem = h('p', { class: 'notice', role: 'alert', hidden: true });
  const button = h('button', { testid: 'move-here', type: 'button', class: 'primary big', text: t('move.button'), on: { click: move } });

  async function move() {
    button.disabled = true;
    problem.hidden = true;
    try {
      await becomeOwnerOf(code);
      page.go('/me');
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
      button.disabled = false;
    }
  }

  return pageFrame({ title: t('move.title'), kind: 'move' },
    h('div', { class: 'card move-card' }, h('p', { text: t('move.text') }), h('p', { class: 'quiet', text: t('move.replaces') }), problem,
      h('div', { class: 'buttons' }, button, h('a', { class: 'button', href: '/', text: t('move.not') }))));
}
