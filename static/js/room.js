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
 * @property {(ready: boolean) => void} ready
 * @property {(text: string) => void} setWords
 * @property {(reaction: number) => void} react
 * @property {(rating: -1 | 0 | 1) => void} rate
 * @property {(hand: import('./state/room_state.js').Hand) => void} judge
 * @property {(role: 'player' | 'spectator') => void} become
 * @property {(avatar: string) => void} setAvatar
 * @property {(paused: boolean) => void} pause
 * @property {(kind: 'kick' | 'pause' | 'resume', playerId?: string) => void} vote
 * @property {(playerId: string, ban: boolean) => void} kick
 * @property {(playerId: string, reason: string) => void} report
 * @property {(playerId: string, muted: boolean) => void} mute
 * @property {(record: import('./ink.js').InkRecord) => void} draw
 */

import { findLobby, serversBuild } from './api.js';
import { BUILD } from './build.js';
import { Connection } from './connection.js';
import { decodeFrame } from './ink.js';
import { serverSaid, t } from './i18n.js';
import { InkOutbox } from './ink_outbox.js';
import { memory } from './memory.js';
import { play, soundOf } from './sounds.js';
import { mayDraw } from './state/questions.js';
import { reduce } from './state/room_state.js';
import { joinScreen, waitingScreen } from './views/join.js';
import { hideBanner, showBanner, showToast } from './views/toast.js';
import { wordParts } from './word_parts.js';

/** Ink that comes so soon after a welcome was drawn before: it appears at once instead of growing again. */
const CATCHING_UP_MS = 300;

const now = () => performance.now();

/** How the screens are made; each is fetched when it is wanted first, or when there is time. @type {Record<string, Function>} */
const makers = {};
const LOADERS = {
  lobby: async () => { makers.lobby = (await import('./views/lobby.js')).lobbyScreen; },
  game: async () => { makers.game = (await import('./views/game.js')).gameScreen; },
};
/** The game's screen is fetched so long after the lobby's is shown. */
const SPARE_TIME_MS = 1500;

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
    this.isAway = false;
    this.connection = null;
    this.isClosed = false;
    this.role = 'player';
    this.password = '';
    /** What came while the screen that shows it was still on its way. @type {(() => void)[] | null} */
    this.held = null;
    this.outbox = new InkOutbox((frame) => this.#sendInk(frame));
    this.#check();
  }

  close() {
    this.isClosed = true;
    this.connection?.close();
    hideBanner();
  }

  /** Asks whether the room is there before asking for a nickname: nobody likes to fill in a form for nothing. */
  async #check() {
    this.page.show(waitingScreen(), 'join');
    try {
      const lobby = await findLobby(this.code);
      if (this.isClosed) return;
      const asks = { asksName: !memory.nickname, asksPassword: lobby.has_password };
      // Whoever was here before may have a seat in there already, which is given back without a question.
      if (memory.nickname && (!lobby.has_password || memory.lastRoom === this.code)) this.#connect();
      else this.#ask({ title: t('enter.invited'), sentence: t('enter.invited_text'), button: t('enter.come_in'), ...asks });
    } catch (error) {
      if (this.isClosed) return;
      if (error.status === 404) this.page.goHome(t('connection.no_room'));
      else this.#ask({ title: t('enter.silent'), sentence: error.message, button: t('enter.try_again') }, () => this.#check());
    }
  }

  #ask(card, onEnter = () => this.#connect()) {
    const enter = (password) => {
      this.password = password ?? this.password;
      onEnter();
    };
    const screen = joinScreen({ ...card, onEnter: enter, goHome: () => this.page.goHome() });
    this.page.show(screen, 'join');
    screen.focus();
  }

  #connect() {
    this.page.show(waitingScreen(), 'join');
    this.screen = null;
    const whoAmI = () => ({ nickname: memory.nickname, avatar: memory.avatar, role: this.role, password: this.password });
    this.connection = new Connection(this.code, whoAmI, {
      onMessage: (message) => this.#inTurn(() => this.#receive(message)),
      onInk: (buffer) => this.#inTurn(() => this.#receiveInk(buffer)),
      onStatus: (status) => this.#setStatus(status),
      onEnding: (ending) => this.#end(ending),
    });
  }

  /**
   * What was missed comes before `resumed`: it was drawn while the player was away, and appears at once.
   * @param {import('./connection.js').Status} status
   */
  #setStatus(status) {
    const wasAway = this.isAway;
    this.isAway = status.is === 'lost';
    if (status.is === 'lost') {
      const sentence = t(navigator.onLine ? (status.restarting ? 'connection.restarting' : 'connection.lost') : 'connection.offline');
      const detail = status.seconds ? t('connection.again_in', { n: status.seconds }) : t('connection.trying');
      showBanner({ sentence, detail: navigator.onLine ? detail : '', button: t('connection.try_now'), onClick: () => this.connection.retryNow() });
    } else if (wasAway) {
      hideBanner();
      showToast(t('connection.back'));
      this.#lookForAnUpdate();
    }
  }

  /** The server may have been another one when it came back: then this page is an old one. */
  async #lookForAnUpdate() {
    const build = await serversBuild().catch(() => BUILD);
    if (build === BUILD || this.isClosed) return;
    showBanner({ sentence: t('connection.updated'), button: t('enter.load_again'), onClick: () => location.reload() });
  }

  #inTurn(deliver) {
    if (this.held) this.held.push(deliver);
    else deliver();
  }

  #receive(message) {
    // Before the first welcome an error is the end, and the card that follows says it.
    if (message.type === 'error' && this.state) showToast(serverSaid(message.code, message.message));
    if (message.type === 'notice' && message.kind !== 'restarting') showToast(t(`notice.${message.kind}`));
    if (message.type === 'announcement') showToast(t('notice.owner', { text: message.text }));
    if (message.type === 'welcome') memory.lastRoom = this.code;
    if (['welcome', 'resumed', 'canvas_reset'].includes(message.type)) this.welcomedAt = now();
    this.state = reduce(this.state, message, now());
    if (!this.state) return;
    const sound = soundOf(this.state, message);
    if (sound && !this.isAway) play(sound);
    const wanted = this.state.phase === 'lobby' ? 'lobby' : 'game';
    if (makers[wanted]) this.#render(wanted, message);
    else this.#fetchScreen(wanted, message);
  }

  async #fetchScreen(wanted, message) {
    const held = (this.held = []);
    try {
      await LOADERS[wanted]();
    } catch {
      this.#end({ sentence: t('connection.no_server'), retry: 'reload' });
      return;
    }
    this.held = null;
    if (this.isClosed) return;
    this.#render(wanted, message);
    for (const deliver of held) this.#inTurn(deliver);
    if (wanted === 'lobby') setTimeout(() => LOADERS.game().catch(() => {}), SPARE_TIME_MS);
  }

  #render(wanted, message) {
    this.#showScreen(wanted);
    if (['welcome', 'turn_choosing', 'turn_started', 'canvas_reset'].includes(message.type)) this.screen.startOver?.();
    this.screen.update(this.state);
    document.body.dataset.phase = this.state.phase;
  }

  #showScreen(wanted) {
    if (this.screen?.name === wanted) return;
    const screen = wanted === 'lobby' ? makers.lobby(this.state, this.actions) : makers.game(this.actions, now);
    this.screen = { ...screen, name: wanted };
    this.page.show(this.screen, this.state.phase);
  }

  #receiveInk(buffer) {
    const frame = decodeFrame(buffer);
    if (frame.turn !== this.state?.turn?.number || !this.screen.receive) return;
    const atOnce = this.isAway || now() - this.welcomedAt < CATCHING_UP_MS;
    this.screen.receive(frame, atOnce);
  }

  /** Ink that was still waiting when the turn ended would only be refused. */
  #sendInk(frame) {
    if (mayDraw(this.state)) this.connection.sendInk(frame);
  }

  #end({ sentence, retry }) {
    hideBanner();
    switch (retry) {
      case 'never':
        return this.page.goHome(sentence);
      case 'password':
        return this.#ask({ title: t('enter.with_password'), sentence, button: t('enter.come_in'), asksPassword: true });
      case 'watch':
        return this.#ask({ title: t('enter.full'), sentence, button: t('enter.watch') }, () => {
          this.role = 'spectator';
          this.#connect();
        });
      case 'redraw':
        memory.avatar = '';
        return this.#ask({ title: t('enter.face'), sentence, button: t('enter.without_face') });
      case 'rename':
        return this.#ask({ title: t('enter.not_yet'), sentence, button: t('enter.try_again'), asksName: true });
      case 'ask':
        return this.#ask({ title: t('enter.out'), sentence, button: t('enter.come_back') });
      case 'reload':
        return this.#ask({ title: t('enter.out_of_step'), sentence, button: t('enter.load_again') }, () => location.reload());
    }
  }

  /** @type {Actions} */
  actions = {
    say: (text) => this.connection.send({ type: 'say', text }),
    startGame: () => this.connection.send({ type: 'start_game' }),
    changeSettings: (change) => this.connection.send({ type: 'change_settings', ...change }),
    chooseWord: (index) => this.connection.send({ type: 'choose_word', index }),
    ready: (ready) => this.connection.send({ type: 'ready', ready }),
    setWords: (text) => wordParts(text).forEach((part) => this.connection.send(part)),
    react: (reaction) => this.connection.send({ type: 'react', reaction }),
    rate: (rating) => {
      this.connection.send({ type: 'rate', rating });
      this.#receive({ type: 'you_rated', rating });
    },
    judge: (hand) => this.connection.send({ type: 'judge', hand }),
    become: (role) => this.connection.send({ type: 'become', role }),
    setAvatar: (avatar) => {
      memory.avatar = avatar;
      this.connection.send({ type: 'set_avatar', avatar });
    },
    pause: (paused) => this.connection.send({ type: 'pause', paused }),
    vote: (kind, playerId = '') => this.connection.send({ type: 'vote', kind, player_id: playerId }),
    kick: (playerId, ban) => this.connection.send({ type: 'kick', player_id: playerId, ban }),
    report: (playerId, reason) => this.connection.send({ type: 'report', player_id: playerId, reason }),
    mute: (playerId, muted) => this.#receive({ type: 'you_muted', player_id: playerId, muted }),
    playAgain: () => this.connection.send({ type: 'play_again' }),
    leave: () => {
      this.connection.send({ type: 'leave_room' });
      this.page.goHome();
    },
    draw: (record) => {
      if (!mayDraw(this.state)) return;
      this.outbox.add(this.state.turn.number, record);
      if (this.state.idleAt !== null) this.#receive({ type: 'you_drew' });
    },
  };
}
