/**
 * The socket of one player in one room: says hello, comes back by itself when the connection drops, and tells in a
 * sentence why when it is over for good.
 *
 * @typedef {'connecting' | 'open' | 'lost'} ConnectionStatus
 * @typedef {{code: number, sentence: string, retry: 'never' | 'ask' | 'rename' | 'reload' | 'password' | 'watch' | 'redraw'}} Ending
 *   `retry`: what may help: nothing, connecting again when the player says so, another nickname, loading the page again, a
 *   password, to watch, or another face
 */

import { PROTOCOL_VERSION } from './limits.js';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;

/** Close codes after which trying again by ourselves would be wrong (docs/protocol.md). */
const ENDINGS = {
  1000: { sentence: 'You left the room.', retry: 'never' },
  4401: { sentence: 'The host sent you out of the room.', retry: 'ask' },
  4403: { sentence: 'You were banned from this room.', retry: 'never' },
  4400: { sentence: 'The server did not understand this page. Please load it again.', retry: 'reload' },
  4404: { sentence: 'There is no such room. It may have closed, or the link has a typo.', retry: 'never' },
  4409: { sentence: 'The room did not let you in.', retry: 'rename' },
  4410: { sentence: 'You joined from another tab or device, so this one let go.', retry: 'ask' },
  4426: { sentence: 'The game was updated. Please load the page again.', retry: 'reload' },
  4429: { sentence: 'That was too fast for too long, so the server hung up. Take a breath and come back.', retry: 'ask' },
};

/** What may help one who was not let in, by the error's code; another nickname where none of these. */
const REFUSALS = { bad_password: 'password', room_full: 'watch', bad_avatar: 'redraw', banned: 'never', too_many_here: 'ask' };

export class Connection {
  /**
   * @param {string} code  the room's
   * @param {() => {nickname: string, avatar: string, role: string, password: string}} whoAmI  asked at each hello
   * @param {object} listeners
   * @param {(message: object) => void} listeners.onMessage
   * @param {(buffer: ArrayBuffer) => void} listeners.onInk
   * @param {(status: ConnectionStatus) => void} listeners.onStatus
   * @param {(ending: Ending) => void} listeners.onEnding
   */
  constructor(code, whoAmI, listeners) {
    this.code = code;
    this.whoAmI = whoAmI;
    this.listeners = listeners;
    this.wait = FIRST_WAIT_MS;
    this.timer = 0;
    this.isOver = false;
    /** The error that came last. @type {{code: string, message: string} | null} */
    this.refusal = null;
    /** Of the last welcome, and the version of the last event: what was missed since can be asked for. */
    this.epoch = '';
    this.seen = 0;
    this.hurry = () => this.#retryNow();
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    this.#open();
  }

  /** Sends a JSON message; while the connection is lost it is dropped, for the room will have moved on. */
  send(message) {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
  }

  /** @param {Uint8Array} frame */
  sendInk(frame) {
    if (this.isOpen) this.socket.send(frame);
  }

  get isOpen() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Closes for good without telling the listeners. */
  close() {
    this.isOver = true;
    clearTimeout(this.timer);
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    this.socket.close(1000);
  }

  #open() {
    this.refusal = null;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.socket = new WebSocket(`${scheme}://${location.host}/ws/${encodeURIComponent(this.code)}`);
    this.socket.binaryType = 'arraybuffer';
    this.socket.addEventListener('open', () => {
      this.send({ type: 'hello', protocol: PROTOCOL_VERSION, ...this.whoAmI(), epoch: this.epoch, seen: this.seen });
    });
    this.socket.addEventListener('message', ({ data }) => this.#receive(data));
    this.socket.addEventListener('close', ({ code }) => this.#closed(code));
  }

  #receive(data) {
    if (this.isOver) return;
    if (data instanceof ArrayBuffer) {
      this.seen = new DataView(data).getUint32(0, true);
      this.listeners.onInk(data);
      return;
    }
    const message = JSON.parse(data);
    this.seen = message.version ?? this.seen;
    if (message.type === 'welcome' || message.type === 'resumed') {
      this.epoch = message.epoch ?? this.epoch;
      this.wait = FIRST_WAIT_MS;
      this.listeners.onStatus('open');
    }
    // An error just before the end says more than the close code does.
    if (message.type === 'error') this.refusal = message;
    this.listeners.onMessage(message);
  }

  #closed(code) {
    if (this.isOver) return;
    const ending = ENDINGS[code];
    if (ending) {
      this.close();
      const why = code === 4409 || code === 4429 ? this.refusal : null;
      const retry = (code === 4409 && REFUSALS[why?.code]) || ending.retry;
      this.listeners.onEnding({ code, sentence: why?.message ?? ending.sentence, retry });
      return;
    }
    this.listeners.onStatus('lost');
    // Everybody lost the server at the same moment: spread the rush when it is back.
    this.timer = setTimeout(() => this.#open(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  #retryNow() {
    const isDown = this.socket.readyState === WebSocket.CLOSED;
    if (!isDown || document.hidden) return;
    clearTimeout(this.timer);
    this.#open();
  }
}
