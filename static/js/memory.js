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
  /** The token of the last welcome on this server, which gives a player the old seat back. */
  get token() {
    return read('token');
  },
  set token(value) {
    write('token', value);
  },
};
