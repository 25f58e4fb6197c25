/** The room's settings: the host changes them, everybody sees them. */

import { h, setText } from '../dom.js';
import { PASSWORD_LENGTH, STYLE_LENGTH } from '../limits.js';
import { isHost } from '../state/questions.js';

export const LANGUAGES = { en: 'English', it: 'Italiano', es: 'Español', fr: 'Français', de: 'Deutsch', pt: 'Português' };

const seconds = (n) => `${n} seconds`;
const SETTINGS = [
  { name: 'language', lobbyOnly: true, label: 'Language', offered: (offer) => offer.languages, describe: (code) => LANGUAGES[code] ?? code },
  { name: 'rounds', lobbyOnly: true, label: 'Rounds', options: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20], describe: String },
  { name: 'draw_seconds', label: 'Time to draw', options: [15, 20, 30, 45, 60, 80, 100, 120, 150, 180, 240], describe: seconds },
  { name: 'max_players', label: 'Players at most', options: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24], describe: String },
  { name: 'human_turns_per_artist_turn', label: 'The AI artist draws', options: [0, 1, 2, 3, 4, 6, 8, 12], describe: artistShare },
  { name: 'difficulty', lobbyOnly: true, label: 'Words are', options: ['mixed', 'easy', 'medium', 'hard'], describe: capital },
  { name: 'theme', lobbyOnly: true, label: 'About', offered: (offer) => offer.themes, describe: (theme) => (theme === 'all' ? 'Everything' : capital(theme)), more: true },
  {
    name: 'word_mode', lobbyOnly: true, label: 'Word', options: ['normal', 'hidden', 'combination'], more: true,
    describe: (mode) => ({ normal: 'Length shown', hidden: 'Length hidden', combination: 'Two words at once' })[mode],
  },
  { name: 'choices', label: 'Words to choose from', options: [1, 2, 3, 4, 5], describe: String, more: true },
  { name: 'hints', label: 'Hints', options: [0, 1, 2, 3, 4, 5], describe: (n) => (n === 0 ? 'None' : n === 1 ? '1 letter' : `${n} letters`), more: true },
  {
    name: 'scoring', lobbyOnly: true, label: 'Points', options: ['speed', 'relaxed', 'rank'], more: true,
    describe: (scoring) => ({ speed: 'By speed', relaxed: '100 for everybody', rank: 'By order' })[scoring],
  },
  { name: 'slow_mode_seconds', label: 'Slow mode', options: [0, 2, 5, 10, 20, 30], describe: (n) => (n ? `A line every ${n} s` : 'Off'), more: true },
  { name: 'clients_per_address', label: 'Players from one address', options: [1, 2, 3, 4, 6, 8, 12, 24], describe: String, more: true },
  { name: 'profanity_filter', label: 'Star out bad words', options: [true, false], describe: (on) => (on ? 'Yes' : 'No'), more: true },
  { name: 'is_public', label: 'On the list of public rooms', options: [false, true], describe: (on) => (on ? 'Yes' : 'No'), more: true },
  {
    name: 'artist_show', label: 'Its strokes', options: ['settled', 'evolving'], artist: true,
    describe: (show) => ({ settled: 'Come one by one', evolving: 'Move until they fit' })[show],
  },
  {
    name: 'artist_order', label: 'What it draws is', options: ['easy', 'hard'], artist: true,
    describe: (order) => ({ easy: 'Soon to be guessed', hard: 'Long a riddle' })[order],
  },
  { name: 'artist_colours', label: 'Colours where they help', options: [true, false], describe: (on) => (on ? 'Yes' : 'No, plain ink'), artist: true },
];
const STYLES = { ink: 'Ink', crayon: 'Crayon', neon: 'Neon', child: 'Like a child’s drawing' };

/** The setting counts people's turns between the artist's; how often the artist's come round is easier to picture. */
function artistShare(humanTurns) {
  if (humanTurns === 0) return 'Never';
  if (humanTurns === 1) return 'Every other turn';
  return `Every ${humanTurns + 1}${humanTurns === 2 ? 'rd' : 'th'} turn`;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/**
 * @param {{changeSettings(change: object): void}} actions
 * @param {{inGame?: boolean}} [options]  `inGame`: only what can be changed while a game is on
 */
export function settingsCard(actions, { inGame = false } = {}) {
  const rows = SETTINGS.filter(({ lobbyOnly }) => !inGame || !lobbyOnly).map((setting) => ({ ...settingRow(setting, actions), setting }));
  const style = styleRow(actions);
  const password = passwordRow(actions);
  const elements = (wanted) => rows.filter((row) => wanted(row.setting)).map(({ element }) => element);
  const note = h('p', { class: 'quiet' });
  const more = h('details', { testid: 'more-settings', class: 'more' }, h('summary', { text: 'More settings' }),
    ...elements((setting) => setting.more), password.element);
  const artist = h('details', { testid: 'artist-settings', class: 'more' }, h('summary', { text: 'The AI artist' }),
    ...elements((setting) => setting.artist), style.element);
  return {
    element: h('section', { class: 'card settings' }, h('h2', { text: 'Settings' }),
      ...elements((setting) => !setting.more && !setting.artist), artist, more, note),
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      for (const row of rows) row.update(state.settings, state.offer, isHost(state));
      style.update(state.settings, state.offer, isHost(state));
      password.update(state.settings, isHost(state));
      setText(note, isHost(state) ? '' : 'The host can change these.');
    },
  };
}

function settingRow({ name, label, options, offered, describe }, actions) {
  const id = `setting-${name}`;
  const select = h('select', { id, on: { change: () => actions.changeSettings({ [name]: JSON.parse(select.value) }) } });
  const value = h('span', { class: 'setting-value' });
  const caption = h('label', { htmlFor: id, text: label });
  let shown = '';
  return {
    element: h('div', { class: 'setting' }, caption, select, value),
    update(settings, offer, editable) {
      const current = settings[name];
      const choices = offered ? offered(offer) : within(options, offer.bounds[name], current);
      const key = JSON.stringify(choices);
      if (shown !== key) {
        shown = key;
        select.replaceChildren(...choices.map((choice) => h('option', { value: JSON.stringify(choice), text: describe(choice) })));
      }
      select.value = JSON.stringify(current);
      select.hidden = !editable;
      setText(value, describe(current));
      value.hidden = editable;
    },
  };
}

/** A style that has a name, or words of the host's own. */
function styleRow(actions) {
  const select = h('select', { id: 'setting-artist_style', on: { change: choose } });
  const words = h('input', {
    testid: 'style-words', type: 'text', maxLength: STYLE_LENGTH, autocomplete: 'off', placeholder: 'watercolour, cubist …', 'aria-label': 'Words for the style',
    on: { change: () => words.value.trim() && actions.changeSettings({ artist_style: words.value }) },
  });
  const value = h('span', { class: 'setting-value' });
  let shown = '';

  function choose() {
    words.hidden = select.value !== '';
    if (words.hidden) actions.changeSettings({ artist_style: select.value });
    else words.focus();
  }

  return {
    element: h('div', { class: 'setting' }, h('label', { htmlFor: 'setting-artist_style', text: 'Style' }), select, value, words),
    update({ artist_style: current }, { styles }, editable) {
      if (shown !== styles.join()) {
        shown = styles.join();
        select.replaceChildren(
          ...styles.map((style) => h('option', { value: style, text: STYLES[style] ?? capital(style) })), h('option', { value: '', text: 'In your own words …' }),
        );
      }
      const named = styles.includes(current);
      // Words that are being typed stay.
      if (document.activeElement !== words) {
        select.value = named ? current : '';
        words.hidden = named || !editable;
        if (!named) words.value = current;
      }
      select.hidden = !editable;
      setText(value, STYLES[current] ?? current);
      value.hidden = editable;
    },
  };
}

/** The usual values that this server allows, and the one in force, which may be none of them. */
function within(options, bounds, current) {
  if (!bounds) return options;
  const allowed = options.filter((option) => bounds[0] <= option && option <= bounds[1]);
  return [...new Set([...allowed, ...bounds, current])].sort((a, b) => a - b);
}

function passwordRow(actions) {
  const input = h('input', {
    testid: 'setting-password', type: 'text', maxLength: PASSWORD_LENGTH, autocomplete: 'off', placeholder: 'None', 'aria-label': 'Password',
    on: { change: () => actions.changeSettings({ password: input.value }) },
  });
  const value = h('span', { class: 'setting-value' });
  const none = h('button', { testid: 'no-password', type: 'button', class: 'plain', text: 'No password', on: { click: () => actions.changeSettings({ password: '' }) } });
  return {
    element: h('div', { class: 'setting' }, h('label', { htmlFor: 'setting-password', text: 'Password' }), input, value, none),
    update(settings, editable) {
      input.hidden = !editable;
      none.hidden = !editable || !settings.has_password;
      // The server tells nobody the password, not even the host who comes back.
      input.placeholder = settings.has_password ? 'Set; type to change' : 'None';
      setText(value, settings.has_password ? 'Yes' : 'None');
      value.hidden = editable;
    },
  };
}
