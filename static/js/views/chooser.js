/** Over the canvas while a word is chosen: the drawer's three words, or who is choosing. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { isDrawer, nameOf, remaining } from '../state/questions.js';

/** @param {{chooseWord(index: number): void}} actions */
export function chooser(actions) {
  const title = h('h2', { 'aria-live': 'polite' });
  const words = h('div', { class: 'choices' });
  const left = h('p', { class: 'quiet' });
  const element = h('section', { class: 'overlay chooser', hidden: true }, title, words, left);
  let shown = '', clock = null;

  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = state.phase !== 'choosing';
      if (element.hidden) return;
      clock = state.clock;
      const choices = (isDrawer(state) && state.choices) || [];
      setText(title, isDrawer(state) ? t('choose.pick') : t('choose.waiting', { name: nameOf(state, state.turn.drawerId) }));
      left.hidden = !choices.length;
      const key = `${state.turn.number} ${choices.join()}`;
      if (shown === key) return;
      shown = key;
      words.replaceChildren(...choices.map((word, index) =>
        h('button', { testid: `choice-${index}`, type: 'button', class: index ? 'choice' : 'choice is-default', text: word, dir: 'auto', on: { click: () => actions.chooseWord(index) } })));
      words.firstElementChild?.focus({ preventScroll: true });
    },
    tick(now) {
      const word = words.firstElementChild?.textContent ?? '';
      setText(left, t('choose.taken_in', { word, n: Math.ceil(remaining(clock, now) / 1000) }));
    },
  };
}
