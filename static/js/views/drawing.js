/** A drawing that is kept: shown again as it was drawn, with who guessed it when, its files, and the ways to its neighbours. */

import { deleteDrawing, drawingPath, fetchDrawing, fetchGame, posterPath } from '../drawings_api.js';
import { h } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { icon } from '../icons.js';
import { dayOf } from '../numbers.js';
import { confirmDialog, sayDeleted } from './confirm.js';
import { byLine, likeCount } from './drawing_card.js';
import { guessList } from './guess_list.js';
import { askedFor, emptyNote, pageFrame } from './page.js';
import { replayStage } from './replay_stage.js';
import { shareButton } from './share_button.js';

const FILES = /** @type {const} */ (['png', 'svg', 'gif', 'webp']);
/** Why a turn ended before its time, where the number of those who guessed does not say it. */
const REASONS = { drawer_left: 'turn.drawer_left', drawer_away: 'turn.drawer_away' };

/** @param {import('../routes.js').Page} page @param {string} key */
export function drawingScreen(page, key) {
  const title = t('drawing.title');
  let stage = null;
  const content = askedFor(() => fetchDrawing(key), (drawing) => {
    frame.heading.replaceChildren(h('mark', { text: drawing.word }));
    page.entitle(drawing.word);
    stage?.close();
    stage = replayStage(drawing);
    return [
      h('div', { class: 'replay-side replay-about' }, about(drawing)),
      stage.element,
      h('div', { class: 'replay-side' }, neighbours(drawing), guessList(drawing, stage), files(drawing), actions(page, drawing)),
    ];
  }, (error) => (error.status === 404 ? [emptyNote(t('drawing.gone'), h('a', { class: 'button', href: '/gallery', text: t('pages.gallery') }))] : null));
  content.element.classList.add('replay');
  const frame = pageFrame({ title, kind: 'drawing-page' }, content.element);
  return {
    ...frame,
    close() {
      content.close();
      stage?.close();
    },
  };
}

/** @param {import('../drawings_api.js').KeptDrawing} drawing */
function about({ drawer, drawer_is_ai, likes, dislikes, found, asked, language, mode, drawn, reason }) {
  const facts = [LANGUAGES[language] ?? language, mode !== 'normal' && t(`settings.word_mode.${mode}`), dayOf(drawn)].filter(Boolean);
  return h('div', { class: 'about' },
    h('p', { class: 'card-line' }, byLine(drawer, drawer_is_ai), likes > 0 && likeCount(likes),
      dislikes > 0 && h('span', { class: 'likes' }, icon('down'), h('span', { 'aria-hidden': 'true', text: String(dislikes) }),
        h('span', { class: 'visually-hidden', text: t('drawing.dislikes', { n: dislikes }) }))),
    h('p', { class: 'quiet', text: facts.join(' · ') }),
    asked > 0 && h('p', { text: [t('drawing.found', { found, n: asked }), REASONS[reason] && t(REASONS[reason])].filter(Boolean).join(' ') }));
}

/** The ways to the game and to the drawings before and after, once they are known. */
function neighbours({ key, game_id }) {
  const game = h('a', { href: `/game/${encodeURIComponent(game_id)}`, text: t('drawing.game') });
  const ways = h('nav', { class: 'ways', 'aria-label': t('drawing.ways') }, game);
  fetchGame(game_id).then(({ drawings }) => {
    const here = drawings.findIndex((drawing) => drawing.key === key);
    const before = here > 0 && drawings[here - 1], after = here >= 0 && drawings[here + 1];
    if (before) game.before(wayTo(before, 'previous', 'prev'));
    if (after) game.before(wayTo(after, 'next', 'next'));
  }).catch(() => {
    // They are an extra: without them the page is whole.
  });
  return ways;
}

function wayTo({ key, word }, name, rel) {
  return h('a', { testid: name, class: `way-${name}`, href: `/drawing/${encodeURIComponent(key)}`, rel, 'aria-label': t(`drawing.${name}`, { word }), title: word, text: t(`drawing.${name}_short`) });
}

function files({ key, word, game_id }) {
  return h('section', { class: 'files' }, h('h2', { text: t('drawing.files') }),
    h('ul', {}, ...FILES.map((kind) => h('li', {},
      h('a', { testid: `file-${kind}`, class: 'button', href: drawingPath(key, kind), download: `${word}.${kind}`, title: t(`drawing.file.${kind}`), 'aria-label': t(`drawing.file.${kind}`), text: kind.toUpperCase() }))),
      h('li', { class: 'file-wide' }, h('a', { class: 'button', href: posterPath(game_id), download: 'poster.png', text: t('drawing.poster') }))));
}

/** @param {import('../routes.js').Page} page @param {import('../drawings_api.js').KeptDrawing} drawing */
function actions(page, { key, word, may_delete }) {
  const remove = may_delete && h('button', { testid: 'delete-drawing', type: 'button', on: { click: ask } }, icon('clear'), t('drawing.delete'));

  function ask() {
    confirmDialog({
      title: t('drawing.delete_title', { word }), sentences: [t('drawing.delete_text')], button: t('drawing.delete_yes'),
      deed: async () => {
        sayDeleted(await deleteDrawing(key), t('drawing.deleted'));
        page.go('/gallery');
      },
    });
  }
  return h('div', { class: 'buttons' }, shareButton(`/drawing/${encodeURIComponent(key)}`, t('drawing.share_text', { word })), remove);
}
