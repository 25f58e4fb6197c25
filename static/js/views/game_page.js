/** A game that is kept: who won, and all that was drawn. */

import { deleteGameDrawings, fetchGame, posterPath } from '../drawings_api.js';
import { h } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { icon } from '../icons.js';
import { dayOf } from '../numbers.js';
import { confirmDialog, sayDeleted } from './confirm.js';
import { byLine, drawingCard, drawingGrid } from './drawing_card.js';
import { askedFor, emptyNote, pageFrame } from './page.js';
import { shareButton } from './share_button.js';

/** @param {import('../routes.js').Page} page @param {string} id */
export function gamePage(page, id) {
  const content = askedFor(() => fetchGame(id), (game) => {
    const title = t('game_page.of_day', { day: dayOf(game.started) });
    frame.heading.textContent = title;
    page.entitle(title);
    return inside(game);
  }, (error) => (error.status === 404 ? [emptyNote(t('game_page.gone'), h('a', { class: 'button', href: '/gallery', text: t('pages.gallery') }))] : null));
  const frame = pageFrame({ title: t('game_page.title'), kind: 'game-page' }, content.element);

  /** @param {import('../drawings_api.js').KeptGame} game */
  const inside = (game) => [
    h('p', { class: 'quiet', text: factsOf(game) }),
    game.podium.length > 0 && ranking(game.podium),
    h('div', { class: 'buttons' }, shareButton(`/game/${encodeURIComponent(id)}`, t('game_page.share_text')),
      game.drawings.length > 0 && h('a', { testid: 'poster', class: 'button', href: posterPath(id), download: 'poster.png', text: t('game_page.poster') }),
      game.may_delete && game.drawings.length > 0 && removal(game)),
    h('h2', { text: t('podium.drawings') }),
    game.drawings.length ? drawingGrid(game.drawings.map((drawing) => drawingCard(drawing, foundLine(drawing)))) : emptyNote(t('game_page.empty')),
  ];

  function removal({ drawings }) {
    return h('button', { testid: 'delete-game', type: 'button', on: { click: () => confirmDialog({
      title: t('game_page.delete_title'), sentences: [t('game_page.delete_text', { n: drawings.length })], button: t('game_page.delete_yes'),
      deed: async () => {
        sayDeleted(await deleteGameDrawings(id), t('game_page.deleted'));
        content.again();
      },
    }) } }, icon('clear'), t('game_page.delete'));
  }
  return frame;
}

/** @param {import('../drawings_api.js').KeptGame} game */
function factsOf({ language, rounds, mode }) {
  return [LANGUAGES[language] ?? language, t('game_page.rounds', { n: rounds }), mode !== 'normal' && t(`settings.word_mode.${mode}`)].filter(Boolean).join(' · ');
}

/** @param {import('../drawings_api.js').PodiumLine[]} podium */
function ranking(podium) {
  return h('ol', { testid: 'ranking', class: 'ranking', 'aria-label': t('podium.title') }, ...[...podium].sort((a, b) => a.rank - b.rank).map(({ nickname, is_ai, score, rank }) =>
    h('li', { class: rank === 1 ? 'is-first' : '' }, h('span', { class: 'rank', text: `${rank}.` }), byLine(nickname, is_ai), h('b', { text: score.toLocaleString() }))));
}

/** @param {import('../drawings_api.js').DrawingCard} drawing */
function foundLine({ found, asked }) {
  return asked > 0 && h('p', { class: 'quiet card-found', text: t('game_page.found', { found, asked }) });
}
