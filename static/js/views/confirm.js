/** Asks once more before something is gone for good. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { showToast } from './toast.js';

/**
 * @param {object} question
 * @param {string} question.title
 * @param {string[]} question.sentences  what will be gone
 * @param {string} question.button       what the button says
 * @param {string} [question.keep]       what the other one says
 * @param {HTMLElement} [question.field] something to fill in
 * @param {() => Promise<void>} question.deed  done at the second click; a failure is said in the dialog
 */
export function confirmDialog({ title, sentences, button, keep = t('confirm.keep'), field, deed }) {
  const failure = h('p', { class: 'notice', role: 'alert', hidden: true });
  const yes = h('button', { testid: 'confirm-yes', type: 'button', class: 'danger', text: button, on: { click: act } });
  const dialog = h('dialog', { testid: 'confirm', class: 'card dialog', 'aria-labelledby': 'confirm-title' },
    h('h2', { id: 'confirm-title', text: title, dir: 'auto' }),
    ...sentences.map((text) => h('p', { text })), field, failure,
    h('div', { class: 'buttons' }, h('button', { type: 'button', autofocus: true, text: keep, on: { click: () => dialog.close() } }), yes));

  async function act() {
    yes.disabled = true;
    try {
      await deed();
      dialog.close();
    } catch (error) {
      failure.textContent = error.message;
      failure.hidden = false;
      yes.disabled = false;
    }
  }
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** What the server deletes is gone at once, or later if its database is away. @param {{deleted: boolean}} answer @param {string} sentence */
export function sayDeleted({ deleted }, sentence) {
  showToast(deleted ? sentence : t('confirm.later'));
}
