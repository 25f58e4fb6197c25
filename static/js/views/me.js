/** What this server keeps about the player at this browser: shown, taken along, and deleted when they like. */

import { deleteDrawing } from '../drawings_api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { EXPORT_PATH, deleteMe, deleteMyDrawings, fetchMe, fetchMyDrawings } from '../me_api.js';
import { memory } from '../memory.js';
import { percent, tenths } from '../numbers.js';
import { confirmDialog, sayDeleted } from './confirm.js';
import { drawingCard } from './drawing_card.js';
import { moreDrawings } from './more_drawings.js';
import { askedFor, emptyNote, pageFrame, playLink } from './page.js';
import { adoptForm, transferCard } from './transfer.js';

/** @param {import('../routes.js').Page} page */
export function meScreen(page) {
  let list = null, transfer = null;
  const content = askedFor(fetchMe, (me) => {
    frame.heading.textContent = me.nickname || t('pages.me');
    transfer?.close();
    transfer = transferCard();
    return [numbers(me), moments(me), drawings(), h('div', { class: 'me-cards' }, transfer.element, adopting(), keeping())];
  }, (error) => (error.status === 404 ? [emptyNote(t('me.nothing'), playLink()), h('div', { class: 'me-cards' }, adopting())] : null));
  const frame = pageFrame({ title: t('pages.me'), kind: 'me' }, h('p', { class: 'quiet', text: t('me.about') }), content.element);

  function adopting() {
    return adoptForm(() => content.again());
  }

  function drawings() {
    const mine = askedFor(() => fetchMyDrawings(), (first) => {
      list?.close();
      if (!first.drawings.length) return [h('p', { class: 'quiet', text: t('me.no_drawings') })];
      list = moreDrawings(first, fetchMyDrawings, (drawing) => drawingCard(drawing, removal(drawing)));
      return [list.element, h('div', { class: 'buttons' }, h('button', { testid: 'delete-drawings', type: 'button', on: { click: askAll } }, icon('clear'), t('me.delete_drawings')))];
    });

    function removal({ key, word }) {
      const name = t('me.delete_one', { word });
      return h('button', { type: 'button', class: 'icon-button plain card-delete', 'aria-label': name, title: name, on: { click: (event) => confirmDialog({
        title: t('drawing.delete_title', { word }), sentences: [t('drawing.delete_text')], button: t('drawing.delete_yes'),
        deed: async () => {
          sayDeleted(await deleteDrawing(key), t('drawing.deleted'));
          event.target.closest('.drawing-card').remove();
        },
      }) } }, icon('clear'));
    }
    function askAll() {
      confirmDialog({
        title: t('me.delete_drawings_title'), sentences: [t('me.delete_drawings_text')], button: t('me.delete_drawings_yes'),
        deed: async () => {
          sayDeleted(await deleteMyDrawings(), t('me.drawings_deleted'));
          content.again();
        },
      });
    }
    return h('section', { class: 'my-drawings' }, h('h2', { text: t('me.drawings') }), mine.element);
  }

  function keeping() {
    return h('section', { class: 'card' }, h('h2', { text: t('me.kept') }), h('p', { class: 'quiet', text: t('me.kept_text') }),
      h('div', { class: 'buttons' },
        h('a', { testid: 'export', class: 'button', href: EXPORT_PATH, download: 'guesstroke.json', text: t('me.export') }),
        h('button', { testid: 'delete-all', type: 'button', on: { click: askEverything } }, icon('clear'), t('me.delete_all'))));
  }

  function askEverything() {
    confirmDialog({
      title: t('me.delete_all_title'), sentences: [t('me.delete_all_text'), t('me.delete_all_browser')], button: t('me.delete_all_yes'),
      deed: async () => {
        const { deleted } = await deleteMe().catch((error) => {
          throw error.status === 409 ? new Error(t('me.leave_first')) : error;
        });
        memory.forgetAll();
        page.go('/', t(deleted ? 'me.all_gone' : 'confirm.later'));
      },
    });
  }

  return {
    ...frame,
    close() {
      content.close();
      list?.close();
      transfer?.close();
    },
  };
}

/** @param {import('../me_api.js').Me} me */
function numbers({ games, wins, score, rank, found, asked }) {
  const facts = [
    ['best.games', games.toLocaleString()], ['best.wins', wins.toLocaleString()], ['best.points', score.toLocaleString()],
    ['me.rank', rank ? rank.toLocaleString() : '–'], ['me.found', asked ? percent(found / asked) : '–'],
  ];
  return h('dl', { testid: 'my-numbers', class: 'totals' }, ...facts.map(([key, text]) => h('div', {}, h('dt', { text: t(key) }), h('dd', {}, h('b', { text })))));
}

/** What was remarkable. @param {import('../me_api.js').Me} me */
function moments({ fastest, favourite_words: words, best_liked: liked, ai }) {
  const notes = [
    fastest && note(t('podium.fastest_guess'), fastest.key ? linkTo(fastest.key, fastest.word) : fastest.word, t('replay.after', { seconds: tenths(fastest.seconds) })),
    liked && note(t('podium.best_liked'), linkTo(liked.key, liked.word), t('drawing.likes', { n: liked.likes })),
    words.length > 0 && note(t('me.favourite_words'), words.map(({ word, times }) => (times > 1 ? `${word} (${times}×)` : word)).join(', '), ''),
    ai.asked > 0 && note(t('me.ai'), percent(ai.found / ai.asked), [t('stats.of', { found: ai.found, asked: ai.asked }), ai.seconds !== null && t('stats.mean', { seconds: tenths(ai.seconds) })].filter(Boolean).join(' · ')),
  ].filter(Boolean);
  return notes.length ? h('dl', { class: 'my-moments' }, ...notes) : null;
}

function note(title, main, rest) {
  return h('div', {}, h('dt', { text: title }), h('dd', { dir: 'auto' }, h('b', {}, main), rest && h('span', { class: 'quiet', text: rest })));
}

function linkTo(key, word) {
  return h('a', { href: `/drawing/${encodeURIComponent(key)}`, text: word });
}
