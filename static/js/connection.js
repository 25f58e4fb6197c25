/**
 * The socket of one player in one room: says hello, comes back by itself when the connection drops, and tells in a
 * sentence why when it is over for good.
 *
 * @typedef {{is: 'open'} | {is: 'lost', seconds: number, restarting: boolean}} Status  `seconds` until it is tried again; 0: right now
 * @typedef {{code: number, sentence: string, retry: 'never' | 'ask' | 'rename' | 'reload' | 'password' | 'watch' | 'redraw'}} Ending
 *   `retry`: what may help: nothing, connecting again when the player says so, another nickname, loading the page again, a
 *   password, to watch, or another face
 */

import { serverSaid, t } from './i18n.js';
import { PROTOCOL_VERSION } from './limits.js';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;
const COUNT_MS = 200;

/** Close codes after which trying again by ourselves would be wrong (docs/protocol.md). */
const ENDINGS = {
  1000: { sentence: 'connection.left', retry: 'never' },
  1008: { sentence: 'connection.too_fast', retry: 'ask' },
  4401: { sentence: 'connection.kicked', retry: 'ask' },
  4403: { sentence: 'connection.banned', retry: 'never' },
  4400: { sentence: 'connection.junk', retry: 'reload' },
  4404: { sentence: 'connection.no_room', retry: 'never' },
  4409: { sentence: 'connection.refused', retry: 'rename' },
  4410: { sentence: 'connection.elsewhere', retry: 'ask' },
  4426: { sentence: 'connection.updated', retry: 'reload' },
};

/** A server that goes away says so; it is expected back. */
const RESTARTING = [1001, 1012];

/** What may help one who was not let in, by the error's code; another nickname where none of these. */
const REFUSALS = { bad_password: 'password', room_full: 'watch', bad_avatar: 'redraw', banned: 'never', too_many_here: 'ask', draining: 'ask' };

export class Connection {
  /**
   * @param {string} code  the room's
   * @param {() => {nickname: string, avatar: string, role: string, password: string}} whoAmI  asked at each hello
   * @param {object} listeners
   * @param {(message: object) => void} listeners.onMessage
   * @param {(buffer: ArrayBuffer) => void} listeners.onInk
   * @param {(status: Status) => void} listeners.onStatus  while the connection is lost also each second
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
    this.hurry = () => this.retryNow();
    this.restarting = false;
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
    clearInterval(this.timer);
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
      this.restarting = false;
      this.listeners.onStatus({ is: 'open' });
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
      // Who is banned from the room is told so by the code alone.
      const why = code === 4409 || code === 1008 || this.refusal?.code === 'banned_from_server' ? this.refusal : null;
      const retry = (code === 4409 && REFUSALS[why?.code]) || ending.retry;
      this.listeners.onEnding({ code, sentence: why ? serverSaid(why.code, why.message) : t(ending.sentence), retry });
      return;
    }
    this.restarting ||= RESTARTING.includes(code);
    // Everybody lost the server at the same moment: spread the rush when it is back.
    this.retryAt = performance.now() + this.wait * (0.75 + Math.random() / 2);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
    clearInterval(this.timer);
    this.timer = setInterval(() => this.#count(), COUNT_MS);
    this.#count();
  }

  #count() {
    const left = this.retryAt - performance.now();
    this.listeners.onStatus({ is: 'lost', seconds: Math.max(0, Math.ceil(left / 1000)), restarting: this.restarting });
    if (left <= 0) this.retryNow();
  }

  /** Tries again at once, if the connection is lost. */
  retryNow() {
    if (this.socket.readyState !== WebSocket.CLOSED || document.hidden) return;
    clearInterval(this.timer);
    this.#open();
  }
}
