/** The host's settings while a game is on, in a dialog. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { isHost } from '../state/questions.js';
import { settingsCard } from './settings_form.js';

/** @param {import('../room.js').Actions} actions */
export function gameSettings(actions) {
  let latest = null, card = null;
  const button = h('button', {
    testid: 'game-settings', type: 'button', class: 'icon-button plain', 'aria-label': 'Settings', title: 'Settings', on: { click: open },
  }, icon('gear'));

  function open() {
    card = settingsCard(actions, { inGame: true });
    const dialog = h('dialog', { testid: 'settings-dialog', class: 'card dialog', 'aria-label': 'Settings' }, card.element,
      h('p', { class: 'quiet', text: 'Time, words to choose from and hints hold from the next turn.' }),
      h('button', { type: 'button', class: 'plain', text: 'Close', on: { click: () => dialog.close() } }));
    dialog.addEventListener('close', () => {
      dialog.remove();
      card = null;
    });
    document.body.append(dialog);
    card.update(latest);
    dialog.showModal();
  }

  return {
    button,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      latest = state;
      button.hidden = !isHost(state) || state.phase === 'podium';
      card?.update(state);
    },
  };
}
