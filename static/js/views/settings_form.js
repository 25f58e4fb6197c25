/**
 * The room's settings: the host changes them, everybody sees them.
 *
 * @typedef {import('../state/room_state.js').Settings} Settings
 * @typedef {import('../state/room_state.js').Offer} Offer
 *
 * @typedef {object} Setting
 * @property {keyof Settings} name
 * @property {(string | number | boolean)[]} [options]
 * @property {(offer: Offer) => string[]} [offered]  in place of options: what the server has
 * @property {(value: any) => string} describe       takes one of them
 * @property {boolean} [lobbyOnly]  not to be changed while a game is on
 * @property {boolean} [more]       folded away
 * @property {boolean} [artist]     folded away with what concerns the artist
 * @property {import('../state/room_state.js').GameMode[]} [modes]  where it means something; everywhere if not given
 */

import { h, setText } from '../dom.js';
import { LANGUAGES, t } from '../i18n.js';
import { PASSWORD_LENGTH, STYLE_LENGTH } from '../limits.js';
import { MODES } from '../state/modes.js';
import { isHost } from '../state/questions.js';

const THEMES = ['all', 'animals', 'body', 'clothes', 'fantasy', 'food', 'home', 'music', 'nature', 'people', 'places', 'school', 'sports', 'tools', 'transport'];
const STYLES = ['ink', 'crayon', 'neon', 'child'];
const yesOrNo = (on) => t(on ? 'settings.yes' : 'settings.no');
/** @param {(mode: typeof MODES['party']) => boolean} wanted */
const modesWith = (wanted) => /** @type {import('../state/room_state.js').GameMode[]} */ (Object.keys(MODES)).filter((name) => wanted(MODES[name]));
const ALL = modesWith(() => true);
const GUESSED = modesWith(({ aiGuesses }) => aiGuesses);
/** Of a daily game nothing that would make it another's can be changed. */
const NOT_DAILY = ALL.filter((mode) => mode !== 'daily');
/** Where people choose their words, and where words are guessed and not hands. */
const CHOSEN = GUESSED, WORDS = NOT_DAILY.filter((mode) => mode !== 'imitation');
/** @type {Setting[]} */
const SETTINGS = [
  { name: 'language', lobbyOnly: true, offered: (offer) => offer.languages, describe: (code) => LANGUAGES[code] ?? code },
  { name: 'rounds', lobbyOnly: true, options: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20], describe: String, modes: NOT_DAILY },
  { name: 'draw_seconds', options: [15, 20, 30, 45, 60, 80, 100, 120, 150, 180, 240], describe: (n) => t('settings.seconds', { n }), modes: NOT_DAILY },
  { name: 'max_players', options: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24], describe: String },
  { name: 'human_turns_per_artist_turn', options: [0, 1, 2, 3, 4, 6, 8, 12], describe: artistShare, modes: modesWith(({ artistShares }) => artistShares) },
  { name: 'ai_guessers', options: [0, 1, 2, 3], describe: (n) => (n ? String(n) : t('settings.none')), modes: GUESSED },
  { name: 'ai_strength', options: ['gentle', 'fair', 'sharp'], describe: (strength) => t(`settings.ai_strength.${strength}`), modes: GUESSED },
  { name: 'difficulty', lobbyOnly: true, options: ['mixed', 'easy', 'medium', 'hard'], describe: (difficulty) => t(`settings.difficulty.${difficulty}`), modes: NOT_DAILY },
  { name: 'theme', lobbyOnly: true, offered: (offer) => offer.themes, describe: themeName, more: true, modes: NOT_DAILY },
  {
    name: 'word_mode', lobbyOnly: true, options: ['normal', 'hidden', 'combination'], more: true, modes: WORDS,
    describe: (mode) => t(`settings.word_mode.${mode}`),
  },
  { name: 'choices', options: [1, 2, 3, 4, 5], describe: String, more: true, modes: CHOSEN },
  { name: 'hints', options: [0, 1, 2, 3, 4, 5], describe: (n) => (n ? t('settings.letters', { n }) : t('settings.none')), more: true, modes: WORDS },
  {
    name: 'scoring', lobbyOnly: true, options: ['speed', 'relaxed', 'rank'], more: true, modes: WORDS,
    describe: (scoring) => t(`settings.scoring.${scoring}`),
  },
  { name: 'slow_mode_seconds', options: [0, 2, 5, 10, 20, 30], describe: (n) => (n ? t('settings.slow_mode', { n }) : t('settings.off')), more: true },
  { name: 'clients_per_address', options: [1, 2, 3, 4, 6, 8, 12, 24], describe: String, more: true },
  { name: 'profanity_filter', options: [true, false], describe: yesOrNo, more: true },
  { name: 'is_public', options: [false, true], describe: yesOrNo, more: true },
  { name: 'in_gallery', lobbyOnly: true, options: [false, true], describe: yesOrNo, more: true },
  {
    name: 'artist_show', options: ['settled', 'evolving'], artist: true,
    describe: (show) => t(`settings.artist_show.${show}`),
  },
  {
    name: 'artist_order', options: ['easy', 'hard'], artist: true,
    describe: (order) => t(`settings.artist_order.${order}`),
  },
  { name: 'artist_colours', options: [true, false], describe: (on) => t(on ? 'settings.yes' : 'settings.plain_ink'), artist: true },
  { name: 'perceptor', offered: (offer) => offer.perceptors, describe: (name) => name || t('settings.perceptor_usual'), artist: true },
];

/** The setting counts people's turns between the artist's; how often the artist's come round is easier to picture. */
function artistShare(humanTurns) {
  if (humanTurns === 0) return t('settings.share.never');
  return humanTurns === 1 ? t('settings.share.other') : t('settings.share.nth', { n: humanTurns + 1 });
}

/** Hosts may have word packs with themes of their own, which have no translation. */
function themeName(theme) {
  return THEMES.includes(theme) ? t(`settings.theme.${theme}`) : capital(theme);
}

function styleName(style) {
  return STYLES.includes(style) ? t(`settings.styles.${style}`) : capital(style);
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
  const more = h('details', { testid: 'more-settings', class: 'more' }, h('summary', { text: t('settings.more') }),
    ...elements((setting) => setting.more), password.element);
  const artist = h('details', { testid: 'artist-settings', class: 'more' }, h('summary', { text: t('settings.artist') }),
    ...elements((setting) => setting.artist), style.element);
  return {
    element: h('section', { class: 'card settings' }, h('h2', { text: t('settings.title') }),
      ...elements((setting) => !setting.more && !setting.artist), artist, more, note),
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const { game_mode: mode } = state.settings;
      for (const row of rows) {
        const { modes, offered } = row.setting;
        row.element.hidden = Boolean(modes && !modes.includes(mode)) || offered?.(state.offer).length === 1;
        row.update(state.settings, state.offer, isHost(state));
      }
      // What the artist draws with is the same for everybody there.
      artist.hidden = ['daily', 'imitation', 'versus'].includes(mode);
      style.update(state.settings, state.offer, isHost(state));
      password.update(state.settings, isHost(state));
      setText(note, isHost(state) ? '' : t('settings.host_only'));
    },
  };
}

/** @param {Setting} setting */
function settingRow({ name, options, offered, describe }, actions) {
  const id = `setting-${name}`;
  const select = h('select', { id, on: { change: () => actions.changeSettings({ [name]: JSON.parse(select.value) }) } });
  const value = h('span', { class: 'setting-value' });
  const caption = h('label', { htmlFor: id, text: t(`settings.label.${name}`) });
  let shown = '';
  return {
    element: h('div', { class: 'setting' }, caption, select, value),
    update(settings, offer, editable) {
      const current = settings[name];
      // A room that is older than the server's last start may have what is offered no more.
      const choices = offered ? [...new Set([...offered(offer), current])] : within(options, offer.bounds[name], current);
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
    testid: 'style-words', type: 'text', maxLength: STYLE_LENGTH, autocomplete: 'off', placeholder: t('settings.style_hint'), 'aria-label': t('settings.style_words'),
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
    element: h('div', { class: 'setting' }, h('label', { htmlFor: 'setting-artist_style', text: t('settings.style') }), select, value, words),
    update({ artist_style: current }, { styles }, editable) {
      if (shown !== styles.join()) {
        shown = styles.join();
        select.replaceChildren(
          ...styles.map((style) => h('option', { value: style, text: styleName(style) })), h('option', { value: '', text: t('settings.style_own') }),
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
      setText(value, named ? styleName(current) : current);
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
    testid: 'setting-password', type: 'text', maxLength: PASSWORD_LENGTH, autocomplete: 'off', placeholder: t('settings.none'), 'aria-label': t('settings.password'),
    on: { change: () => actions.changeSettings({ password: input.value }) },
  });
  const value = h('span', { class: 'setting-value' });
  const none = h('button', { testid: 'no-password', type: 'button', class: 'plain', text: t('settings.password_drop'), on: { click: () => actions.changeSettings({ password: '' }) } });
  return {
    element: h('div', { class: 'setting' }, h('label', { htmlFor: 'setting-password', text: t('settings.password') }), input, value, none),
    update(settings, editable) {
      input.hidden = !editable;
      none.hidden = !editable || !settings.has_password;
      // The server tells nobody the password, not even the host who comes back.
      input.placeholder = t(settings.has_password ? 'settings.password_set' : 'settings.none');
      setText(value, t(settings.has_password ? 'settings.yes' : 'settings.none'));
      value.hidden = editable;
    },
  };
}
