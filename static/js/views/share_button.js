/** Hands on the address of a page: by the phone's share sheet where there is one, else by copying it. */

import { copyText } from '../copy.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { showToast } from './toast.js';

/** @param {string} path @param {string} text  said along with it */
export function shareButton(path, text) {
  return h('button', { testid: 'share', type: 'button', on: { click: share } }, icon('share'), t('invite.share'));

  async function share() {
    const url = new URL(path, location.origin).href;
    // It rejects when people change their minds, which is no error.
    if (navigator.share) navigator.share({ title: 'Guesstroke', text, url }).catch(() => {});
    else showToast(await copyText(url) ? t('invite.copied_long') : url);
  }
}
