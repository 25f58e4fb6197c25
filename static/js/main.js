/** Starts the client: the address says which screen is shown. */

import { loadSentences } from './i18n.js';
import { isOurs, pageAt, roomIn } from './routes.js';
import { applyTheme } from './theme.js';

const NAME = 'Guesstroke';
const place = document.getElementById('screen');
/** @type {import('./routes.js').Screen | null} */
let screen = null;
let room = null;

/** Puts a screen on the page in place of the one before. @param {import('./routes.js').Screen} next */
function show(next, phase) {
  screen?.close?.();
  for (const dialog of /** @type {NodeListOf<HTMLDialogElement>} */ (document.querySelectorAll('dialog[open]'))) dialog.close();
  screen = next;
  place.replaceChildren(next.element);
  document.body.dataset.phase = phase;
  entitle(next.title);
  scrollTo(0, 0);
  next.shown?.();
}

function entitle(title = '') {
  document.title = title ? `${title} · ${NAME}` : NAME;
}

function go(path, notice = '') {
  history.pushState(null, '', path);
  followAddress({ notice });
}

// No page needs what the others do. The room's part is fetched as soon as somebody touches the front page.
const loadHome = () => import('./views/home.js');
const loadRoom = () => import('./room.js');

/** @param {{notice?: string, isReturn?: boolean, isFirst?: boolean}} [how] */
async function followAddress({ notice = '', isReturn = false, isFirst = false } = {}) {
  room?.close();
  room = null;
  const here = location.pathname;
  const isStill = () => location.pathname === here;
  const code = roomIn(here), load = pageAt(here);
  if (code) {
    const { Room } = await loadRoom();
    if (isStill()) room = new Room(code, { show, goHome: (why) => go('/', why) });
  } else if (load) {
    const readdress = (path) => history.replaceState(null, '', path);
    const next = await load({ go, readdress, entitle: (title) => isStill() && entitle(title), isReturn });
    if (!isStill()) return;
    show(next, 'page');
    // A reader's place is at the top of what is new, and not where the link was.
    if (!isFirst) next.heading?.focus({ preventScroll: true });
  } else {
    const { homeScreen } = await loadHome();
    if (isStill()) show(homeScreen({ notice, goToRoom: (wanted) => go(`/r/${encodeURIComponent(wanted)}`) }), 'home');
  }
}

/** Plain clicks on our own links change the screen; what else a click may mean (a new tab, a download) is the browser's. @param {MouseEvent} event */
function followLink(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest?.('a[href]'));
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin || !isOurs(link.pathname)) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

/** On phones the on-screen keyboard covers the page without resizing it: the styles need the part that can be seen. */
function followKeyboard() {
  // Zoomed in with two fingers, people see a part because they want to.
  if (visualViewport.scale > 1.01) return;
  document.documentElement.style.setProperty('--visible-height', `${visualViewport.height}px`);
  document.documentElement.style.setProperty('--visible-top', `${visualViewport.offsetTop}px`);
}

// Screens come later than the browser would scroll to where one was.
history.scrollRestoration = 'manual';
visualViewport?.addEventListener('resize', followKeyboard);
visualViewport?.addEventListener('scroll', followKeyboard);
addEventListener('popstate', () => followAddress({ isReturn: true }));
document.addEventListener('click', followLink);
// Who only looks at drawings needs no room.
if (!pageAt(location.pathname)) for (const type of ['pointerdown', 'keydown']) addEventListener(type, loadRoom, { once: true });
applyTheme();
await loadSentences();
await followAddress({ isFirst: true });
history.replaceState(null, '');  // see whole.js
// Over plain http on a LAN there is none: the page works all the same, but cannot be installed.
navigator.serviceWorker?.register('/service-worker.js').catch(() => {});
