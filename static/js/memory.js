/** What the browser remembers between visits. Some private modes refuse storage: then we forget, and nothing breaks. */

const PREFIX = 'guesstroke.';

function read(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
}

function write(key, value) {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Forgetting is all that is left to do.
  }
}

export const memory = {
  get nickname() {
    return read('nickname');
  },
  set nickname(value) {
    write('nickname', value);
  },
  /** A face of the player's own drawing; '' for the generated one. */
  get avatar() {
    return read('avatar');
  },
  set avatar(value) {
    write('avatar', value);
  },
  /** The language of the interface; '' for the browser's. */
  get interfaceLanguage() {
    return read('interface');
  },
  set interfaceLanguage(value) {
    write('interface', value);
  },
  /** 'auto', 'light' or 'dark'. */
  get theme() {
    return ['light', 'dark'].includes(read('theme')) ? read('theme') : 'auto';
  },
  set theme(value) {
    write('theme', value);
  },
  /** How loud, 0 to 1. */
  get volume() {
    const kept = Number.parseFloat(read('volume'));
    return kept >= 0 && kept <= 1 ? kept : 0.5;
  },
  set volume(value) {
    write('volume', String(value));
  },
  /** The player's own keys, by action. @returns {Record<string, string>} */
  get keys() {
    try {
      return JSON.parse(read('keys') || '{}');
    } catch {
      return {};
    }
  },
  set keys(value) {
    write('keys', JSON.stringify(value));
  },
  /** The language to play in. */
  get language() {
    return read('language');
  },
  set language(value) {
    write('language', value);
  },
  /** Whether the room's code is hidden on the screen, for people who show it to others. */
  get hidesCode() {
    return read('hidesCode') === 'yes';
  },
  set hidesCode(value) {
    write('hidesCode', value ? 'yes' : '');
  },
  /** How fast drawings are replayed: 1 as they were drawn. */
  get replaySpeed() {
    return Number.parseFloat(read('replaySpeed')) || 1;
  },
  set replaySpeed(value) {
    write('replaySpeed', String(value));
  },
  /** Whether a replay waits as long as the drawer did. */
  get keepsPauses() {
    return read('keepsPauses') === 'yes';
  },
  set keepsPauses(value) {
    write('keepsPauses', value ? 'yes' : '');
  },
  /** The room last played in: who comes back to it may have a seat there. */
  get lastRoom() {
    return read('room');
  },
  set lastRoom(value) {
    write('room', value);
  },
  /** Forgets everything, as for one who was never here. */
  forgetAll() {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    } catch {
      // What could not be kept need not be forgotten.
    }
  },
};
