/** Rooms that anybody may join, with the languages to play in. */

import { publicLobbies } from '../api.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { LANGUAGES } from './settings_form.js';

const REFRESH_MS = 10_000;
const PHASES = { lobby: 'waiting', podium: 'between games' };

/**
 * @param {(code: string) => void} goToRoom
 * @param {(languages: string[]) => void} onLanguages  told which the server has words in
 */
export function publicRooms(goToRoom, onLanguages) {
  const list = h('ul', { testid: 'public-rooms', class: 'public-rooms' });
  const none = h('p', { class: 'quiet', text: 'No public room is open right now. Quick play opens one.' });
  const element = h('section', { class: 'card public' }, h('h2', { text: 'Public rooms' }), list, none);

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

function line({ code, phase, players, max_players, language, has_password, host, round, rounds, custom_words }, goToRoom) {
  const state = PHASES[phase] ?? `round ${round} of ${rounds}`;
  const marks = [LANGUAGES[language] ?? language, state, custom_words && 'own words', has_password && 'password'].filter(Boolean);
  return h('li', {},
    h('span', { class: 'player-text' }, h('b', { text: `${host}’s room`, dir: 'auto' }), h('span', { class: 'quiet', text: marks.join(' · ') })),
    h('span', { class: 'room-count', text: `${players}/${max_players}` }),
    h('button', { type: 'button', 'aria-label': `Join ${host}’s room`, on: { click: () => goToRoom(code) } }, icon('send')));
}
