/** The line under the canvas for those who watch: what the artist is about, or who draws. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { drawerIsArtist, isDuel, isImitation, mayDraw, nameOf } from '../state/questions.js';

export function caption() {
  const artist = h('p', { testid: 'artist-status', hidden: true });
  const person = h('p', { hidden: true });
  // The seconds change too often to be read out.
  const left = h('span', { 'aria-hidden': 'true' });
  const idle = h('p', { testid: 'idle-warning', class: 'idle', role: 'alert', hidden: true }, t('turn.idle'), left);
  let idleAt = null;
  return {
    element: h('div', { class: 'caption' }, artist, person, idle),
    /** @param {number} now milliseconds */
    tick(now) {
      idle.hidden = idleAt === null;
      if (idleAt !== null) setText(left, ` ${Math.max(0, Math.ceil((idleAt - now) / 1000))} s`);
    },
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      idleAt = mayDraw(state) ? state.idleAt : null;
      const isDrawing = state.phase === 'drawing';
      artist.hidden = !isDrawing || !drawerIsArtist(state);
      person.hidden = !isDrawing || drawerIsArtist(state) || mayDraw(state) || isImitation(state);
      setText(artist, artistText(state));
      artist.classList.toggle('is-thinking', !state.artist || state.artist.status === 'thinking');
      setText(person, state.turn ? personText(state) : '');
    },
  };
}

function personText(state) {
  const name = nameOf(state, state.turn.drawerId);
  if (isDuel(state)) return t('turn.duel', { name, rival: nameOf(state, state.turn.rivalId) });
  return t(state.turn.strokes ? 'turn.begins' : 'turn.is_drawing', { name, n: state.turn.strokes });
}

function artistText({ artist, settings }) {
  if (!artist || artist.status === 'thinking') return t('artist.thinking') + confidence(artist?.sureness);
  if (settings.artist_show === 'evolving' && artist.status === 'drawing') return t('artist.moves');
  const n = artist.strokes;
  return artist.status === 'finished' ? t('artist.done', { n }) : t('artist.drawing', { n }) + confidence(artist.sureness);
}

/** Said before anything can be seen, so that a riddle is known for one. */
function confidence(sureness) {
  if (sureness === null || sureness === undefined) return '';
  return ` – ${t(sureness >= 0.7 ? 'artist.sure' : sureness >= 0.3 ? 'artist.fairly_sure' : 'artist.not_sure')}`;
}
