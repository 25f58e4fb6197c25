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
  /** The room last played in: who comes back to it may have a seat there. */
  get lastRoom() {
    return read('room');
  },
  set lastRoom(value) {
    write('room', value);
  },
};
