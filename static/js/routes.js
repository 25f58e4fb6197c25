/**
 * Which screen an address stands for. Each screen is fetched when it is wanted first.
 *
 * @typedef {object} Screen
 * @property {HTMLElement} element
 * @property {string} [title]        of the document
 * @property {() => void} [shown]    called when it is on the page
 * @property {() => void} [close]
 * @property {HTMLElement} [heading] gets the focus when one comes by a link
 *
 * @typedef {object} Page  what a screen can do with the page that it is on
 * @property {(path: string, notice?: string) => void} go       to another address of ours
 * @property {(path: string) => void} readdress                 the same screen has another address now
 * @property {(title: string) => void} entitle                  names the document
 * @property {boolean} isReturn                                 one came by the browser's back or forward button
 */

/** @type {[RegExp, (page: Page, part: string) => Promise<Screen>][]} */
const PAGES = [
  [/^\/gallery$/, async (page) => (await import('./views/gallery.js')).galleryScreen(page)],
  [/^\/r\/([^/]+)\/gallery$/, async (page, code) => (await import('./views/gallery.js')).galleryScreen(page, code)],
  [/^\/drawing\/([^/]+)$/, async (page, key) => (await import('./views/drawing.js')).drawingScreen(page, key)],
  [/^\/game\/([^/]+)$/, async (page, id) => (await import('./views/game_page.js')).gamePage(page, id)],
  [/^\/scores$/, async (page) => (await import('./views/scores.js')).scoresScreen(page)],
  [/^\/stats$/, async (page) => (await import('./views/stats.js')).statsScreen(page)],
  [/^\/me$/, async (page) => (await import('./views/me.js')).meScreen(page)],
  [/^\/admin$/, async () => (await import('./views/admin.js')).adminScreen()],
  [/^\/move\/([^/]+)$/, async (page, code) => (await import('./views/move.js')).moveScreen(page, code)],
];

/** The room's code in an address, '' if it is none of a room. @param {string} path */
export function roomIn(path) {
  return decodeURIComponent(tidy(path).match(/^\/r\/([^/]+)$/)?.[1] ?? '');
}

/**
 * What shows an address beside the front page and the rooms.
 * @param {string} path
 * @returns {((page: Page) => Promise<Screen>) | null}
 */
export function pageAt(path) {
  for (const [form, load] of PAGES) {
    const found = tidy(path).match(form);
    if (found) return (page) => load(page, decodeURIComponent(found[1] ?? ''));
  }
  return null;
}

/** Whether this page shows the address itself, without asking the server for another document. @param {string} path */
export function isOurs(path) {
  return path === '/' || roomIn(path) !== '' || pageAt(path) !== null;
}

function tidy(path) {
  return path.replace(/\/+$/, '');
}
