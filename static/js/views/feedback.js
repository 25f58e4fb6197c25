/** What those who watch a drawing can do about it: thumbs, and reactions that fly over the canvas. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { REACTIONS } from '../limits.js';
import { isDrawer, nameOf } from '../state/questions.js';

const FLIGHT_MS = 2600;

/** @param {import('../room.js').Actions} actions */
export function feedback(actions) {
  /** @type {['up' | 'down', 1 | -1, string][]} */
  const ratings = [['up', 1, t('feedback.like')], ['down', -1, t('feedback.dislike')]];
  const thumbs = ratings.map(([name, rating, meaning]) => {
    const count = h('span', {});
    const button = h('button', {
      testid: `thumb-${name}`, type: 'button', class: 'thumb', 'aria-label': meaning, title: meaning,
      on: { click: () => actions.rate(yours === rating ? 0 : rating) },
    }, icon(name), count);
    return { rating, button, count };
  });
  const faces = REACTIONS.map((face, index) =>
    h('button', { testid: `react-${index}`, type: 'button', class: 'reaction', text: face, 'aria-label': t('feedback.react', { face }), on: { click: () => actions.react(index) } }));
  const element = h('div', { testid: 'feedback', class: 'feedback' }, ...thumbs.map(({ button }) => button), ...faces);
  const sky = h('div', { testid: 'reactions', class: 'sky', 'aria-live': 'polite' });
  let yours = 0, lastId = 0;

  return {
    element,
    sky,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = state.phase !== 'result' && (state.phase !== 'drawing' || isDrawer(state));
      yours = state.thumbs.yours;
      for (const { rating, button, count } of thumbs) {
        setText(count, String((rating > 0 ? state.thumbs.likes : state.thumbs.dislikes) || ''));
        button.setAttribute('aria-pressed', String(yours === rating));
        button.disabled = isDrawer(state);
      }
      for (const { id, player_id, reaction } of state.reactions.filter((each) => each.id > lastId)) {
        lastId = id;
        const name = nameOf(state, player_id);
        const flying = h('span', { class: 'flying', style: `left: ${8 + ((id * 37) % 80)}%` }, h('b', { text: REACTIONS[reaction] }), h('small', { text: name, dir: 'auto' }));
        sky.append(flying);
        setTimeout(() => flying.remove(), FLIGHT_MS);
      }
    },
  };
}
