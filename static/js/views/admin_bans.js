/** Who is banned from the server: to let them in again, or to ban somebody by an id from the log. */

import { fetchBans, unban } from '../admin_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { dayOf } from '../numbers.js';
import { askToBan, deed } from './admin_deed.js';
import { askedFor } from './page.js';

/** @param {(error: import('../api.js').ApiError) => (Node[] | null)} explain */
export function bansPart(explain) {
  const content = askedFor(fetchBans, (bans) => [
    bans.length ? h('ul', { testid: 'admin-bans', class: 'admin-bans' }, ...bans.map(row)) : h('p', { class: 'quiet', text: t('admin.no_bans') }),
    byId(),
  ], explain);

  /** @param {import('../admin_api.js').Ban} ban */
  function row({ player_id, nickname, reason, made }) {
    const button = h('button', { type: 'button', 'aria-label': t('admin.unban_name', { name: nickname || player_id }), text: t('admin.unban') });
    button.addEventListener('click', deed(button, async () => {
      await unban(player_id);
      content.again();
    }));
    return h('li', {},
      h('span', { class: 'admin-who' }, h('b', { class: 'player-name', text: nickname || t('admin.nameless'), dir: 'auto' }),
        h('span', { class: 'quiet', text: [dayOf(made, { dateStyle: 'medium' }), reason].filter(Boolean).join(' · '), dir: 'auto' }), h('code', { text: player_id })),
      button);
  }

  function byId() {
    const id = h('input', {
      testid: 'ban-id', type: 'text', required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: false,
      pattern: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}', placeholder: '00000000-0000-4000-8000-000000000000',
    });
    return h('form', { class: 'admin-by-id', on: { submit: (event) => {
      event.preventDefault();
      askToBan(id.value, '', () => content.again());
    } } }, h('label', { htmlFor: 'ban-id', text: t('admin.by_id') }), h('div', { class: 'join-row' }, id, h('button', { type: 'submit', text: t('admin.ban') })));
  }

  return { ...content, element: h('section', { class: 'card admin-part' }, h('h2', { text: t('admin.bans') }), content.element) };
}
