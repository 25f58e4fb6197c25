/** How to get friends into the room: the link, a QR code for phones nearby, the phone's own share sheet. */

import { qrPath } from '../api.js';
import { copyText } from '../copy.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { memory } from '../memory.js';

/** @param {import('../state/room_state.js').RoomState} state */
export function inviteCard({ code, inviteUrl }) {
  const link = h('input', {
    testid: 'invite-link', type: 'text', readOnly: true, value: inviteUrl, 'aria-label': t('invite.link'),
    on: { focus: () => link.select() },
  });
  const picture = h('img', { testid: 'qr', class: 'qr', src: qrPath(code), alt: t('invite.qr'), width: 132, height: 132 });
  const cover = h('button', { testid: 'hide-code', type: 'button', class: 'plain', on: { click: () => hide(!memory.hidesCode) } });
  const copy = h('button', { testid: 'copy-link', type: 'button', class: 'primary', text: t('invite.copy'), on: { click: copyLink } });
  // Only phones and pages over https have a share sheet.
  const share = navigator.share && h('button', { type: 'button', text: t('invite.share'), on: { click: shareLink } });
  const said = h('span', { class: 'visually-hidden', role: 'status' });

  /** Those who show their screen to others hide the way in; copying works all the same. */
  function hide(hidden) {
    memory.hidesCode = hidden;
    link.value = hidden ? inviteUrl.replace(code, '•'.repeat(code.length)) : inviteUrl;
    picture.classList.toggle('is-hidden', hidden);
    cover.textContent = t(hidden ? 'invite.show' : 'invite.hide');
  }
  hide(memory.hidesCode);

  async function copyLink() {
    const copied = await copyText(inviteUrl);
    copy.textContent = t(copied ? 'invite.copied' : 'invite.press');
    said.textContent = t(copied ? 'invite.copied_long' : 'invite.press_long');
    if (!copied) link.select();
    setTimeout(() => { copy.textContent = t('invite.copy'); }, 2000);
  }

  function shareLink() {
    // It rejects when people change their minds, which is no error.
    navigator.share({ title: 'Guesstroke', text: t('invite.share_text'), url: inviteUrl }).catch(() => {});
  }

  return h('section', { class: 'card invite' },
    h('h2', { text: t('invite.title') }),
    h('div', { class: 'invite-row' },
      picture,
      h('div', { class: 'invite-text' },
        h('p', { class: 'quiet', text: t('invite.text') }),
        link,
        h('div', { class: 'buttons' }, copy, share || null), cover, said)));
}
