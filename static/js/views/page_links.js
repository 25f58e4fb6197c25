/** Quiet links to the pages beside the game. */

import { h } from '../dom.js';
import { t } from '../i18n.js';

const PAGES = ['gallery', 'scores', 'stats', 'me'];

/** @param {{inRoom?: boolean}} [options]  `inRoom`: they open beside the room, so that nobody loses the seat by looking something up */
export function pageLinks({ inRoom = false } = {}) {
  return h('nav', { class: 'page-links', 'aria-label': t('pages.title') }, ...PAGES.map((name) => {
    const link = h('a', { href: `/${name}`, text: t(`pages.${name}`) });
    if (location.pathname === `/${name}`) link.setAttribute('aria-current', 'page');
    if (inRoom) Object.assign(link, besideTheRoom());
    return link;
  }));
}

/** Properties of a link out of a room. */
export function besideTheRoom() {
  return { target: '_blank', rel: 'noopener' };
}
