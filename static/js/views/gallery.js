/** All drawings that may be seen, of the whole server or of one room, with filters that the address keeps. */

import { fetchGallery } from '../drawings_api.js';
import { h } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { query } from '../api.js';
import { drawingCard } from './drawing_card.js';
import { checkFilter, chooser, filterBar, textFilter, MODES } from './filters.js';
import { moreDrawings } from './more_drawings.js';
import { askedFor, emptyNote, pageFrame, playLink } from './page.js';

const FILTERS = ['word', 'language', 'mode', 'drawer', 'liked', 'sort'];

/** The gallery that was shown last: who comes back from a drawing finds it as it was. @type {{screen: import('../routes.js').Screen, address(): string} | null} */
let last = null;

/** @param {import('../routes.js').Page} page @param {string} [room]  its code */
export function galleryScreen(page, room = '') {
  const here = location.pathname;
  if (page.isReturn && last?.address() === here + location.search) return last.screen;
  const asked = new URLSearchParams(location.search);
  /** @type {Record<string, string>} */
  const filters = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name) ?? '']));
  /** @type {ReturnType<typeof moreDrawings> | null} */
  let list = null;
  let top = 0;
  const count = h('p', { class: 'visually-hidden', role: 'status' });

  const results = askedFor(() => fetchGallery({ ...filters, room }), (first) => {
    list?.close();
    // Those who see the grid need no word about it.
    count.textContent = first.drawings.length ? t('gallery.shown', { n: first.drawings.length }) : '';
    if (!first.drawings.length) return [nothing()];
    list = moreDrawings(first, (after) => fetchGallery({ ...filters, room }, after), (drawing) => drawingCard(drawing));
    return [list.element];
  });

  function nothing() {
    if (FILTERS.some((name) => name !== 'sort' && filters[name])) {
      return emptyNote(t('gallery.none_such'), h('button', { type: 'button', text: t('gallery.show_all'), on: { click: () => page.go(here) } }));
    }
    return emptyNote(t(room ? 'gallery.empty_room' : 'gallery.empty'), playLink());
  }

  function filter(name, value) {
    filters[name] = value;
    page.readdress(address());
    results.again();
  }
  const address = () => here + query(filters);

  const bar = filterBar(
    textFilter('word', t('gallery.word'), filters.word, (value) => filter('word', value)), [
    chooser('drawer', t('gallery.drawn_by'), { '': t('gallery.anybody'), people: t('gallery.people'), ai: t('gallery.ai') }, filters.drawer, (value) => filter('drawer', value)),
    chooser('language', t('filters.language'), { '': t('filters.all_languages'), ...LANGUAGES }, filters.language, (value) => filter('language', value)),
    chooser('mode', t('filters.mode'), { '': t('filters.all_modes'), ...MODES() }, filters.mode, (value) => filter('mode', value)),
    chooser('sort', t('gallery.sort'), { '': t('gallery.newest'), liked: t('gallery.most_liked') }, filters.sort, (value) => filter('sort', value)),
    checkFilter('liked', t('gallery.liked'), filters.liked === 'true', (on) => filter('liked', on ? 'true' : '')),
  ], FILTERS.some((name) => name !== 'word' && filters[name] !== ''));
  const frame = pageFrame({ title: room ? t('gallery.of_room') : t('gallery.title'), kind: 'gallery' },
    h('p', { class: 'quiet', text: t(room ? 'gallery.about_room' : 'gallery.about') }),
    room && h('p', { class: 'ways' }, h('a', { href: `/r/${encodeURIComponent(room)}`, text: t('gallery.to_room') }), h('a', { href: '/gallery', text: t('gallery.to_all') })),
    bar, count, results.element);
  /** @type {import('../routes.js').Screen} */
  const screen = {
    ...frame,
    shown() {
      list?.resume();
      scrollTo(0, top);
    },
    close() {
      list?.close();
      top = scrollY;
    },
  };
  last = { screen, address };
  return screen;
}
