/** In the lobby: which game is played. The host picks one of the pictures; what it is, is said in a sentence below. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { MODES } from '../state/modes.js';
import { isHost } from '../state/questions.js';

const NAMES = /** @type {import('../state/room_state.js').GameMode[]} */ (Object.keys(MODES));

/** @param {{changeSettings(change: object): void}} actions */
export function modeChooser(actions) {
  const buttons = NAMES.map((mode) => h('button', {
    testid: `mode-${mode}`, type: 'button', class: 'mode', role: 'radio', on: { click: () => actions.changeSettings({ game_mode: mode }) },
  }, icon(mode), h('span', { text: t(`modes.${mode}.name`) })));
  const about = h('p', { testid: 'mode-about', class: 'mode-about', role: 'status' });
  const group = h('div', { class: 'modes', role: 'radiogroup', 'aria-label': t('modes.title') }, ...buttons);
  group.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + step + NAMES.length) % NAMES.length];
    next.focus();
    next.click();
  });
  return {
    element: h('section', { class: 'card mode-card' }, h('h2', { text: t('modes.title') }), group, about),
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const { game_mode: chosen } = state.settings;
      buttons.forEach((button, index) => {
        const isChosen = NAMES[index] === chosen;
        button.setAttribute('aria-checked', String(isChosen));
        button.tabIndex = isChosen ? 0 : -1;
        button.disabled = !isHost(state) && !isChosen;
      });
      setText(about, t(`modes.${chosen}.about`));
    },
  };
}
