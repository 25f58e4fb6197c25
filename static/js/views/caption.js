/** The line under the canvas for those who watch: what the artist is about, or who draws. */

import { h, setText } from '../dom.js';
import { drawerIsArtist, mayDraw, nameOf } from '../state/questions.js';

export function caption() {
  const artist = h('p', { testid: 'artist-status', hidden: true });
  const person = h('p', { hidden: true });
  // The seconds change too often to be read out.
  const left = h('span', { 'aria-hidden': 'true' });
  const idle = h('p', { testid: 'idle-warning', class: 'idle', role: 'alert', hidden: true }, 'Draw something, or your turn is given away!', left);
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
      person.hidden = !isDrawing || drawerIsArtist(state) || mayDraw(state);
      setText(artist, artistText(state));
      artist.classList.toggle('is-thinking', !state.artist || state.artist.status === 'thinking');
      setText(person, state.turn ? `${nameOf(state, state.turn.drawerId)} is drawing` : '');
    },
  };
}

function artistText({ artist, settings }) {
  if (!artist || artist.status === 'thinking') return `The artist is thinking…${confidence(artist?.sureness)}`;
  if (settings.artist_show === 'evolving' && artist.status === 'drawing') return 'The artist moves all its strokes';
  const strokes = artist.strokes === 1 ? '1 stroke' : `${artist.strokes} strokes`;
  return artist.status === 'finished' ? `The artist is done: ${strokes}` : `The artist is drawing: ${strokes}${confidence(artist.sureness)}`;
}

/** Said before anything can be seen, so that a riddle is known for one. */
function confidence(sureness) {
  if (sureness === null || sureness === undefined) return '';
  if (sureness >= 0.7) return ' – sure of this one';
  return sureness >= 0.3 ? ' – fairly sure of this one' : ' – not sure how to draw this one';
}
