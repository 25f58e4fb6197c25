/** Rooms that anybody may join, with the languages to play in. */

import { publicLobbies } from '../api.js';
import { h } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { icon } from '../icons.js';

const REFRESH_MS = 10_000;
const PHASES = { lobby: 'rooms.waiting', podium: 'rooms.between_games' };

/**
 * @param {(code: string) => void} goToRoom
 * @param {(languages: string[]) => void} onLanguages  told which the server has words in
 */
export function publicRooms(goToRoom, onLanguages) {
  const list = h('ul', { testid: 'public-rooms', class: 'public-rooms' });
  const none = h('p', { class: 'quiet', text: t('rooms.none') });
  const element = h('section', { class: 'card public' }, h('h2', { text: t('rooms.title') }), list, none);

  let shown = '';

  async function refresh() {
    if (document.hidden) return;
    try {
      const { rooms, languages } = await publicLobbies();
      onLanguages(languages);
      // Rebuilding lines that did not change would take the keyboard's focus away.
      if (shown === JSON.stringify(rooms)) return;
      shown = JSON.stringify(rooms);
      list.replaceChildren(...rooms.map((room) => line(room, goToRoom)));
      none.hidden = rooms.length > 0;
    } catch {
      // The server will answer later; the list as it was is better than none.
    }
  }
  refresh();
  const timer = setInterval(refresh, REFRESH_MS);
  return { element, close: () => clearInterval(timer) };
}

function line({ code, phase, players, max_players, game_mode, language, has_password, host, round, rounds, custom_words }, goToRoom) {
  const state = phase in PHASES ? t(PHASES[phase]) : t('rooms.round', { round, rounds });
  const marks = [t(`modes.${game_mode}.name`), LANGUAGES[language] ?? language, state, custom_words && t('rooms.own_words'), has_password && t('rooms.password')].filter(Boolean);
  return h('li', {},
    h('span', { class: 'player-text' }, h('b', { text: t('rooms.of', { host }), dir: 'auto' }), h('span', { class: 'quiet', text: marks.join(' · ') })),
    h('span', { class: 'room-count', text: `${players}/${max_players}` }),
    h('button', { type: 'button', 'aria-label': t('rooms.join', { host }), on: { click: () => goToRoom(code) } }, icon('send')));
}
