/** The room's settings: the host changes them, everybody sees them. */

import { h, setText } from '../dom.js';
import { isHost } from '../state/questions.js';

const SETTINGS = [
  { name: 'rounds', label: 'Rounds', options: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], describe: String },
  { name: 'draw_seconds', label: 'Time to draw', options: [15, 20, 30, 45, 60, 80, 100, 120, 150, 180, 240], describe: (n) => `${n} seconds` },
  { name: 'hints', label: 'Hints', options: [0, 1, 2, 3, 4, 5], describe: (n) => (n === 0 ? 'None' : n === 1 ? '1 letter' : `${n} letters`) },
  { name: 'max_players', label: 'Players at most', options: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], describe: String },
  {
    name: 'human_turns_per_artist_turn', label: 'The AI artist draws', options: [0, 1, 2, 3, 4, 6, 8, 12],
    describe: artistShare,
  },
];

/** The setting counts people's turns between the artist's; how often the artist's come round is easier to picture. */
function artistShare(humanTurns) {
  if (humanTurns === 0) return 'Never';
  if (humanTurns === 1) return 'Every other turn';
  return `Every ${humanTurns + 1}${humanTurns === 2 ? 'rd' : 'th'} turn`;
}

/** @param {{changeSettings(change: object): void}} actions */
export function settingsCard(actions) {
  const rows = SETTINGS.map((setting) => settingRow(setting, actions));
  const note = h('p', { class: 'quiet' });
  return {
    element: h('section', { class: 'card settings' }, h('h2', { text: 'Settings' }), ...rows.map(({ element }) => element), note),
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      for (const row of rows) row.update(state.settings, isHost(state));
      setText(note, isHost(state) ? '' : 'The host can change these.');
    },
  };
}

function settingRow({ name, label, options, describe }, actions) {
  const id = `setting-${name}`;
  const select = h('select', { id, on: { change: () => actions.changeSettings({ [name]: Number(select.value) }) } });
  const value = h('span', { class: 'setting-value' });
  const caption = h('label', { htmlFor: id, text: label });
  return {
    element: h('div', { class: 'setting' }, caption, select, value),
    update(settings, editable) {
      const current = settings[name];
      // A value from elsewhere (an environment's default) may be none of ours.
      const offered = [...new Set([...options, current])].sort((a, b) => a - b);
      if (select.childElementCount !== offered.length) {
        select.replaceChildren(...offered.map((option) => h('option', { value: String(option), text: describe(option) })));
      }
      select.value = String(current);
      select.hidden = !editable;
      setText(value, describe(current));
      value.hidden = editable;
    },
  };
}
