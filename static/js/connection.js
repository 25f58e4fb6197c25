/**
 * The socket of one player in one room: says hello, comes back by itself when the connection drops, and tells in a
 * sentence why when it is over for good.
 *
 * @typedef {'connecting' | 'open' | 'lost'} ConnectionStatus
 * @typedef {{code: number, sentence: string, retry: 'never' | 'ask' | 'rename' | 'reload'}} Ending
 *   `retry`: what may help: nothing, connecting again when the player says so, another nickname, or loading the page again
 */

import { PROTOCOL_VERSION } from './limits.js';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;

/** Close codes after which trying again by ourselves would be wrong (docs/protocol.md). */
const ENDINGS = {
  1000: { sentence: 'You left the room.', retry: 'never' },
  4400: { sentence: 'The server did not understand this page. Please load it again.', retry: 'reload' },
  4404: { sentence: 'There is no such room. It may have closed, or the link has a typo.', retry: 'never' },
  4409: { sentence: 'The room is full, or your nickname does not work here.', retry: 'rename' },
  4410: { sentence: 'You joined from another tab or device, so this one let go.', retry: 'ask' },
  4426: { sentence: 'The game was updated. Please load the page again.', retry: 'reload' },
  4429: { sentence: 'That was too fast for too long, so the server hung up. Take a breath and come back.', retry: 'ask' },
};

export class Connection {
  /**
   * @param {string} code  the room's
   * @param {() => {nickname: string, token: string}} whoAmI  asked at each hello
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
    this.refusal = '';
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
    this.refusal = '';
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.socket = new WebSocket(`${scheme}://${location.host}/ws/${encodeURIComponent(this.code)}`);
    this.socket.binaryType = 'arraybuffer';
    this.socket.addEventListener('open', () => {
      const { nickname, token } = this.whoAmI();
      this.send({ type: 'hello', protocol: PROTOCOL_VERSION, nickname, token: token || null });
    });
    this.socket.addEventListener('message', ({ data }) => this.#receive(data));
    this.socket.addEventListener('close', ({ code }) => this.#closed(code));
  }

  #receive(data) {
    if (this.isOver) return;
    if (data instanceof ArrayBuffer) {
      this.listeners.onInk(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.type === 'welcome') {
      this.wait = FIRST_WAIT_MS;
      this.listeners.onStatus('open');
    }
    // An error just before the end says more than the close code does.
    if (message.type === 'error') this.refusal = message.message;
    this.listeners.onMessage(message);
  }

  #closed(code) {
    if (this.isOver) return;
    const ending = ENDINGS[code];
    if (ending) {
      this.close();
      const sentence = code === 4409 && this.refusal ? this.refusal : ending.sentence;
      this.listeners.onEnding({ code, sentence, retry: ending.retry });
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
