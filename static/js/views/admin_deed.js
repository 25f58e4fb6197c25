/** What a button of the owner's page does: one thing at a time, and a failure is said. */

import { ban } from '../admin_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { REASON_LENGTH } from '../limits.js';
import { confirmDialog } from './confirm.js';
import { showToast } from './toast.js';

/** @param {HTMLButtonElement} button @param {() => Promise<void>} act @returns {() => Promise<void>} */
export function deed(button, act) {
  return async () => {
    button.disabled = true;
    await act().catch((error) => showToast(error.message));
    button.disabled = false;
  };
}

/** Asks for a note, and bans. @param {string} playerId @param {string} nickname @param {() => void} done */
export function askToBan(playerId, nickname, done) {
  const reason = h('input', { testid: 'ban-reason', type: 'text', maxLength: REASON_LENGTH, autocomplete: 'off' });
  confirmDialog({
    title: t('admin.ban_title', { name: nickname }), sentences: [t('admin.ban_text')], button: t('admin.ban'), keep: t('admin.cancel'),
    field: h('div', { class: 'field' }, h('label', { htmlFor: 'ban-reason', text: t('admin.reason') }), reason),
    deed: async () => {
      await ban(playerId, nickname, reason.value);
      showToast(t('admin.banned', { name: nickname }));
      done();
    },
  });
}
