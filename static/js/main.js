/** Starts the client: the address says whether this is the front page or a room. */

import { loadSentences } from './i18n.js';
import { applyTheme } from './theme.js';

const place = document.getElementById('screen');
let screen = null;
let room = null;

/** Puts a screen on the page in place of the one before. */
function show(next, phase) {
  screen?.close?.();
  for (const dialog of /** @type {NodeListOf<HTMLDialogElement>} */ (document.querySelectorAll('dialog[open]'))) dialog.close();
  screen = next;
  place.replaceChildren(next.element);
  document.body.dataset.phase = phase;
  scrollTo(0, 0);
}

function go(path, notice = '') {
  history.pushState(null, '', path);
  followAddress(notice);
}

// Neither page needs what the other does. The room's part is fetched as soon as somebody touches the front page.
const loadHome = () => import('./views/home.js');
const loadRoom = () => import('./room.js');

async function followAddress(notice = '') {
  room?.close();
  room = null;
  const here = location.pathname;
  const code = here.match(/^\/r\/([^/]+)\/?$/)?.[1];
  if (code) {
    const { Room } = await loadRoom();
    if (location.pathname === here) room = new Room(decodeURIComponent(code), { show, goHome: (why) => go('/', why) });
  } else {
    const { homeScreen } = await loadHome();
    if (location.pathname === here) show(homeScreen({ notice, goToRoom: (wanted) => go(`/r/${encodeURIComponent(wanted)}`) }), 'home');
  }
}

/** On phones the on-screen keyboard covers the page without resizing it: the styles need the part that can be seen. */
function followKeyboard() {
  // Zoomed in with two fingers, people see a part because they want to.
  if (visualViewport.scale > 1.01) return;
  document.documentElement.style.setProperty('--visible-height', `${visualViewport.height}px`);
  document.documentElement.style.setProperty('--visible-top', `${visualViewport.offsetTop}px`);
}

visualViewport?.addEventListener('resize', followKeyboard);
visualViewport?.addEventListener('scroll', followKeyboard);
addEventListener('popstate', () => followAddress());
for (const type of ['pointerdown', 'keydown']) addEventListener(type, loadRoom, { once: true });
applyTheme();
await loadSentences();
await followAddress();
// Over plain http on a LAN there is none: the page works all the same, but cannot be installed.
navigator.serviceWorker?.register('/service-worker.js').catch(() => {});
