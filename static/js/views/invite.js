/** How to get friends into the room: the link, a QR code for phones nearby, the phone's own share sheet. */

import { qrPath } from '../api.js';
import { copyText } from '../copy.js';
import { h } from '../dom.js';
import { memory } from '../memory.js';

/** @param {import('../state/room_state.js').RoomState} state */
export function inviteCard({ code, inviteUrl }) {
  const link = h('input', {
    testid: 'invite-link', type: 'text', readOnly: true, value: inviteUrl, 'aria-label': 'Invite link',
    on: { focus: () => link.select() },
  });
  const picture = h('img', { testid: 'qr', class: 'qr', src: qrPath(code), alt: 'QR code of the invite link', width: 132, height: 132 });
  const cover = h('button', { testid: 'hide-code', type: 'button', class: 'plain', on: { click: () => hide(!memory.hidesCode) } });
  const copy = h('button', { testid: 'copy-link', type: 'button', class: 'primary', text: 'Copy link', on: { click: copyLink } });
  // Only phones and pages over https have a share sheet.
  const share = navigator.share && h('button', { type: 'button', text: 'Share', on: { click: shareLink } });
  const said = h('span', { class: 'visually-hidden', role: 'status' });

  /** Those who show their screen to others hide the way in; copying works all the same. */
  function hide(hidden) {
    memory.hidesCode = hidden;
    link.value = hidden ? inviteUrl.replace(code, '•'.repeat(code.length)) : inviteUrl;
    picture.classList.toggle('is-hidden', hidden);
    cover.textContent = hidden ? 'Show the code' : 'Hide the code';
  }
  hide(memory.hidesCode);

  async function copyLink() {
    const copied = await copyText(inviteUrl);
    copy.textContent = copied ? 'Copied!' : 'Press Ctrl+C';
    said.textContent = copied ? 'Link copied' : 'Copying is not allowed here: the link is selected';
    if (!copied) link.select();
    setTimeout(() => { copy.textContent = 'Copy link'; }, 2000);
  }

  function shareLink() {
    // It rejects when people change their minds, which is no error.
    navigator.share({ title: 'Guesstroke', text: 'Come and draw with me', url: inviteUrl }).catch(() => {});
  }

  return h('section', { class: 'card invite' },
    h('h2', { text: 'Invite friends' }),
    h('div', { class: 'invite-row' },
      picture,
      h('div', { class: 'invite-text' },
        h('p', { class: 'quiet', text: 'Send them this link, or let a phone read the code.' }),
        link,
        h('div', { class: 'buttons' }, copy, share || null), cover, said)));
}
