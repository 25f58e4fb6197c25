/**
 * One room, from its link to its end: checks that it is there, connects, keeps its state, and shows the screen that fits.
 *
 * @typedef {object} Actions  what a player can do
 * @property {(text: string) => void} say
 * @property {() => void} startGame
 * @property {(change: object) => void} changeSettings
 * @property {(index: number) => void} chooseWord
 * @property {() => void} playAgain
 * @property {() => void} leave
 * @property {(record: import('./ink.js').InkRecord) => void} draw
 */

import { findLobby } from './api.js';
import { Connection } from './connection.js';
import { decodeFrame } from './ink.js';
import { InkOutbox } from './ink_outbox.js';
import { memory } from './memory.js';
import { mayDraw } from './state/questions.js';
import { reduce } from './state/room_state.js';
import { gameScreen } from './views/game.js';
import { joinScreen, waitingScreen } from './views/join.js';
import { lobbyScreen } from './views/lobby.js';
import { showBanner, showToast } from './views/toast.js';

/** Ink that comes so soon after a welcome was drawn before: it appears at once instead of growing again. */
const CATCHING_UP_MS = 300;

const now = () => performance.now();

export class Room {
  /**
   * @param {string} code
   * @param {object} page
   * @param {(screen: object, phase: string) => void} page.show
   * @param {(notice?: string) => void} page.goHome
   */
  constructor(code, page) {
    this.code = code;
    this.page = page;
    this.state = null;
    this.welcomedAt = 0;
    this.connection = null;
    this.isClosed = false;
    this.outbox = new InkOutbox((frame) => this.#sendInk(frame));
    this.#check();
  }

  close() {
    this.isClosed = true;
    this.connection?.close();
    showBanner('');
  }

  /** Asks whether the room is there before asking for a nickname: nobody likes to fill in a form for nothing. */
  async #check() {
    this.page.show(waitingScreen(), 'join');
    try {
      const lobby = await findLobby(this.code);
      if (this.isClosed) return;
      // Whoever has a token may have a seat in there already.
      if (lobby.players >= lobby.max_players && !memory.token) this.page.goHome('That room is full. Ask the host for a bigger one, or open your own.');
      else if (memory.nickname) this.#connect();
      else this.#ask({ title: 'You are invited!', sentence: 'Friends are waiting to draw and guess with you.', button: 'Come in', asksName: true });
    } catch (error) {
      if (this.isClosed) return;
      if (error.status === 404) this.page.goHome('There is no such room. It may have closed, or the link has a typo.');
      else this.#ask({ title: 'The room does not answer', sentence: error.message, button: 'Try again' }, () => this.#check());
    }
  }

  #ask(card, onEnter = () => this.#connect()) {
    const screen = joinScreen({ ...card, onEnter, goHome: () => this.page.goHome() });
    this.page.show(screen, 'join');
    screen.focus();
  }

  #connect() {
    this.page.show(waitingScreen(), 'join');
    this.screen = null;
    this.connection = new Connection(this.code, () => ({ nickname: memory.nickname, token: memory.token }), {
      onMessage: (message) => this.#receive(message),
      onInk: (buffer) => this.#receiveInk(buffer),
      onStatus: (status) => showBanner(status === 'lost' ? 'Connection lost, coming back…' : ''),
      onEnding: (ending) => this.#end(ending),
    });
  }

  #receive(message) {
    if (message.type === 'error') showToast(message.message);
    if (message.type === 'welcome') {
      memory.token = message.token;
      this.welcomedAt = now();
    }
    this.state = reduce(this.state, message, now());
    if (!this.state) return;
    this.#showScreen();
    if (['welcome', 'turn_choosing', 'turn_started'].includes(message.type)) this.screen.startOver?.();
    this.screen.update(this.state);
    document.body.dataset.phase = this.state.phase;
  }

  #showScreen() {
    const wanted = this.state.phase === 'lobby' ? 'lobby' : 'game';
    if (this.screen?.name === wanted) return;
    const screen = wanted === 'lobby' ? lobbyScreen(this.state, this.actions) : gameScreen(this.actions, now);
    this.screen = { ...screen, name: wanted };
    this.page.show(this.screen, this.state.phase);
  }

  #receiveInk(buffer) {
    const frame = decodeFrame(buffer);
    if (frame.turn !== this.state?.turn?.number || !this.screen.board) return;
    const atOnce = now() - this.welcomedAt < CATCHING_UP_MS;
    for (const record of frame.records) this.screen.board.apply(record, { atOnce });
  }

  /** Ink that was still waiting when the turn ended would only be refused. */
  #sendInk(frame) {
    if (mayDraw(this.state)) this.connection.sendInk(frame);
  }

  #end({ sentence, retry }) {
    showBanner('');
    switch (retry) {
      case 'never':
        return this.page.goHome(sentence);
      case 'rename':
        return this.#ask({ title: 'Not yet', sentence, button: 'Try again', asksName: true });
      case 'ask':
        return this.#ask({ title: 'You are out of the room', sentence, button: 'Come back' });
      case 'reload':
        return this.#ask({ title: 'Out of step', sentence, button: 'Load again' }, () => location.reload());
    }
  }

  /** @type {Actions} */
  actions = {
    say: (text) => this.connection.send({ type: 'say', text }),
    startGame: () => this.connection.send({ type: 'start_game' }),
    changeSettings: (change) => this.connection.send({ type: 'change_settings', ...change }),
    chooseWord: (index) => this.connection.send({ type: 'choose_word', index }),
    playAgain: () => this.connection.send({ type: 'play_again' }),
    leave: () => {
      this.connection.send({ type: 'leave_room' });
      this.page.goHome();
    },
    draw: (record) => { if (mayDraw(this.state)) this.outbox.add(this.state.turn.number, record); },
  };
}
