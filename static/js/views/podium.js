/** The end of a game: the first three on their steps, the rest in a list. */

import { copyText } from '../copy.js';
import { drawingPath, posterPath } from '../drawings_api.js';
import { h } from '../dom.js';
import { rich, t } from '../i18n.js';
import { icon } from '../icons.js';
import { dailyResult, squares } from '../state/daily_result.js';
import { ARTIST, isCooperative, isHost, nameOf } from '../state/questions.js';
import { aiBadge, avatar } from './avatar.js';
import { matchText } from './match_score.js';
import { besideTheRoom } from './page_links.js';
import { showToast } from './toast.js';

/** @param {{playAgain(): void, leave(): void}} actions */
export function podium(actions) {
  const element = h('section', { testid: 'podium', class: 'podium', hidden: true, 'aria-label': t('podium.title') });
  let shown = null;
  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = state.phase !== 'podium';
      const now = element.hidden ? null : JSON.stringify([state.podium, state.highlights, state.drawings, state.hostId]);
      if (now === shown) return;
      shown = now;
      if (now) element.replaceChildren(...content(state, actions));
    },
  };
}

function content(state, actions) {
  const together = isCooperative(state);
  const lines = (state.podium ?? []).filter(({ player_id }) => !together || player_id !== ARTIST).sort((a, b) => a.rank - b.rank);
  const winners = lines.filter(({ rank }) => rank === 1);
  const parts = [
    together ? h('h2', { testid: 'final-match' }, h('mark', { text: matchText(state) })) : h('h2', {}, ...rich('podium.wins', { n: winners.length || 1, names: h('mark', { text: winners.map(({ nickname }) => nickname).join(' & ') || t('podium.nobody') }) })),
    !together && matchText(state) && h('p', { testid: 'final-match', class: 'final-match', text: matchText(state) }),
    state.match?.best_streak > 1 && h('p', { class: 'quiet', text: t('match.best_streak', { n: state.match.best_streak }) }),
    state.day && dailyCard(state),
    h('ol', { class: 'steps' }, ...lines.slice(0, 3).map(step)),
    h('div', { class: 'podium-buttons' },
      isHost(state)
        ? h('button', { testid: 'play-again', type: 'button', class: 'primary big', text: t('podium.again'), on: { click: () => actions.playAgain() } })
        : h('p', { class: 'waiting', text: t('podium.waiting', { host: nameOf(state, state.hostId) }) }),
      h('button', { type: 'button', class: 'plain', text: t('podium.leave'), on: { click: () => actions.leave() } })),
    h('ol', { class: 'others', start: 4 }, ...lines.slice(3).map(other)),
    highlightList(state),
    drawingsGallery(state),
  ];
  return parts.filter(Boolean);
}

/** What came of the words of the day, to be shown to friends who have not played yet. */
function dailyCard(state) {
  const text = dailyResult(state, `${location.origin}/`);
  const share = h('button', { testid: 'share-daily', type: 'button', class: 'primary', on: { click: async () => {
    // It rejects when people change their minds, which is no error.
    if (navigator.share) navigator.share({ text }).catch(() => {});
    else showToast(await copyText(text) ? t('daily.copied') : text);
  } } }, icon('share'), t('daily.share'));
  return h('section', { testid: 'daily-result', class: 'daily-result' },
    h('p', { class: 'squares', text: squares(state.course), role: 'img', 'aria-label': t('daily.found', { n: state.course.filter((ms) => ms >= 0).length, words: state.course.length }) }), share,
    h('p', { class: 'quiet', text: t('daily.tomorrow') }));
}

/** Steps are in order of rank for readers; CSS puts the winner in the middle. */
function step({ player_id, nickname, score, rank, is_ai, colour, avatar: face }, index) {
  return h('li', { class: `step step-${index + 1}` },
    rank === 1 && icon('crown'),
    avatar({ id: player_id, is_ai, colour, avatar: face }),
    h('span', { class: 'player-name', dir: 'auto' }, nickname, is_ai && aiBadge()),
    h('span', { class: 'block' }, h('b', { text: String(rank) }), h('span', { text: score.toLocaleString() })));
}

function other({ nickname, score, rank, is_ai }) {
  return h('li', {}, h('span', { class: 'quiet', text: `${rank}.` }), h('span', { class: 'player-name' }, nickname, is_ai && aiBadge()), h('b', { text: score.toLocaleString() }));
}

const HIGHLIGHTS = {
  fastest_guess: ({ nickname: name, word, milliseconds }) =>
    [t('podium.fastest_guess'), t('podium.fastest_guess_text', { name, word, seconds: Number((milliseconds / 1000).toFixed(1)) })],
  best_liked: ({ nickname: name, word, likes }) => [t('podium.best_liked'), t('podium.best_liked_text', { name, word, n: likes })],
  toughest_word: ({ word, guessed, guessers }) => [t('podium.toughest_word'), t('podium.toughest_word_text', { word, guessed, guessers })],
};

function highlightList(state) {
  return h('dl', { testid: 'highlights', class: 'highlights' }, ...state.highlights.map((highlight) => {
    const [title, text] = HIGHLIGHTS[highlight.kind](highlight);
    return h('div', {}, h('dt', { text: title }), h('dd', { text, dir: 'auto' }));
  }));
}

function drawingsGallery(state) {
  if (!state.drawings.length) return null;
  return h('section', { testid: 'drawings', class: 'podium-drawings', 'aria-label': t('podium.drawings') },
    h('div', { class: 'podium-buttons' },
      h('a', { testid: 'game-page', class: 'button', href: `/game/${encodeURIComponent(state.gameId)}`, ...besideTheRoom(), text: t('podium.game_page') }),
      h('a', { testid: 'poster', class: 'button', href: posterPath(state.gameId), download: 'poster.png', text: t('game_page.poster') }),
      h('a', { class: 'button', href: `/r/${encodeURIComponent(state.code)}/gallery`, ...besideTheRoom(), text: t('gallery.of_room') })),
    h('div', { class: 'drawings' }, ...state.drawings.map(drawingFigure)));
}

/** @param {import('../state/room_state.js').DrawingLine} drawing */
function drawingFigure({ key, word, drawer_nickname, likes }) {
  return h('figure', {},
    h('a', { href: `/drawing/${encodeURIComponent(key)}`, ...besideTheRoom(), 'aria-label': t('podium.watch', { word }) }, picture(key)),
    h('figcaption', {}, h('b', { text: word, dir: 'auto' }), h('span', { class: 'quiet', text: `${drawer_nickname}${likes ? `, ${likes} 👍` : ''}` }),
      h('a', { href: drawingPath(key, 'png'), download: `${word}.png`, text: 'PNG' })));
}

/** The last drawing takes a moment to be kept; where another server has it in hand, it is asked for once more. */
function picture(key) {
  const src = drawingPath(key, 'svg');
  const image = h('img', { src, alt: '', loading: 'lazy', width: 400, height: 300 });
  image.addEventListener('error', () => setTimeout(() => { image.src = `${src}?again`; }, 1500), { once: true });
  return image;
}
