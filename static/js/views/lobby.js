/** The room before its game starts. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { MODES } from '../state/modes.js';
import { isHost, isWatching, me, nameOf, people, spectators } from '../state/questions.js';
import { chatPanel } from './chat.js';
import { openAvatarEditor } from './avatar_editor.js';
import { inviteCard } from './invite.js';
import { menu } from './menu.js';
import { modeChooser } from './mode_chooser.js';
import { playerList } from './player_list.js';
import { settingsCard } from './settings_form.js';
import { listenToKeys } from './typing.js';
import { voteBanner } from './vote_banner.js';
import { watchButton } from './watch_button.js';
import { wordsForm } from './words_form.js';
import { wordmark } from './wordmark.js';

const SHEET_MS = 700;

/**
 * @param {import('../state/room_state.js').RoomState} state
 * @param {import('../room.js').Actions} actions
 */
export function lobbyScreen(state, actions) {
  const players = playerList(actions);
  const vote = voteBanner(actions);
  const watching = watchButton(actions);
  const words = wordsForm(actions);
  let face = '', isReady = false;
  const ready = h('button', { testid: 'ready', type: 'button', class: 'big', on: { click: () => actions.ready(!isReady) } });
  const draw = h('button', { testid: 'draw-face', type: 'button', class: 'plain', text: t('home.draw_face'), on: { click: () => openAvatarEditor(face, actions.setAvatar) } });
  const count = h('span', { class: 'quiet' });
  const start = h('button', { testid: 'start-game', type: 'button', class: 'primary big', on: { click: () => actions.startGame() } });
  const waiting = h('p', { class: 'waiting', role: 'status' });
  const modes = modeChooser(actions), settings = settingsCard(actions);
  const chat = chatPanel(actions);
  /** @type {ReturnType<typeof import('./practice.js').practice> | null} */
  let sheet = null;
  let isClosed = false;
  const own = menu({ inRoom: true, keysChanged: () => sheet?.relabel() });
  const element = h('div', { class: 'lobby' },
    h('header', { class: 'lobby-head' }, wordmark({ tag: 'p' }),
      h('span', { class: 'head-buttons' }, own.button, h('button', { type: 'button', class: 'plain', on: { click: () => actions.leave() } }, icon('leave'), t('lobby.leave')))),
    h('section', { class: 'card people' }, h('h1', {}, `${t('lobby.in_the_room')} `, count), vote.element, players.element,
      h('div', { class: 'buttons' }, draw, watching.element), ready, start, waiting),
    inviteCard(state),
    h('div', { class: 'lobby-rules' }, modes.element, settings.element, words.element),
    h('div', { class: 'card lobby-chat' }, chat.element));
  // The sheet brings the whole canvas along; nobody draws in the first second.
  setTimeout(async () => {
    const { practice } = await import('./practice.js');
    if (isClosed) return;
    sheet = practice({ help: () => own.open() });
    element.append(sheet.element);
  }, SHEET_MS);

  const deafen = listenToKeys(chat.input, (event) => Boolean(sheet?.pressKey(event)));
  const timer = setInterval(() => vote.tick(performance.now()), 500);
  return {
    element,
    close() {
      isClosed = true;
      clearInterval(timer);
      deafen();
      sheet?.close();
    },
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      for (const part of [players, vote, watching, modes, settings, words, chat]) part.update(state);
      const here = people(state).length, watchers = spectators(state).length;
      face = me(state)?.avatar ?? '';
      isReady = Boolean(me(state)?.ready);
      words.element.hidden = state.settings.game_mode === 'daily';
      setText(count, [t('lobby.count', { here, most: state.settings.max_players }), watchers && t('lobby.watching', { n: watchers })].filter(Boolean).join(', '));
      ready.hidden = here < 2 || isWatching(state);
      setText(ready, t(isReady ? 'lobby.not_ready' : 'lobby.ready'));
      ready.setAttribute('aria-pressed', String(isReady));
      const tooFew = here < MODES[state.settings.game_mode].leastPeople;
      setText(start, t(tooFew ? 'lobby.takes_two' : here === 1 ? 'lobby.alone' : 'lobby.start'));
      start.disabled = tooFew;
      start.hidden = !isHost(state);
      waiting.hidden = isHost(state);
      setText(waiting, t('lobby.waiting', { host: nameOf(state, state.hostId) }));
    },
  };
}
