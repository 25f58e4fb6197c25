/** Over the canvas while a word is chosen: the drawer's three words, or who is choosing. */

import { h, setText } from '../dom.js';
import { isDrawer, nameOf } from '../state/questions.js';

/** @param {{chooseWord(index: number): void}} actions */
export function chooser(actions) {
  const title = h('h2', { 'aria-live': 'polite' });
  const words = h('div', { class: 'choices' });
  const left = h('p', { class: 'quiet' });
  const element = h('section', { class: 'overlay chooser', hidden: true }, title, words, left);
  let shown = '', endsAt = 0;

  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = state.phase !== 'choosing';
      if (element.hidden) return;
      endsAt = state.clock?.endsAt ?? 0;
      const choices = (isDrawer(state) && state.choices) || [];
      setText(title, isDrawer(state) ? 'Pick a word to draw' : `${nameOf(state, state.turn.drawerId)} is choosing a word`);
      left.hidden = !choices.length;
      const key = `${state.turn.number} ${choices.join()}`;
      if (shown === key) return;
      shown = key;
      words.replaceChildren(...choices.map((word, index) =>
        h('button', { testid: `choice-${index}`, type: 'button', class: 'choice', text: word, on: { click: () => actions.chooseWord(index) } })));
      words.firstElementChild?.focus({ preventScroll: true });
    },
    tick(now) {
      setText(left, `The first is taken in ${Math.max(0, Math.ceil((endsAt - now) / 1000))} s`);
    },
  };
}
